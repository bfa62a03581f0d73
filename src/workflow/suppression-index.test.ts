import { expect, test } from 'vitest';

import type { Hold } from './admit-alarm.ts';
import { type AskedAlarm, SuppressionIndex } from './suppression-index.ts';

const NOON = Date.UTC(2026, 5, 1, 4);
const HOUR = 3_600_000;
const alarm: AskedAlarm = {
  point: 7,
  sign: 'FLOOD.S06',
  object: 3,
  item: 'FLOOD.I06',
  session: 0,
};

function hold(by: string, until: number | null = NOON + HOUR): Hold {
  return { kind: 'shelved', by, reason: '检修', until };
}

const by = (index: SuppressionIndex, asked: AskedAlarm, now = NOON): readonly string[] =>
  index.holdsOf(asked, now).map((one) => one.by);

test('a sign at a point, a point, an item at an object and an object are held each by what is over them, and nothing beside', () => {
  const index = new SuppressionIndex();
  index.add({ over: 'sign', point: 7, sign: 'FLOOD.S06' }, { hold: hold('sign'), from: NOON });
  index.add({ over: 'point', point: 7 }, { hold: hold('point'), from: NOON });
  index.add({ over: 'item', object: 3, item: 'FLOOD.I06' }, { hold: hold('item'), from: NOON });
  index.add({ over: 'object', object: 3 }, { hold: hold('object'), from: NOON });
  expect(by(index, alarm)).toEqual(['point', 'sign', 'item', 'object']);
  expect(by(index, { ...alarm, sign: 'FLOOD.S07' })).toEqual(['point', 'item', 'object']);
  expect(by(index, { ...alarm, point: 8, item: 'FLOOD.I07' })).toEqual(['object']);
  expect(by(index, { ...alarm, point: 8, object: 4 })).toEqual([]);
});

test('from its first moment to its last: at the very second it ends it holds no longer', () => {
  const index = new SuppressionIndex();
  index.add({ over: 'point', point: 7 }, { hold: hold('window'), from: NOON });
  index.add({ over: 'point', point: 7 }, { hold: hold('for good', null), from: NOON });
  expect(by(index, alarm, NOON - 1)).toEqual([]);
  expect(by(index, alarm, NOON)).toEqual(['window', 'for good']);
  expect(by(index, alarm, NOON + HOUR)).toEqual(['for good']);
});

test('a rule holds while its cause stands at its level, for the recording it stands in', () => {
  const index = new SuppressionIndex();
  const cause = { object: 9, kind: 'item', code: 'POWER.I01', level: 3 } as const;
  index.addRule({ object: 3, item: 'FLOOD.I06' }, { hold: hold('rule', null), from: 0, cause });
  expect(by(index, alarm)).toEqual([]);
  const standing = { object: 9, session: 0, point: 'P', sign: 'POWER.S01', item: 'POWER.I01' };
  index.stand({ ...standing, level: 2 });
  index.stand({ ...standing, item: 'POWER.I02', level: 4 });
  expect(by(index, alarm)).toEqual([]);
  index.stand({ ...standing, level: 3 });
  expect(by(index, alarm)).toEqual(['rule']);
  expect(by(index, { ...alarm, session: 5 })).toEqual([]);
  expect(by(index, { ...alarm, item: 'FLOOD.I07' })).toEqual([]);
});
