import type { GeoJSON } from 'geojson';
import { GeoJSONSource, type Map as MapLibre } from 'maplibre-gl';

import { loaded, openDistrictMap } from '../../../ui/district-map.ts';
import { addBlindIcons } from './blind-icons.ts';
import { STYLE } from './blind-style.ts';
import { BLIND_TEXT } from './text.ts';

const CLICKABLE = ['mark', 'area'];

/** The drawn map of blind spots. Throws on construction where the browser has no WebGL 2. */
export class BlindMap {
  readonly #map: MapLibre;
  readonly #ready: Promise<void>;

  constructor(container: HTMLElement, onTown: (code: string) => void) {
    this.#map = openDistrictMap(container, { style: STYLE, label: BLIND_TEXT.map });
    addBlindIcons(this.#map);
    this.#ready = loaded(this.#map);
    const canvas = this.#map.getCanvas();
    this.#map.on('click', CLICKABLE, (event) => {
      const code: unknown = event.features?.[0]?.properties['code'];
      if (typeof code === 'string') onTown(code);
    });
    this.#map.on('mouseenter', CLICKABLE, () => (canvas.style.cursor = 'pointer'));
    this.#map.on('mouseleave', CLICKABLE, () => (canvas.style.cursor = ''));
  }

  async show(source: 'borders' | 'marks' | 'chosen', data: GeoJSON): Promise<void> {
    await this.#ready;
    const found = this.#map.getSource(source);
    if (found instanceof GeoJSONSource) await found.setData(data);
  }

  remove(): void {
    this.#map.remove();
  }
}
