import { expect, test } from 'vitest';

import { onBeijingAxis } from '../../ui/chart.tsx';
import { pointOption, type Reading } from './point-option.ts';

const reading = (observedAt: number): Reading => ({ observedAt, value: 1, quality: 'good' }) as Reading;
const readings = [1000, 2000, 3000].map(reading);
const POINT = { elementName: '压力', unit: 'MPa' };

const areasOf = (option: ReturnType<typeof pointOption>): unknown =>
  (option['series'] as readonly { readonly markArea?: { readonly data: unknown } }[])[0]?.markArea?.data;

test('where a point did not fit its own past is shaded, within what is drawn and up to the newest reading while it goes on', () => {
  const rare = [
    { from: 2000, until: null, text: '' },
    { from: 0, until: 1500, text: '' },
  ];
  expect(areasOf(pointOption(readings, POINT, rare))).toEqual([
    [{ name: '罕见', xAxis: onBeijingAxis(2000) }, { xAxis: onBeijingAxis(3000) }],
    [{ name: '罕见', xAxis: onBeijingAxis(1000) }, { xAxis: onBeijingAxis(1500) }],
  ]);
  expect(areasOf(pointOption(readings, POINT, []))).toEqual([]);
});
