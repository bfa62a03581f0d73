import { readFileSync } from 'node:fs';

import { fromBeijing } from '#base';
import { limitsFile } from '#contract/standard';
import { DEADLINE_KINDS } from '#model/response';
import { LIMIT_CLASSES, type LimitClass, type LimitClassCode, SIGN_LEVELS } from '#model/standard';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { dueMoments, limitsFor, restarted, tightened } from './deadlines.ts';
import { workingCalendar } from './working-calendar.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const file = limitsFile.parse(
  JSON.parse(readFileSync(new URL('../../standards/limits.json', import.meta.url), 'utf8')),
);
const calendar = workingCalendar(file.workingPeriods);

function classOf(code: LimitClassCode): LimitClass {
  const found = file.classes.find((one) => one.code === code);
  if (!found) throw new Error(`limits.json has no ${code}`);
  return found;
}
/** A moment of Friday, 20 November 2026 in Beijing. */
function friday(hour: number, minute = 0): number {
  return fromBeijing(2026, 11, 20, hour * HOUR + minute * MINUTE);
}
function due(code: LimitClassCode, level: (typeof SIGN_LEVELS)[number], from: number) {
  const moments = dueMoments({ limitClass: classOf(code), level }, from, calendar);
  return Object.fromEntries(moments.map((one) => [one.kind, one.dueAt - from]));
}

test('a red order of the standard class: accept in 5 min, on site in 30, feedback in 15, clear in 4 h, close in 24 h', () => {
  expect(due('T-std', 'red', friday(3))).toEqual({
    accept: 5 * MINUTE,
    'on-site': 30 * MINUTE,
    feedback: 15 * MINUTE,
    clear: 4 * HOUR,
    close: 24 * HOUR,
  });
});

test('a blue order counts working time only: raised Friday 16:30, accepted by Monday 09:30', () => {
  const from = friday(16, 30);
  expect(from + (due('T-std', 'blue', from)['accept'] ?? 0)).toBe(fromBeijing(2026, 11, 23, 9.5 * HOUR));
});

test('blue must be on site the same working day, but never hurries more than yellow', () => {
  expect(friday(10) + (due('T-std', 'blue', friday(10))['on-site'] ?? 0)).toBe(friday(17, 30));
  expect(friday(17, 20) + (due('T-std', 'blue', friday(17, 20))['on-site'] ?? 0)).toBe(friday(19, 20));
});

test('a signal of wind or rain is disposed of as long as it lasts: there is no moment to clear by', () => {
  expect(Object.keys(due('T-met', 'red', friday(3)))).toEqual(['accept', 'on-site', 'feedback', 'close']);
});

test('what the handbook entry says goes before its class', () => {
  const order = { limitClass: classOf('T-std'), level: 'blue', overrides: { acceptSeconds: 60 } } as const;
  expect(limitsFor(order.limitClass, 'blue', order.overrides)).toMatchObject({
    acceptSeconds: 60,
    workingHours: true,
  });
  expect(dueMoments(order, friday(10), calendar)[0]).toEqual({
    kind: 'accept',
    startedAt: friday(10),
    dueAt: friday(10, 1),
  });
});

test('when a yellow order becomes red, open limits are due at the earlier moment and kept ones stay kept', () => {
  const opened = friday(10);
  const upgraded = friday(11);
  const current = dueMoments({ limitClass: classOf('T-std'), level: 'yellow' }, opened, calendar).map((one) =>
    Object.assign(one, { met: one.kind === 'accept' }),
  );
  const fresh = dueMoments({ limitClass: classOf('T-std'), level: 'red' }, upgraded, calendar);
  expect(tightened(current, fresh)).toEqual([
    { kind: 'on-site', startedAt: upgraded, dueAt: friday(11, 30) },
    { kind: 'feedback', startedAt: upgraded, dueAt: friday(11, 15) },
    { kind: 'clear', startedAt: upgraded, dueAt: friday(15) },
    { kind: 'close', startedAt: upgraded, dueAt: upgraded + 24 * HOUR },
  ]);
});

test('reopening starts the limits of accepting, clearing and closing anew', () => {
  const again = restarted(
    limitsFor(classOf('T-std'), 'orange'),
    ['accept', 'clear', 'close'],
    friday(8),
    calendar,
  );
  expect(again.map((one) => [one.kind, one.dueAt - friday(8)])).toEqual([
    ['accept', 10 * MINUTE],
    ['clear', 12 * HOUR],
    ['close', 48 * HOUR],
  ]);
});

const anyMoment = fc.integer({ min: friday(0), max: friday(0) + 60 * 24 * HOUR });
const anyClass = fc.constantFrom(...LIMIT_CLASSES);

test('property: no limit of a milder level is due before that of a severer one', () => {
  fc.assert(
    fc.property(anyClass, anyMoment, (code, from) => {
      for (const kind of DEADLINE_KINDS) {
        const moments = SIGN_LEVELS.flatMap((level) => due(code, level, from)[kind] ?? []);
        expect(moments).toEqual(moments.toSorted((a, b) => a - b));
      }
    }),
  );
});

test('property: an upgrade never gives more time', () => {
  fc.assert(
    fc.property(anyClass, anyMoment, fc.integer({ min: 0, max: 100 * HOUR }), (code, from, later) => {
      const current = dueMoments({ limitClass: classOf(code), level: 'blue' }, from, calendar).map((one) =>
        Object.assign(one, { met: false }),
      );
      const fresh = dueMoments({ limitClass: classOf(code), level: 'orange' }, from + later, calendar);
      for (const limit of tightened(current, fresh)) {
        const old = current.find((one) => one.kind === limit.kind);
        expect(limit.dueAt).toBeLessThan(old?.dueAt ?? Number.POSITIVE_INFINITY);
      }
    }),
  );
});
