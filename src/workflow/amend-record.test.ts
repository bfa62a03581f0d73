import { expect, test } from 'vitest';

import { amendableOf, amendmentFault, asAmended } from './amend-record.ts';
import type { ClosureFacts } from './closure-facts.ts';
import { PLAIN_RECORD } from './testing.ts';

const span = (field: string, value: string) =>
  ({ type: 'ACCESS_CONTROL', field, text: field, kind: 'moment', done: true, value }) as const;
const RECORD: ClosureFacts = {
  ...PLAIN_RECORD,
  results: [
    span('from', '2026-11-20T03:10'),
    span('to', '2026-11-20T05:00'),
    { type: 'EVACUATION', field: 'people', text: '转移人数', kind: 'number', done: true, value: '12' },
    { type: 'EVACUATION', field: 'shelter', text: '安置点', kind: 'text', done: false, value: null },
    { type: 'ON_SITE_DISPOSAL', field: 'arrival', text: '到场', kind: 'arrival', done: true, value: null },
  ],
};
const at = (field: string) => {
  const one = amendableOf(RECORD).find((some) => some.field === field);
  if (!one) throw new Error(field);
  return one;
};

test('what was told may be put right, what deeds show and what is not there may not', () => {
  expect(amendableOf(RECORD).map(({ field, reads }) => [field, reads])).toEqual([
    ['note', '积水已抽排，路面恢复通行'],
    ['ACCESS_CONTROL.from', '2026-11-20T03:10'],
    ['ACCESS_CONTROL.to', '2026-11-20T05:00'],
    ['EVACUATION.people', '12'],
  ]);
  expect(amendableOf({ ...PLAIN_RECORD, note: null })).toEqual([]);
});

test('an amendment has the shape of what it amends, says something else and makes nothing worse', () => {
  expect(amendmentFault(RECORD, at('EVACUATION.people'), '21')).toBeUndefined();
  expect(amendmentFault(RECORD, at('EVACUATION.people'), '12')).toBe('与现在的记录相同');
  expect(amendmentFault(RECORD, at('EVACUATION.people'), '十二')).toBe('须是数字');
  expect(amendmentFault(RECORD, at('ACCESS_CONTROL.to'), '下午五点')).toBe('须是日期和时间');
  expect(amendmentFault(RECORD, at('ACCESS_CONTROL.to'), '2026-11-20T03:00')).toContain('晚于结束时间');
  expect(amendmentFault(RECORD, at('note'), '已处置')).toBe('处置说明不少于 10 字');
  expect(amendmentFault(RECORD, at('note'), '好好好好好好好好好好好好')).toContain('只是重复的字');
});

test('a second amendment goes on from the first', () => {
  const once = asAmended(RECORD, new Map([['EVACUATION.people', '21']]));
  const people = amendableOf(once).find((one) => one.field === 'EVACUATION.people');
  expect(people?.reads).toBe('21');
  expect(people && amendmentFault(once, people, '21')).toBe('与现在的记录相同');
  expect(RECORD.results[2]?.value).toBe('12');
});
