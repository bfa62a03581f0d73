import type { GeoJSON } from 'geojson';
import { GeoJSONSource, type Map as MapLibre, type MapLayerMouseEvent, Marker } from 'maplibre-gl';

import { loaded, openDistrictMap, showDistrict } from '../../ui/district-map.ts';
import { addIcons } from './map-icons.ts';
import { CLUSTER_MAX_ZOOM, STYLE } from './map-style.ts';
import { TEXT } from './text.ts';

/** West, south, east, north in degrees. */
export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export interface LngLat {
  readonly lon: number;
  readonly lat: number;
}

export interface Listeners {
  readonly onMove: (bounds: Bounds) => void;
  /** An object. */
  readonly onChoose: (id: number) => void;
  /** A town, by its code, while coverage is shown. */
  readonly onTown: (code: string) => void;
}

type SourceName = 'objects' | 'towns' | 'borders' | 'chosen' | 'covered' | 'town-marks' | 'lacks';

const CLICKABLE = ['warned', 'normal', 'cluster', 'lack', 'town-mark', 'covered-fill'] as const;
const SETTLE_MS = 200;
/** In the browser's timeline: the first picture that holds the objects. */
const DRAWN = 'map-drawn';
/** The drawn map. Throws on construction where the browser has no WebGL 2. */
export class RiskMap {
  readonly #map: MapLibre;
  readonly #listeners: Listeners;
  readonly #ready: Promise<void>;
  #pulses: Marker[] = [];
  #settle: ReturnType<typeof setTimeout> | undefined;

  constructor(container: HTMLElement, listeners: Listeners) {
    this.#listeners = listeners;
    this.#map = openDistrictMap(container, { style: STYLE, label: TEXT.mapLabel });
    addIcons(this.#map);
    this.#ready = loaded(this.#map);
    this.#listen();
  }

  async show(source: SourceName, data: GeoJSON): Promise<void> {
    await this.#ready;
    const found = this.#map.getSource(source);
    if (!(found instanceof GeoJSONSource)) return;
    await found.setData(data);
    if (source === 'objects') this.#markDrawn();
  }

  #markDrawn(): void {
    const look = (): void => {
      if (!this.#map.areTilesLoaded()) return;
      this.#map.off('render', look);
      requestAnimationFrame(() => performance.mark(DRAWN));
    };
    this.#map.on('render', look);
  }

  /** Rings around what has just been raised; they end by themselves with the next call. */
  pulse(places: readonly LngLat[]): void {
    for (const marker of this.#pulses) marker.remove();
    this.#pulses = places.map(({ lon, lat }) => {
      const element = document.createElement('div');
      element.className = 'map-pulse';
      element.ariaHidden = 'true';
      return new Marker({ element }).setLngLat([lon, lat]).addTo(this.#map);
    });
  }

  flyTo({ lon, lat }: LngLat, atLeastZoom: number): void {
    // On the phone the list that was tapped lies below the map.
    this.#map.getContainer().scrollIntoView({ block: 'nearest' });
    this.#map.flyTo({
      center: [lon, lat],
      zoom: Math.max(this.#map.getZoom(), atLeastZoom),
      duration: 900,
    });
  }

  showDistrict(): void {
    showDistrict(this.#map);
  }

  remove(): void {
    clearTimeout(this.#settle);
    this.#map.remove();
  }

  #listen(): void {
    this.#map.on('moveend', () => {
      clearTimeout(this.#settle);
      this.#settle = setTimeout(() => this.#tellBounds(), SETTLE_MS);
    });
    this.#map.on('click', [...CLICKABLE], (event) => void this.#clicked(event));
    this.#map.on('mouseenter', [...CLICKABLE], () => (this.#map.getCanvas().style.cursor = 'pointer'));
    this.#map.on('mouseleave', [...CLICKABLE], () => (this.#map.getCanvas().style.cursor = ''));
  }

  #tellBounds(): void {
    const bounds = this.#map.getBounds();
    this.#listeners.onMove({
      west: round(bounds.getWest()),
      south: round(bounds.getSouth()),
      east: round(bounds.getEast()),
      north: round(bounds.getNorth()),
    });
  }

  async #clicked(event: MapLayerMouseEvent): Promise<void> {
    const feature = event.features?.[0];
    if (!feature) return;
    const { id, code, cluster_id: cluster, total } = feature.properties;
    if (typeof cluster !== 'number') {
      if (typeof id === 'number') this.#listeners.onChoose(id);
      if (typeof code === 'string') this.#listeners.onTown(code);
      if (typeof total === 'number')
        this.#map.easeTo({ center: event.lngLat, zoom: this.#map.getZoom() + 2 });
      return;
    }
    const source = this.#map.getSource('objects');
    if (!(source instanceof GeoJSONSource)) return;
    const zoom = await source.getClusterExpansionZoom(cluster);
    this.#map.easeTo({ center: event.lngLat, zoom: Math.min(zoom, CLUSTER_MAX_ZOOM + 1) + 0.2 });
  }
}

/** A hundred metres is close enough for asking what is in view. */
function round(degrees: number): number {
  return Math.round(degrees * 1000) / 1000;
}
