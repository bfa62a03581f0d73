import type { Level } from '#model/warning';

/**
 * One shape per level, in a 24 × 24 box, so that a level is not told by colour alone. Used by the map's icons and by
 * the legend: both draw the same path.
 */
export const LEVEL_SHAPES: Readonly<Record<Level, string>> = {
  red: 'M8.3 2h7.4L22 8.3v7.4L15.7 22H8.3L2 15.7V8.3z',
  orange: 'M12 1.2 22.8 12 12 22.8 1.2 12z',
  yellow: 'M12 2.2 23 21.4H1z',
  blue: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z',
};

/** Where the middle of the shape lies; a triangle's is lower than its box's. */
export const SHAPE_MIDDLE: Readonly<Record<Level, number>> = { red: 12, orange: 12, yellow: 15, blue: 12 };

export const NORMAL_COLOR = '#6f8089';
