import { LEVELS } from '#model/warning';
import type { DataDrivenPropertyValueSpecification, StyleSpecification } from 'maplibre-gl';

import { LEVEL_COLORS } from '../../ui/level-colors.ts';
import { EMPTY, FONT, NAME_PLACES } from '../../ui/map-ground.ts';
import { COVERAGE_MARKS, COVERED_FILL } from './coverage/coverage-layers.ts';
import { NORMAL_COLOR } from './level-shapes.ts';

/** Beyond this zoom no points are gathered. */
export const CLUSTER_MAX_ZOOM = 13;

const byRank = (
  normal: string,
  part: 'fill' | 'line' | 'text',
): DataDrivenPropertyValueSpecification<string> =>
  [
    'match',
    ['get', 'worst'],
    ...LEVELS.flatMap((level, i): [number, string] => [i + 1, LEVEL_COLORS[level][part]]),
    normal,
  ] as unknown as DataDrivenPropertyValueSpecification<string>;

/** A plain ground, borders where there are some, objects, names. No tiles, no sprite, no fonts from the net. */
export const STYLE: StyleSpecification = {
  version: 8,
  sources: {
    borders: { type: 'geojson', data: EMPTY },
    objects: {
      type: 'geojson',
      data: EMPTY,
      cluster: true,
      clusterRadius: 44,
      clusterMaxZoom: CLUSTER_MAX_ZOOM,
      clusterProperties: { worst: ['max', ['get', 'rank']], total: ['+', ['get', 'count']] },
    },
    towns: { type: 'geojson', data: EMPTY },
    // Empty while the map shows warnings, as objects are while it shows coverage.
    covered: { type: 'geojson', data: EMPTY },
    'town-marks': { type: 'geojson', data: EMPTY },
    lacks: { type: 'geojson', data: EMPTY },
    chosen: { type: 'geojson', data: EMPTY },
  },
  layers: [
    { id: 'ground', type: 'background', paint: { 'background-color': '#eef2f3' } },
    {
      id: 'border-fill',
      type: 'fill',
      source: 'borders',
      paint: { 'fill-color': '#0e5f63', 'fill-opacity': 0.05 },
    },
    COVERED_FILL,
    {
      id: 'border-line',
      type: 'line',
      source: 'borders',
      paint: { 'line-color': '#6d9a9b', 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.8, 13, 2] },
    },
    {
      id: 'normal',
      type: 'circle',
      source: 'objects',
      filter: ['all', ['!', ['has', 'total']], ['==', ['get', 'rank'], 0]],
      paint: {
        'circle-color': NORMAL_COLOR,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 3.5, 15, 6],
        'circle-stroke-color': '#fff',
        'circle-stroke-width': 1,
      },
    },
    {
      id: 'cluster',
      type: 'circle',
      source: 'objects',
      filter: ['has', 'total'],
      layout: { 'circle-sort-key': ['get', 'worst'] },
      paint: {
        'circle-color': byRank('#dde4e7', 'fill'),
        'circle-stroke-color': byRank('#9fadb4', 'line'),
        'circle-stroke-width': 1.5,
        'circle-radius': ['interpolate', ['linear'], ['get', 'total'], 2, 13, 100, 18, 2000, 26],
      },
    },
    {
      id: 'town-name',
      type: 'symbol',
      source: 'towns',
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': ['interpolate', ['linear'], ['zoom'], 8, 11.5, 10, 13, 14, 16],
        'text-max-width': 20,
        'text-padding': 0,
        'text-variable-anchor-offset': NAME_PLACES,
        'text-justify': 'auto',
        'symbol-sort-key': ['get', 'order'],
      },
      paint: { 'text-color': '#2b3a42', 'text-halo-color': '#fff', 'text-halo-width': 1.6 },
    },
    {
      id: 'cluster-count',
      type: 'symbol',
      source: 'objects',
      filter: ['has', 'total'],
      layout: {
        'text-field': ['to-string', ['get', 'total']],
        'text-font': FONT,
        'text-size': 12,
        'text-allow-overlap': true,
        // Names keep clear of the whole circle, not only of its figure.
        'text-padding': 9,
      },
      paint: { 'text-color': byRank('#18242b', 'text') },
    },
    {
      id: 'chosen',
      type: 'circle',
      source: 'chosen',
      paint: {
        'circle-radius': 19,
        'circle-color': '#0b74a8',
        'circle-opacity': 0.14,
        'circle-stroke-color': '#0b74a8',
        'circle-stroke-width': 2.5,
      },
    },
    {
      id: 'warned',
      type: 'symbol',
      source: 'objects',
      filter: ['all', ['!', ['has', 'total']], ['>', ['get', 'rank'], 0]],
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.7, 14, 1],
        'icon-allow-overlap': true,
        'symbol-sort-key': ['get', 'rank'],
      },
    },
    {
      id: 'cluster-worst',
      type: 'symbol',
      source: 'objects',
      filter: ['all', ['has', 'total'], ['>', ['get', 'worst'], 0]],
      layout: {
        'icon-image': [
          'match',
          ['get', 'worst'],
          4,
          'level-red',
          3,
          'level-orange',
          2,
          'level-yellow',
          'level-blue',
        ],
        'icon-size': 0.55,
        'icon-offset': [26, -26],
        'icon-allow-overlap': true,
        'icon-padding': 0,
      },
    },
    ...COVERAGE_MARKS,
  ],
};
