import { fromBeijing } from '#base';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  dayNumber,
  dutyConflicts,
  gapsOf,
  type JudgedShift,
  nextWatch,
  type PlanInput,
  planShifts,
  type SeatShift,
  type StandIn,
  watchAt,
  workingCalendar,
} from './index.ts';

const HOUR = 3_600_000;
/** Friday, 25 September 2026 is 中秋; Sunday the 20th and Saturday 10 October are make-up working days. */
const CALENDAR = workingCalendar(
  [{ from: '08:30', to: '17:30' }],
  ['2026-09-25', '2026-09-26', '2026-09-27', '2026-10-01'],
  ['2026-09-20', '2026-10-10'],
);
const at = (month: number, day: number, hour = 0, minute = 0): number =>
  fromBeijing(2026, month, day, hour * HOUR + minute * 60_000);
const TWELVES = [
  { from: '08:30', to: '20:30' },
  { from: '20:30', to: '08:30' },
];

function plan(given: Partial<PlanInput> & { readonly days: readonly [number, number] }) {
  const { days, ...rest } = given;
  return planShifts({
    pattern: { workday: TWELVES, holiday: null },
    calendar: CALENDAR,
    seat: { turn: 'shift', rota: ['a', 'b', 'c'], holidayRota: null },
    fromDay: dayNumber(days[0]),
    toDay: dayNumber(days[1]),
    last: { usual: null, dayOff: null },
    kept: [],
    ...rest,
  });
}
const seats = (shifts: readonly { from: number; to: number; person: string }[]): readonly SeatShift[] =>
  shifts.map((shift, i) => ({ ...shift, id: i + 1 }));

test('a night shift goes over midnight and ends where the day shift begins', () => {
  const shifts = plan({ days: [at(9, 21), at(9, 22)] });
  expect(shifts.map(({ from, to, person }) => [from, to, person])).toEqual([
    [at(9, 21, 8, 30), at(9, 21, 20, 30), 'a'],
    [at(9, 21, 20, 30), at(9, 22, 8, 30), 'b'],
    [at(9, 22, 8, 30), at(9, 22, 20, 30), 'c'],
    [at(9, 22, 20, 30), at(9, 23, 8, 30), 'a'],
  ]);
  // At three in the night the watch of the evening before is on.
  expect(watchAt(seats(shifts), [], at(9, 22, 3))).toMatchObject({ person: 'b', until: at(9, 22, 8, 30) });
});

test('a watch of 24 hours ends at the same clock time on the next day', () => {
  const [one] = plan({
    days: [at(9, 21), at(9, 21)],
    pattern: { workday: [{ from: '08:30', to: '08:30' }], holiday: null },
  });
  expect([one?.from, one?.to]).toEqual([at(9, 21, 8, 30), at(9, 22, 8, 30)]);
});

test('holidays and make-up working days choose the pattern and the rota, weekdays do not', () => {
  const shifts = plan({
    days: [at(9, 19), at(9, 25)],
    pattern: { workday: TWELVES, holiday: [{ from: '08:30', to: '08:30' }] },
    seat: { turn: 'day', rota: ['a', 'b'], holidayRota: ['x', 'y'] },
  });
  const people = Map.groupBy(shifts, ({ from }) => dayNumber(from) - dayNumber(at(9, 19)));
  expect([...people.values()].map((day) => day.map(({ person }) => person).join(''))).toEqual([
    'x', // Saturday
    'aa', // Sunday, but a make-up working day
    'bb',
    'aa',
    'bb',
    'aa',
    'y', // Friday, but 中秋
  ]);
  expect(shifts.map(({ dayOff }) => dayOff).filter(Boolean)).toHaveLength(2);
});

test('the rota goes on behind whoever stood last, and a week is one turn', () => {
  const last = { usual: { person: 'b', day: dayNumber(at(9, 23)) }, dayOff: null };
  const weekly = { turn: 'week', rota: ['a', 'b', 'c'], holidayRota: null } as const;
  // Thursday of the same week, then Monday.
  expect(plan({ days: [at(9, 24), at(9, 24)], seat: weekly, last })[0]?.person).toBe('b');
  expect(plan({ days: [at(9, 28), at(9, 28)], seat: weekly, last })[0]?.person).toBe('c');
  expect(plan({ days: [at(9, 24), at(9, 24)], last })[0]?.person).toBe('c');
  const gone = { usual: { person: 'left', day: dayNumber(at(9, 23)) }, dayOff: null };
  expect(plan({ days: [at(9, 24), at(9, 24)], last: gone })[0]?.person).toBe('a');
});

test('a deputy is on for exactly the time of the delegation, then the holder again', () => {
  const shifts = seats(plan({ days: [at(9, 21), at(9, 21)] }));
  const standIns: StandIn[] = [{ principal: 'a', deputy: 'd', from: at(9, 21, 10), to: at(9, 21, 12) }];
  const who = (hour: number, minute = 0) => watchAt(shifts, standIns, at(9, 21, hour, minute));
  expect(who(9, 59)).toMatchObject({ person: 'a', deputyFor: null, until: at(9, 21, 10) });
  expect(who(10)).toMatchObject({ person: 'd', deputyFor: 'a', until: at(9, 21, 12) });
  expect(who(12)).toMatchObject({ person: 'a', deputyFor: null, until: at(9, 21, 20, 30) });
  expect(nextWatch(shifts, standIns, at(9, 21, 9))).toMatchObject({ person: 'd' });
});

test('a gap is said with its end; after the last shift nobody is next', () => {
  const shifts = seats(plan({ days: [at(9, 21), at(9, 21)], kept: [] }));
  expect(watchAt(shifts, [], at(9, 21, 3))).toEqual({ kind: 'gap', until: at(9, 21, 8, 30) });
  expect(nextWatch(shifts, [], at(9, 21, 3))?.person).toBe('a');
  expect(watchAt(shifts, [], at(9, 22, 8, 30))).toEqual({ kind: 'gap', until: null });
  expect(nextWatch(shifts, [], at(9, 22, 3))).toBeUndefined();
});

const clock = fc.integer({ min: 0, max: 95 }).map((quarter) => {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}`;
});
const times = fc.array(fc.record({ from: clock, to: clock }), { maxLength: 4 });
const rota = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 5 });
const someInput = fc.record({
  pattern: fc.record({ workday: times, holiday: fc.option(times) }),
  seat: fc.record({
    turn: fc.constantFrom('shift', 'day', 'week'),
    rota,
    holidayRota: fc.option(rota),
  }),
  first: fc.integer({ min: 0, max: 30 }),
  length: fc.integer({ min: 0, max: 20 }),
  kept: fc.array(fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 40 })), {
    maxLength: 3,
  }),
});

test('whatever the pattern, the rota and the calendar: at any instant exactly one person is on, or a gap that is told', () => {
  fc.assert(
    fc.property(someInput, ({ pattern, seat, first, length, kept }) => {
      const start = at(9, 10) + first * 24 * HOUR;
      const spans = kept.map(([from, hours]) => ({
        from: start + from * HOUR,
        to: start + (from + hours) * HOUR,
      }));
      const shifts = plan({
        days: [start, start + length * 24 * HOUR],
        pattern,
        seat,
        kept: spans,
      });
      const stretch = { from: start, to: start + (length + 2) * 24 * HOUR };
      const gaps = gapsOf(shifts, stretch);
      for (let moment = stretch.from; moment < stretch.to; moment += 5 * HOUR + 7 * 60_000) {
        const inside = (span: { from: number; to: number }): boolean =>
          span.from <= moment && moment < span.to;
        const on = shifts.filter(inside);
        expect(on.length + gaps.filter(inside).length).toBe(1);
        const watch = watchAt(seats(shifts), [], moment);
        expect(watch.kind).toBe(on.length === 1 ? 'on' : 'gap');
        expect(watch.kind === 'on' ? watch.person : undefined).toBe(on[0]?.person);
        // What was there before is left alone.
        expect(on.length === 1 && spans.some(inside)).toBe(false);
      }
      const everybody = new Set<string>([...seat.rota, ...(seat.holidayRota ?? [])]);
      expect(shifts.every(({ person, from, to }) => everybody.has(person) && from < to)).toBe(true);
    }),
  );
});

test('a rota of n people gives each the same share, to one shift', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 40 }), (n, days) => {
      const people = Array.from({ length: n }, (_, i) => `p${i}`);
      const shifts = plan({
        days: [at(9, 1), at(9, 1) + days * 24 * HOUR],
        seat: { turn: 'shift', rota: people, holidayRota: null },
      });
      const counts = people.map((one) => shifts.filter(({ person }) => person === one).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }),
  );
});

const NO_FACTS = { closedAt: new Map<string, number>(), standIns: [] };
const judged = (
  seat: number,
  person: string,
  span: readonly [number, number],
  planned = true,
): JudgedShift => ({ seat, seatName: `席位${seat}`, person, from: span[0], to: span[1], planned });

test('one person in two seats at once is a conflict that blocks, with the span they share', () => {
  const found = dutyConflicts(
    [judged(1, 'a', [at(9, 21, 8), at(9, 21, 20)]), judged(2, 'a', [at(9, 21, 18), at(9, 22, 6)], false)],
    NO_FACTS,
  );
  expect(found).toMatchObject([
    {
      kind: 'two-seats',
      seatName: '席位1',
      other: '席位2',
      from: at(9, 21, 18),
      to: at(9, 21, 20),
      blocking: true,
    },
  ]);
});

test('24 hours in a row are allowed, a minute more is not; a pause begins anew', () => {
  const day: [number, number] = [at(9, 21, 8), at(9, 21, 20)];
  const night: [number, number] = [at(9, 21, 20), at(9, 22, 8)];
  const kinds = (...spans: [number, number][]) =>
    dutyConflicts(
      spans.map((span) => judged(1, 'a', span)),
      NO_FACTS,
    ).map(({ kind }) => kind);
  expect(kinds(day, night)).toEqual([]);
  expect(kinds(day, night, [at(9, 22, 8), at(9, 22, 8, 1)])).toEqual(['too-long']);
  expect(kinds(day, night, [at(9, 22, 9), at(9, 22, 20)])).toEqual([]);
});

test('closed accounts block, absences name the deputy; shifts that stand already are not judged', () => {
  const facts = {
    closedAt: new Map([['a', at(9, 21, 12)]]),
    standIns: [{ principal: 'b', deputy: 'd', from: at(9, 21, 10), to: at(9, 25) }],
  };
  const span: [number, number] = [at(9, 21, 8), at(9, 21, 20)];
  expect(dutyConflicts([judged(1, 'a', span), judged(2, 'b', span)], facts)).toMatchObject([
    { kind: 'closed-account', person: 'a', blocking: true },
    { kind: 'absent', person: 'b', other: 'd', from: at(9, 21, 10), to: at(9, 21, 20), blocking: false },
  ]);
  expect(dutyConflicts([judged(1, 'a', span, false)], facts)).toEqual([]);
  expect(dutyConflicts([judged(1, 'a', [at(9, 21, 8), at(9, 21, 12)])], facts)).toEqual([]);
});
