// Why a sign stands at its level, as a person would say it.
import type { SignMeasure } from '#model/standard';
import { expect, test } from 'vitest';

import { extremeSentence, levelSentence, normalSentence, spanText, type SpokenSign } from './sentence.ts';

const VALUE: SignMeasure = { kind: 'value' };

function sign(measure: SignMeasure, more: Partial<SpokenSign> = {}): SpokenSign {
  const levels = { red: { limit: 40, onDelaySeconds: 0 } };
  return { name: '下立交积水', unit: 'cm', direction: 'high', measure, levels, ...more };
}

test('what was measured beside the limit it is past, on the side it is past', () => {
  expect(levelSentence(sign(VALUE), 4, 45)).toBe('下立交积水：实测 45 cm ≥ 40 cm（红色）');
  const oxygen = sign(VALUE, {
    name: '氧',
    unit: '%VOL',
    direction: 'band',
    levels: { yellow: { limit: 23, lower: 19.5, onDelaySeconds: 0 } },
  });
  expect(levelSentence(oxygen, 2, 18)).toBe('氧：实测 18 %VOL < 19.5 %VOL（黄色）');
  expect(levelSentence(oxygen, 2, 24)).toBe('氧：实测 24 %VOL ≥ 23 %VOL（黄色）');
  expect(normalSentence(oxygen, 21)).toBe('氧：实测已回到 21 %VOL');
});

test('a level that holds on after the value has gone back says that, and claims no limit as passed', () => {
  expect(levelSentence(sign(VALUE), 4, 3)).toBe('下立交积水：实测 3 cm，已低于 40 cm，恢复前仍按红色');
  const pressure = sign(VALUE, {
    name: '水压',
    unit: 'MPa',
    direction: 'low',
    levels: { yellow: { limit: 0.12, onDelaySeconds: 0 } },
  });
  expect(levelSentence(pressure, 2, 0.1)).toBe('水压：实测 0.1 MPa < 0.12 MPa（黄色）');
  expect(levelSentence(pressure, 2, 0.2)).toBe('水压：实测 0.2 MPa，已不低于 0.12 MPa，恢复前仍按黄色');
});

test('a limit that depends on the object is told as its number, and left out where it is no longer known', () => {
  const stage = { limit: { parameter: 'F.W', plus: 0.2 }, onDelaySeconds: 0 };
  const river = sign(VALUE, { name: '内河水位', unit: 'm', levels: { orange: stage } });
  expect(levelSentence(river, 3, 3.62, () => 3.3)).toBe('内河水位：实测 3.62 m ≥ 3.5 m（橙色）');
  expect(levelSentence(river, 3, 3.62)).toBe('内河水位：实测 3.62 m（橙色）');
});

test('a state is told by its name, a time as a span of time', () => {
  const trapped = sign(VALUE, {
    name: '困人',
    unit: 'enum',
    levels: { yellow: { limit: 1, onDelaySeconds: 30 } },
    states: [
      { value: 0, name: '正常' },
      { value: 1, name: '确认困人' },
    ],
  });
  expect(levelSentence(trapped, 2, 1)).toBe('困人：“确认困人”（黄色）');
  expect(normalSentence(trapped, 0)).toBe('困人：已回到 “正常”');
  const silent = sign({ kind: 'silence' }, { name: '主机离线', unit: 's' });
  const levels = { blue: { limit: 1800, onDelaySeconds: 0 } };
  expect(levelSentence({ ...silent, levels }, 1, 2520)).toBe('主机离线：数据中断 42 分钟 ≥ 30 分钟（蓝色）');
});

test.each([
  [45, '45 秒'],
  [90, '1 分钟'],
  [3600, '1 小时'],
  [5400, '90 分钟'],
  [172_800, '2 天'],
])('%i s is %s', (seconds, text) => {
  expect(spanText(seconds)).toBe(text);
});

test('how rare a reading is, in readings; not in decades', () => {
  const rare = sign(
    { kind: 'rarity', learnSeconds: 604_800 },
    { name: '余氯罕见', unit: '1', levels: { yellow: { limit: 4, onDelaySeconds: 0 } } },
  );
  expect(levelSentence(rare, 2, 4.08)).toBe('余氯罕见：与自身历史不符，约 1.2 万条读数里才有一次（黄色）');
  expect(normalSentence(rare, 0)).toBe('余氯罕见：又与自身历史相符');
});

test('what is coming is told as when, also where it has come, and where it no longer comes', () => {
  const crowd = sign(
    { kind: 'forecast', windowSeconds: 1800, past: 80, direction: 'high' },
    {
      name: '预计承载率达80%',
      unit: 's',
      direction: 'low',
      levels: { blue: { limit: 1800, onDelaySeconds: 120 } },
    },
  );
  expect(levelSentence(crowd, 1, 740)).toBe('预计承载率达80%：预计 12 分钟后越限，不足 30 分钟（蓝色）');
  expect(levelSentence(crowd, 1, 0)).toBe('预计承载率达80%：已越限（蓝色）');
  expect(levelSentence(crowd, 1, 3000)).toBe('预计承载率达80%：预计 50 分钟后越限，恢复前仍按蓝色');
  expect(normalSentence(crowd, 366 * 86_400)).toBe('预计承载率达80%：走势不再趋向限值，已恢复');
  expect(extremeSentence(crowd, 740)).toBe('预计承载率达80%，最早的预计 12 分钟后越限');
});
