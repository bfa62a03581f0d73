import { BLIND_STATES, type BlindState } from '#model/monitoring';
import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  StyleSpecification,
} from 'maplibre-gl';

import { EMPTY, FONT } from '../../../ui/map-ground.ts';
import { DRAWN_RADIUS } from './blind-icons.ts';
import { MARKS } from './blind-marks.ts';

const byState = (
  of: (state: BlindState) => string,
  none: string,
): DataDrivenPropertyValueSpecification<string> =>
  [
    'match',
    ['get', 'state'],
    ...BLIND_STATES.flatMap((state) => [state, of(state)]),
    none,
  ] as unknown as DataDrivenPropertyValueSpecification<string>;

/** A number by the radius of the mark; a screen that shows the whole district has less room than a closer one. */
const byRadius = (of: (grown: number) => unknown): ExpressionSpecification =>
  [
    'interpolate',
    ['linear'],
    ['zoom'],
    ...[
      [8, 0.55],
      [9.7, 1],
      [13, 1.8],
    ].flatMap(([zoom = 0, grown = 1]) => [zoom, of(grown)]),
  ] as unknown as ExpressionSpecification;

const SIZE = byRadius((grown) => ['*', grown / DRAWN_RADIUS, ['get', 'radius']]);
/** Names stand outside the mark (in ems): its figure stays free. */
const NAME_DISTANCE = byRadius((grown) => ['+', 0.25, ['*', grown / 12.5, ['get', 'radius']]]);

/** A plain ground, borders with their hatch where they are imported, marks at the centres of towns, and names. */
export const STYLE: StyleSpecification = {
  version: 8,
  sources: {
    borders: { type: 'geojson', data: EMPTY },
    marks: { type: 'geojson', data: EMPTY },
    chosen: { type: 'geojson', data: EMPTY },
  },
  layers: [
    { id: 'ground', type: 'background', paint: { 'background-color': '#eef2f3' } },
    {
      id: 'area',
      type: 'fill',
      source: 'borders',
      filter: ['!=', ['get', 'state'], ''],
      paint: { 'fill-pattern': byState((state) => `area-${state}`, 'area-never') },
    },
    {
      id: 'border-line',
      type: 'line',
      source: 'borders',
      paint: { 'line-color': '#6d9a9b', 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.8, 13, 2] },
    },
    {
      id: 'mark',
      type: 'symbol',
      source: 'marks',
      layout: {
        'icon-image': ['concat', 'blind-', ['get', 'state']],
        'icon-size': SIZE,
        'icon-allow-overlap': true,
        'icon-padding': 0,
        // The worst lie on top.
        'symbol-sort-key': ['-', 10, ['get', 'order']],
      },
    },
    {
      id: 'figure',
      type: 'symbol',
      source: 'marks',
      layout: {
        'text-field': ['get', 'figure'],
        'text-font': FONT,
        'text-size': 12,
        'text-allow-overlap': true,
        'text-padding': 6,
      },
      paint: {
        'text-color': byState((state) => MARKS[state].ink, '#18242b'),
        'text-halo-color': byState((state) => (state === 'thin' ? '#ffffff' : 'rgba(0,0,0,0)'), '#ffffff'),
        'text-halo-width': 2,
      },
    },
    {
      id: 'town-name',
      type: 'symbol',
      source: 'marks',
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': ['interpolate', ['linear'], ['zoom'], 8, 11, 10, 12.5, 14, 16],
        'text-max-width': 20,
        'text-padding': 0,
        'text-variable-anchor': [
          'top',
          'bottom',
          'left',
          'right',
          'top-left',
          'top-right',
          'bottom-left',
          'bottom-right',
        ],
        'text-radial-offset': NAME_DISTANCE,
        'text-justify': 'auto',
        'symbol-sort-key': ['get', 'order'],
      },
      paint: { 'text-color': '#2b3a42', 'text-halo-color': '#fff', 'text-halo-width': 1.6 },
    },
    {
      id: 'chosen',
      type: 'circle',
      source: 'chosen',
      paint: {
        'circle-radius': 36,
        'circle-color': '#0b74a8',
        'circle-opacity': 0.1,
        'circle-stroke-color': '#0b74a8',
        'circle-stroke-width': 2.5,
      },
    },
  ],
};
