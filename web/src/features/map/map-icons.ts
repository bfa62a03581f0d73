import { type Level, LEVELS } from '#model/warning';
import type { Map as MapLibre } from 'maplibre-gl';

import { LEVEL_COLORS } from '../../ui/level-colors.ts';
import { LEVEL_SHAPES, SHAPE_MIDDLE } from './level-shapes.ts';

const RATIO = 2;

/** What an icon tells beside its level. */
export interface IconFacts {
  readonly simulated: boolean;
  /** Held back on purpose: hollow. */
  readonly held: boolean;
}

const FACTS: readonly IconFacts[] = [false, true].flatMap((simulated) =>
  [false, true].map((held) => ({ simulated, held })),
);

export function iconName(level: Level, { simulated, held }: IconFacts): string {
  return `level-${level}${simulated ? '-simulated' : ''}${held ? '-held' : ''}`;
}

/** Gives the map its level marks, drawn here: the product fetches no sprite from anywhere. */
export function addIcons(map: MapLibre): void {
  for (const level of LEVELS) {
    for (const facts of FACTS)
      map.addImage(iconName(level, facts), draw(level, facts), { pixelRatio: RATIO });
  }
}

function draw(level: Level, { simulated, held }: IconFacts): ImageData {
  const side = 28 * RATIO;
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no 2d canvas');
  const shape = new Path2D(LEVEL_SHAPES[level]);
  pen.scale(RATIO, RATIO);
  pen.translate(2, 2);
  pen.lineJoin = 'round';
  pen.lineWidth = 4;
  pen.strokeStyle = '#fff';
  pen.stroke(shape);
  pen.fillStyle = held ? '#fff' : LEVEL_COLORS[level].fill;
  // A canvas is filled with a path, not an array with a value.
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type
  pen.fill(shape);
  pen.lineWidth = held ? 2 : 1;
  pen.strokeStyle = LEVEL_COLORS[level].line;
  pen.stroke(shape);
  if (simulated) {
    pen.beginPath();
    pen.arc(12, SHAPE_MIDDLE[level], 3, 0, Math.PI * 2);
    pen.fillStyle = held ? LEVEL_COLORS[level].line : '#fff';
    pen.fill();
  }
  return pen.getImageData(0, 0, side, side);
}
