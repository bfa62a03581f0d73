import { expect, test } from 'vitest';

import { decisionText } from './decision-text.ts';

const SAID = { by: '研判甲', at: 0, level: null, falseAlarm: null, note: null };

test.each([
  [{ ...SAID, kind: 'confirmed', level: 'yellow', note: '电话核实' }, '已确认，定为黄色：电话核实'],
  [
    { ...SAID, kind: 'refused', falseAlarm: 'sensor-fault', note: '应变片脱胶' },
    '误报（设备故障）：应变片脱胶',
  ],
  [{ ...SAID, kind: 'refused', falseAlarm: 'weather' }, '误报（天气误触发）'],
  [{ ...SAID, kind: 'returned', by: null }, '已自行恢复'],
] as const)('%o', (decision, text) => {
  expect(decisionText(decision)).toBe(text);
});
