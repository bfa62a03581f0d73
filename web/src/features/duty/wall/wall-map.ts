import { LEVELS } from '#model/warning';
import type { GeoJSON } from 'geojson';
import {
  type DataDrivenPropertyValueSpecification,
  GeoJSONSource,
  type Map as MapLibre,
  type StyleSpecification,
} from 'maplibre-gl';

import { loaded, openDistrictMap } from '../../../ui/district-map.ts';
import { LEVEL_COLORS } from '../../../ui/level-colors.ts';
import { EMPTY, FONT, NAME_PLACES } from '../../../ui/map-ground.ts';
import { WALL_TEXT } from './text.ts';

const byRank = [
  'match',
  ['get', 'rank'],
  ...LEVELS.flatMap((level, i): [number, string] => [i + 1, LEVEL_COLORS[level].fill]),
  '#5b6d78',
] as unknown as DataDrivenPropertyValueSpecification<string>;

/** Dark, still, and seen from afar: borders, towns' names, and what is warned of, the worse the larger. */
const STYLE: StyleSpecification = {
  version: 8,
  sources: {
    borders: { type: 'geojson', data: EMPTY },
    towns: { type: 'geojson', data: EMPTY },
    warned: { type: 'geojson', data: EMPTY },
  },
  layers: [
    { id: 'ground', type: 'background', paint: { 'background-color': '#0f1a20' } },
    { id: 'border-fill', type: 'fill', source: 'borders', paint: { 'fill-color': '#16262e' } },
    {
      id: 'border-line',
      type: 'line',
      source: 'borders',
      paint: { 'line-color': '#35505c', 'line-width': 1.2 },
    },
    {
      id: 'town-name',
      type: 'symbol',
      source: 'towns',
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': 15,
        'text-variable-anchor-offset': NAME_PLACES,
        'text-justify': 'auto',
        'symbol-sort-key': ['get', 'order'],
      },
      paint: { 'text-color': '#93a7b2', 'text-halo-color': '#0f1a20', 'text-halo-width': 1.6 },
    },
    {
      id: 'warned',
      type: 'circle',
      source: 'warned',
      layout: { 'circle-sort-key': ['get', 'rank'] },
      paint: {
        'circle-color': byRank,
        'circle-radius': ['interpolate', ['linear'], ['get', 'rank'], 1, 7, 4, 13],
        'circle-stroke-color': '#fff',
        'circle-stroke-width': 1.6,
      },
    },
  ],
};

/** One map for as long as the wall is open; only its data change. Throws where the browser has no WebGL 2. */
export class WallMap {
  readonly #map: MapLibre;
  readonly #ready: Promise<void>;

  constructor(container: HTMLElement) {
    this.#map = openDistrictMap(container, { style: STYLE, label: WALL_TEXT.map });
    this.#ready = loaded(this.#map);
  }

  async show(source: 'borders' | 'towns' | 'warned', data: GeoJSON): Promise<void> {
    await this.#ready;
    const found = this.#map.getSource(source);
    if (found instanceof GeoJSONSource) await found.setData(data);
  }

  remove(): void {
    this.#map.remove();
  }
}
