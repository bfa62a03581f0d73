import { expect, test } from 'vitest';

import { warningConfidence, type WarningConfidenceFacts } from './warning-confidence.ts';

const FACTS: WarningConfidenceFacts = {
  data: { value: 0.7, reasons: ['近期存疑读数占 40 %'] },
  neighbours: { heard: 0, agreeing: 0 },
  others: [],
  suspectedOnly: false,
  verifiedBy: null,
  ageMs: 60_000,
};
const valueOf = (change: Partial<WarningConfidenceFacts>): number =>
  warningConfidence({ ...FACTS, ...change }).value;

test('alone it is as sure as its data', () => {
  expect(warningConfidence(FACTS)).toEqual({
    value: 0.7,
    parts: [{ kind: 'data', speaks: 'against', text: '近期存疑读数占 40 %' }],
  });
});

test.each<[string, Partial<WarningConfidenceFacts>, number]>([
  ['one gauge of three agrees', { neighbours: { heard: 3, agreeing: 1 } }, 0.82],
  ['all three agree', { neighbours: { heard: 3, agreeing: 3 } }, 0.94],
  ['none of three agrees', { neighbours: { heard: 3, agreeing: 0 } }, 0.6],
  ['a camera sees it too', { others: ['视频“积水”'] }, 0.85],
  ['only a camera has seen it', { suspectedOnly: true }, 0.35],
  ['only a camera, and a call agrees', { suspectedOnly: true, others: ['12345 上报“积水”'] }, 0.68],
  ['nothing came for two hours', { ageMs: 2 * 3_600_000 }, 0.56],
  ['nothing came since last night', { ageMs: 8 * 3_600_000 }, 0.35],
  ['an analyst has verified it', { suspectedOnly: true, verifiedBy: '研判甲' }, 0.95],
  ['nothing is known of its data', { data: null }, 0.5],
])('%s', (_, change, value) => {
  expect(valueOf(change)).toBe(value);
});

test('more witnesses never make it less sure, and nothing leaves 0 to 1', () => {
  for (const data of [0, 0.3, 1]) {
    let before = 0;
    for (let agreeing = 1; agreeing <= 20; agreeing += 1) {
      const now = valueOf({ data: { value: data, reasons: [] }, neighbours: { heard: 20, agreeing } });
      expect(now).toBeGreaterThanOrEqual(before);
      expect(now).toBeLessThanOrEqual(1);
      before = now;
    }
  }
});

test('each part that was weighed says in a sentence whether it speaks for or against', () => {
  const { parts } = warningConfidence({
    data: { value: 1, reasons: [] },
    neighbours: { heard: 4, agreeing: 3 },
    others: ['视频“积水”'],
    suspectedOnly: false,
    verifiedBy: '研判甲',
    ageMs: 2 * 3_600_000,
  });
  expect(parts.map(({ speaks, text }) => `${speaks} ${text}`)).toEqual([
    'for 数据质量正常',
    'for 附近 4 个同类测点中 3 个也越限',
    'for 视频“积水”',
    'against 超过 1 小时没有新读数',
    'for 研判甲 已核实',
  ]);
});
