import { expect, test } from 'vitest';

import { cellText, type LimitContext, measureText, namesOf, recoverText, spanText } from './words.ts';

const names = namesOf(
  [{ code: 'FLOOD.W_STAGE', name: '警戒水位' }],
  [{ code: 'FLOOD.PUMP', states: [{ value: 2, name: '停机' }] }],
);
const depth: LimitContext = {
  measure: { kind: 'value' },
  element: 'FLOOD.UNDERPASS',
  unit: 'cm',
  direction: 'high',
};

test('a limit is said with its unit, its side and how long it must hold', () => {
  expect(cellText({ limit: 25, onDelaySeconds: 120 }, depth, names)).toBe('≥ 25 cm，持续 2 分钟');
  expect(
    cellText({ limit: 0.14, onDelaySeconds: 0 }, { ...depth, unit: 'MPa', direction: 'low' }, names),
  ).toBe('< 0.14 MPa');
  expect(
    cellText(
      { limit: 23, lower: 19.5, onDelaySeconds: 0 },
      { ...depth, unit: '%VOL', direction: 'band' },
      names,
    ),
  ).toBe('≥ 23 %VOL 或 < 19.5 %VOL');
});

test('a parameter is said by its name, a state by its word', () => {
  const stage = { limit: { parameter: 'FLOOD.W_STAGE', plus: -0.2 }, onDelaySeconds: 0 };
  expect(cellText(stage, { ...depth, unit: 'm' }, names)).toBe('≥ 警戒水位 − 0.2 m');
  expect(
    cellText({ limit: 2, onDelaySeconds: 0 }, { ...depth, element: 'FLOOD.PUMP', unit: '1' }, names),
  ).toBe('达到“停机”');
});

test('what is compared in seconds is said as a span', () => {
  const silence: LimitContext = { ...depth, measure: { kind: 'silence' }, unit: 's' };
  expect(cellText({ limit: 7200, onDelaySeconds: 0 }, silence, names)).toBe('≥ 2 小时');
  expect(spanText(90)).toBe('90 秒');
  expect(spanText(0)).toBe('0 秒');
});

test('measures and the way back are sentences', () => {
  const hour: LimitContext = {
    ...depth,
    measure: { kind: 'rolling', statistic: 'sum', windowSeconds: 3600 },
  };
  expect(measureText(hour, names)).toBe('1 小时累计');
  expect(recoverText({ ...depth, deadband: 2, offDelaySeconds: 900 })).toBe(
    '退回限值 2 cm 以上并保持 15 分钟',
  );
  expect(recoverText({ ...depth, deadband: 0, offDelaySeconds: 0 })).toBe('退回限值并保持 0 秒');
});
