import { expect, test } from 'vitest';

import { nearDuplicate, type ReportFacts, similarity } from './near-duplicate.ts';

const HOUR = 3_600_000;
const report = (id: number, text: string, more: Partial<ReportFacts> = {}): ReportFacts => ({
  id,
  text,
  kind: '积水',
  at: 0,
  object: null,
  lat: 31.2,
  lon: 121.6,
  ...more,
});
const FLOOD = report(1, '川南奉公路下立交积水很深，有车熄火');

test.each([
  [
    'the same in other words, by a neighbour',
    report(2, '下立交积水严重，车辆熄火堵住了', { lat: 31.2002 }),
    true,
  ],
  ['the same words a kilometre away', report(2, FLOOD.text, { lat: 31.21 }), false],
  ['the same words seven hours later', report(2, FLOOD.text, { at: 7 * HOUR }), false],
  ['something else at the same corner', report(2, '路灯不亮', { kind: '路灯' }), false],
  [
    'the same object, though nobody gave coordinates',
    report(2, '下立交积水', { object: 7, lat: null, lon: null }),
    true,
  ],
  [
    'almost the same words without a place',
    report(2, '川南奉公路下立交积水很深', { lat: null, lon: null }),
    true,
  ],
  ['other words without a place', report(2, '有地方积水，请派人', { lat: null, lon: null }), false],
  ['no words at all', report(2, '！！'), false],
])('%s', (_, one, same) => {
  const first = { ...FLOOD, object: one.object };
  expect(nearDuplicate(one, [first])?.id).toBe(same ? 1 : undefined);
});

test('of several the most similar one is taken, never the report itself', () => {
  const other = report(3, '下立交积水');
  expect(nearDuplicate(FLOOD, [FLOOD, other, report(4, '川南奉公路下立交积水很深，有两辆车熄火')])?.id).toBe(
    4,
  );
});

test('punctuation and case do not count', () => {
  expect(similarity('A 区，积水！', 'a区积水')).toBe(1);
  expect(similarity('', 'x')).toBe(0);
});
