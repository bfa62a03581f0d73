import type { BoundingBox } from './point-in-polygon.ts';

/** Pudong with the tidal waters of its coastal towns, WGS 84, rounded outwards to 0.05°. */
export const PUDONG_BOX: BoundingBox = { west: 121.4, south: 30.8, east: 122.05, north: 31.45 };

/** How far outside the box a coordinate may lie before it is taken for a mistake, in degrees. */
export const PUDONG_MARGIN = 0.5;
