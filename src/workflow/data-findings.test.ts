// One broken gateway must not open two hundred findings.
import { expect, test } from 'vitest';

import { dataFindings, type PoorPoint } from './data-findings.ts';

const poor = (device: number, point: number, reason = 'clock'): PoorPoint => ({
  point,
  code: `P${point}`,
  device: `hj212/D${device}`,
  line: 'hj212',
  reason,
});
const DEVICES = { devicesOf: new Map([['hj212', 8]]), open: [] };
const said = (points: readonly PoorPoint[], facts: Parameters<typeof dataFindings>[1] = DEVICES) =>
  dataFindings(points, facts).map(
    (one) => `${one.subjectKind} ${one.subjectId} ${one.reason} ${one.points.join(',')}`,
  );

test('eight factors of one station are one finding, each reason its own', () => {
  expect(said([poor(1, 1), poor(1, 2), poor(1, 3, 'flat')])).toEqual([
    'device hj212/D1 clock 1,2',
    'device hj212/D1 flat 3',
  ]);
});

test('a point without a device stands for itself', () => {
  expect(said([{ ...poor(1, 1), device: null, line: null }])).toEqual(['point P1 clock 1']);
});

test('most stations of a line with a wrong clock are the line, until the last of them is right again', () => {
  const many = [1, 2, 3, 4, 5].map((n) => poor(n, n));
  expect(said(many)).toEqual(['line hj212 clock 1,2,3,4,5']);
  const open = [{ subjectKind: 'line' as const, subjectId: 'hj212', reason: 'clock' }];
  expect(said(many.slice(0, 1), { ...DEVICES, open })).toEqual(['line hj212 clock 1']);
  expect(said([], { ...DEVICES, open })).toEqual([]);
});

test('five of a hundred stations are five stations', () => {
  const many = [1, 2, 3, 4, 5].map((n) => poor(n, n));
  expect(said(many, { devicesOf: new Map([['hj212', 100]]), open: [] })).toHaveLength(5);
});
