import type { FeatureCollection } from 'geojson';

/** Pudong with Lingang and Hangtou, west-south to east-north. */
export const DISTRICT: [[number, number], [number, number]] = [
  [121.42, 30.83],
  [121.99, 31.4],
];

/** Names are drawn in the browser from its own fonts; with no `glyphs` address nothing is fetched. */
export const FONT = ['PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC'];

export const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** Where a name may stand when its centre is taken, in ems from the centre: nearest first. */
export const NAME_PLACES: (string | [number, number])[] = [
  'center',
  [0, 0],
  'top',
  [0, 0.7],
  'bottom',
  [0, -0.7],
  'left',
  [0.9, 0],
  'right',
  [-0.9, 0],
  'top-left',
  [0.8, 0.5],
  'top-right',
  [-0.8, 0.5],
  'bottom-left',
  [0.8, -0.5],
  'bottom-right',
  [-0.8, -0.5],
  'top',
  [0, 1.5],
  'bottom',
  [0, -1.5],
  'left',
  [1.8, 0],
  'right',
  [-1.8, 0],
];
