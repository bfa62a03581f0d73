import { BLIND_STATES, type BlindState } from '#model/monitoring';
import type { Map as MapLibre } from 'maplibre-gl';

import { HATCH, MARKS } from './blind-marks.ts';

const RATIO = 2;
/** Radius (px) of a mark as it is drawn; the map scales it. */
export const DRAWN_RADIUS = 32;

/** Gives the map its marks and the hatch for areas, drawn here: the product fetches no sprite from anywhere. */
export function addBlindIcons(map: MapLibre): void {
  for (const state of BLIND_STATES) {
    map.addImage(`blind-${state}`, disc(state), { pixelRatio: RATIO });
    map.addImage(`area-${state}`, tile(state), { pixelRatio: RATIO });
  }
}

function pen(side: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const found = canvas.getContext('2d');
  if (!found) throw new Error('no 2d canvas');
  return found;
}

function disc(state: BlindState): ImageData {
  const side = 2 * (DRAWN_RADIUS + 2) * RATIO;
  const middle = side / 2;
  const { fill, line, dash } = MARKS[state];
  const p = pen(side);
  const round = new Path2D();
  round.arc(middle, middle, DRAWN_RADIUS * RATIO, 0, Math.PI * 2);
  p.save();
  p.clip(round);
  p.fillStyle = fill;
  p.fillRect(0, 0, side, side);
  if (state === 'thin') hatch(p, side, 9 * RATIO);
  p.restore();
  p.lineWidth = 3 * RATIO;
  p.strokeStyle = line;
  p.setLineDash(dash.map((length) => length * RATIO));
  p.stroke(round);
  return p.getImageData(0, 0, side, side);
}

/** A square that repeats without a seam. */
function tile(state: BlindState): ImageData {
  const side = 8 * RATIO;
  const p = pen(side);
  p.globalAlpha = state === 'blind' ? 0.55 : 0.28;
  p.fillStyle = MARKS[state].fill;
  p.fillRect(0, 0, side, side);
  if (state === 'thin') hatch(p, side, side);
  return p.getImageData(0, 0, side, side);
}

function hatch(p: CanvasRenderingContext2D, side: number, step: number): void {
  p.strokeStyle = HATCH;
  p.lineWidth = step / 3;
  p.beginPath();
  for (let x = -side; x <= side * 2; x += step) {
    p.moveTo(x, side + step);
    p.lineTo(x + side + 2 * step, -step);
  }
  p.stroke();
}
