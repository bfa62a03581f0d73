import type {
  CircleLayerSpecification,
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  FillLayerSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl';

import { COVERAGE_SCALE } from '../../../ui/coverage-scale.ts';
import { FONT } from '../../../ui/map-ground.ts';

/** What there is no rate of: no step of the scale. */
export const NO_RATE_FILL = '#ffffff';
/** The ring of an object that lacks something. */
export const LACK_RING = '#34444d';

const byDepth = (part: 'fill' | 'ink', none: string): DataDrivenPropertyValueSpecification<string> =>
  [
    'match',
    ['get', 'depth'],
    ...COVERAGE_SCALE.flatMap((step, depth): [number, string] => [depth, step[part]]),
    none,
  ] as unknown as DataDrivenPropertyValueSpecification<string>;

/** Under the lines of the borders. */
export const COVERED_FILL: FillLayerSpecification = {
  id: 'covered-fill',
  type: 'fill',
  source: 'covered',
  paint: { 'fill-color': byDepth('fill', NO_RATE_FILL), 'fill-opacity': 0.9 },
};

/** Close enough for objects to be marked, the figure stands above the centre and leaves it to them. */
const ASIDE: ExpressionSpecification = [
  'interpolate',
  ['linear'],
  ['zoom'],
  11,
  ['literal', [0, 0]],
  12,
  ['literal', [0, -32]],
];

/** Over everything else; names keep clear of the figures, which are placed first. */
export const COVERAGE_MARKS: readonly (CircleLayerSpecification | SymbolLayerSpecification)[] = [
  {
    id: 'town-mark',
    type: 'circle',
    source: 'town-marks',
    paint: {
      'circle-color': byDepth('fill', NO_RATE_FILL),
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 9.5, 12, 11.5, 17],
      'circle-translate': ASIDE,
      'circle-stroke-color': ['match', ['get', 'depth'], -1, '#9fadb4', '#0e5f63'],
      'circle-stroke-width': 1,
    },
  },
  {
    id: 'town-figure',
    type: 'symbol',
    source: 'town-marks',
    layout: {
      'text-field': ['get', 'figure'],
      'text-font': FONT,
      'text-size': ['interpolate', ['linear'], ['zoom'], 9.5, 10, 11.5, 12],
      'text-allow-overlap': true,
      'text-padding': 8,
    },
    paint: { 'text-color': byDepth('ink', '#4b5a62'), 'text-translate': ASIDE },
  },
  {
    id: 'lack',
    type: 'circle',
    source: 'lacks',
    paint: {
      'circle-color': '#fff',
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 4, 15, 6.5],
      'circle-stroke-color': LACK_RING,
      'circle-stroke-width': 2.5,
    },
  },
];
