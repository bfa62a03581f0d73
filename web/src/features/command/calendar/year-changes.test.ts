import { expect, test } from 'vitest';

import {
  type CalendarDay,
  changedDays,
  holidaysOf,
  NO_CHANGES,
  spanOfDays,
  withDays,
  withoutDay,
} from './year-changes.ts';

const off = (day: string, name: string): CalendarDay => ({ day, kind: 'holiday', name });
const work = (day: string, name: string): CalendarDay => ({ day, kind: 'workday', name });
const YEAR = [off('2026-10-01', '国庆节'), off('2026-10-02', '国庆节'), work('2026-10-10', '国庆节')];

test('a day entered over another one takes its place, and one taken out is gone', () => {
  const changes = withoutDay(
    withDays(NO_CHANGES, [work('2026-10-02', '调休'), off('2026-01-01', '元旦')]),
    '2026-10-10',
    YEAR,
  );
  expect(changedDays(YEAR, changes)).toEqual([
    off('2026-01-01', '元旦'),
    off('2026-10-01', '国庆节'),
    work('2026-10-02', '调休'),
  ]);
});

test('what was entered just now and taken out again leaves no trace; what was taken out may be entered again', () => {
  const day = off('2026-05-01', '劳动节');
  expect(withoutDay(withDays(NO_CHANGES, [day]), day.day, YEAR)).toEqual(NO_CHANGES);
  const back = withDays(withoutDay(NO_CHANGES, '2026-10-01', YEAR), [off('2026-10-01', '国庆节')]);
  expect(changedDays(YEAR, back)).toEqual(YEAR);
});

test('changes are put upon the year as another person has saved it, and keep what that one entered', () => {
  const changes = withDays(NO_CHANGES, [off('2026-10-03', '国庆节')]);
  const meanwhile = [...YEAR, off('2026-12-31', '元旦')];
  expect(changedDays(meanwhile, changes).map(({ day }) => day)).toEqual([
    '2026-10-01',
    '2026-10-02',
    '2026-10-03',
    '2026-10-10',
    '2026-12-31',
  ]);
});

test('a span is days of its year, one day where no end is given, and never backwards or without end', () => {
  expect(spanOfDays(2026, '2026-09-30', '2026-10-02')).toEqual(['2026-09-30', '2026-10-01', '2026-10-02']);
  expect(spanOfDays(2026, '2026-10-01', '')).toEqual(['2026-10-01']);
  expect(spanOfDays(2026, '2026-10-02', '2026-10-01')).toBeUndefined();
  expect(spanOfDays(2026, '2026-12-31', '2027-01-01')).toBeUndefined();
  expect(spanOfDays(2026, '2026-01-01', '2026-12-31')).toBeUndefined();
  expect(spanOfDays(2026, '', '')).toBeUndefined();
});

test('a holiday is read with its days off and the days worked for it, however early those are', () => {
  const days = [work('2026-09-20', '国庆节'), off('2026-09-25', '中秋'), ...YEAR];
  expect(holidaysOf(days)).toEqual([
    { name: '中秋', off: ['2026-09-25'], work: [] },
    { name: '国庆节', off: ['2026-10-01', '2026-10-02'], work: ['2026-09-20', '2026-10-10'] },
  ]);
});
