// Limits of reports to the minute, over midnight and months; what is late is read off the moments and nothing else.
import { fromBeijing } from '#base';
import { expect, test } from 'vitest';

import {
  casualtyText,
  dutyStanding,
  finalDuty,
  firstDuties,
  fulfilledDuties,
  missingFields,
  nextStage,
  reportText,
  updateAfter,
} from '../index.ts';

const at = (day: number, hour: number, minute: number): number =>
  fromBeijing(2026, 11, day, (hour * 60 + minute) * 60_000);
const RED = { withinMinutes: 60, repeatMinutes: 60, finalMinutes: 1440 };

test('red at 02:14: written by 03:14, told again by 04:14, and missing once the next one is due', () => {
  const [first, update] = firstDuties(RED, at(20, 2, 14));
  expect(first).toMatchObject({ kind: 'first', n: 1, dueAt: at(20, 3, 14), missingAt: at(21, 3, 14) });
  expect(update).toMatchObject({ kind: 'update', n: 1, startedAt: at(20, 3, 14), dueAt: at(20, 4, 14) });
  expect(update?.missingAt).toBe(at(20, 5, 14));
  expect(firstDuties({ ...RED, repeatMinutes: null }, at(20, 2, 14))).toHaveLength(1);
});

test('a limit runs over midnight and over the end of a month', () => {
  expect(firstDuties(RED, at(30, 23, 50))[0]?.dueAt).toBe(fromBeijing(2026, 12, 1, 50 * 60_000));
  expect(finalDuty(1440, at(30, 12, 0), 1).dueAt).toBe(fromBeijing(2026, 12, 1, 12 * 3_600_000));
});

const standing = (fulfilledAt: number | null, now: number, stoppedAt: number | null = null) =>
  dutyStanding({ dueAt: at(20, 3, 14), missingAt: at(21, 3, 14), fulfilledAt, stoppedAt }, now);

test('waiting, overdue, missing, late: told by three moments', () => {
  expect(standing(null, at(20, 3, 14))).toBe('waiting');
  expect(standing(null, at(20, 3, 15))).toBe('overdue');
  expect(standing(null, at(21, 3, 14))).toBe('missing');
  expect(standing(at(20, 3, 14), at(25, 0, 0))).toBe('in-time');
  expect(standing(at(20, 3, 15), at(20, 3, 16))).toBe('late');
  expect(standing(null, at(25, 0, 0), at(20, 3, 0))).toBe('stopped');
});

const owed = (id: number, kind: 'first' | 'update' | 'final', hour: number) => {
  const { startedAt, dueAt, missingAt } = updateAfter(at(20, hour - 1, 14), 60, 1);
  return {
    id,
    kind,
    platform: 1,
    recipient: 'district',
    channel: 'written',
    startedAt,
    dueAt,
    missingAt,
  } as const;
};
const made = (stage: 'initial' | 'update' | 'final', reportedAt: number) =>
  ({ platform: 1, recipient: 'district', channel: 'written', stage, reportedAt }) as const;

test('a report fulfils what was owed when it was made, and of a series the oldest that can be made up for', () => {
  const all = [owed(1, 'first', 3), owed(2, 'update', 4), owed(3, 'update', 5), owed(4, 'update', 6)];
  expect(fulfilledDuties(all, made('initial', at(20, 2, 50)))).toEqual([1]);
  expect(fulfilledDuties(all, made('update', at(20, 4, 20)))).toEqual([1, 2]);
  // The one of four o’clock is lost; the one of five can still be made up for.
  expect(fulfilledDuties(all, made('update', at(20, 5, 20)))).toEqual([1, 3]);
  expect(fulfilledDuties(all, { ...made('initial', at(20, 2, 50)), channel: 'phone' })).toEqual([]);
  expect(fulfilledDuties(all, { ...made('initial', at(20, 2, 50)), platform: 2 })).toEqual([]);
});

test('only the last report fulfils what asks for the last one', () => {
  const last = [owed(9, 'final', 4)];
  expect(fulfilledDuties(last, made('update', at(20, 4, 0)))).toEqual([]);
  expect(fulfilledDuties(last, made('final', at(20, 4, 0)))).toEqual([9]);
});

test('初报, 续报1, 续报2, 终报', () => {
  const initial = nextStage([], false);
  const second = nextStage([initial], false);
  const third = nextStage([initial, second], false);
  expect([initial, second, third, nextStage([initial, second, third], true)]).toEqual([
    { stage: 'initial', number: 1 },
    { stage: 'update', number: 1 },
    { stage: 'update', number: 2 },
    { stage: 'final', number: 1 },
  ]);
});

const FIELDS = {
  source: '平台监测',
  received: '11月20日 02:14',
  where: '世纪大道下立交',
  nature: '积水红色预警',
  reach: '',
  losses: '',
  trend: '',
  leaders: '',
  measures: '已封道',
  suggestions: '',
};

test('the first report may leave open what nobody can know yet; the last one leaves nothing open', () => {
  expect(missingFields('initial', FIELDS)).toEqual([]);
  expect(missingFields('update', FIELDS)).toEqual(['reach', 'losses', 'trend']);
  expect(missingFields('final', FIELDS)).toEqual(['reach', 'losses', 'trend', 'leaders', 'suggestions']);
  expect(missingFields('initial', { ...FIELDS, measures: '  ' })).toEqual(['measures']);
});

test('the text says what, where and when first, then each field, and names what is open', () => {
  const casualties = { deaths: 0, injuries: 2, unaccounted: null };
  const text = reportText({
    stage: 'update',
    number: 2,
    title: '世纪大道下立交积水',
    eventAt: at(20, 2, 10),
    fields: { ...FIELDS, losses: '两车被淹' },
    casualties,
  });
  expect(text.split('\n')[0]).toBe('【续报2】世纪大道下立交积水。发生时间：2026年11月20日 02:10。');
  expect(text).toContain('伤亡和损失：死亡 0 人、受伤 2 人；两车被淹');
  expect(text).toContain('影响范围：正在核实');
  expect(casualtyText({ deaths: null, injuries: null, unaccounted: null })).toBe('');
});
