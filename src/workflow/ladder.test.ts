import { readFileSync } from 'node:fs';

import { fromBeijing } from '#base';
import { limitsFile } from '#contract/standard';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  ladderOf,
  type LimitSpan,
  nextMoment,
  type NextStep,
  nextStep,
  pressAfter,
  type Rung,
  stepAt,
} from './ladder.ts';
import { workingCalendar } from './working-calendar.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const file = limitsFile.parse(
  JSON.parse(readFileSync(new URL('../../standards/limits.json', import.meta.url), 'utf8')),
);
const start = fromBeijing(2026, 11, 20, 3 * HOUR);

function span(level: LimitSpan['level'], minutes: number, kind: LimitSpan['kind'] = 'on-site'): LimitSpan {
  return { kind, level, startedAt: start, dueAt: start + minutes * MINUTE };
}
function nextOf(ladder: readonly Rung[], step: number, at: number, pressAt: number | null = null): NextStep {
  return nextStep(ladder, { step, pressAt }, at, file.escalation.unacknowledged);
}
function minutes(limit: LimitSpan): readonly number[] {
  return ladderOf(file.escalation, limit).map((rung) => (rung.at - start) / MINUTE);
}

test('the ladder of a 30-minute limit calls after 15, 24, 30, 45 and 60 minutes', () => {
  expect(minutes(span('orange', 30))).toEqual([15, 24, 30, 45, 60]);
});

test('before the first rung there is nothing to do but wait for it', () => {
  const ladder = ladderOf(file.escalation, span('orange', 30));
  expect(nextOf(ladder, 0, start + 14 * MINUTE)).toEqual({ kind: 'wait', nextAt: start + 15 * MINUTE });
});

test('at half the limit the handler is pushed, at the limit the order is overdue and the administrator told', () => {
  const ladder = ladderOf(file.escalation, span('orange', 30));
  const half = nextOf(ladder, 0, start + 15 * MINUTE);
  expect(nextMoment(ladder, { step: 1, pressAt: null })).toBe(start + 24 * MINUTE);
  expect(half).toMatchObject({ kind: 'remind', overdue: false, step: 1 });
  const due = nextOf(ladder, 2, start + 30 * MINUTE);
  expect(due).toMatchObject({
    kind: 'remind',
    overdue: true,
    skipped: 0,
    rungs: [{ channels: ['push', 'sms'], recipients: [{ kind: 'role', role: 'business-admin' }] }],
  });
});

test('a red order nobody accepted in 5 minutes is called by voice, together with the rung of the same moment', () => {
  const ladder = ladderOf(file.escalation, span('red', 5, 'accept'));
  expect(nextOf(ladder, 2, start + 5 * MINUTE)).toMatchObject({
    overdue: true,
    step: 4,
    rungs: [{ why: { percent: 100 } }, { why: { kind: 'unaccepted-red' }, channels: ['voice'] }],
  });
  expect(minutes(span('orange', 10, 'accept'))).toEqual([5, 8, 10, 15, 20]);
});

test('after a long outage the missed rungs are one call to the highest and one overdue mark, not a storm', () => {
  const ladder = ladderOf(file.escalation, span('orange', 30));
  expect(nextOf(ladder, 0, start + 24 * HOUR)).toMatchObject({
    kind: 'remind',
    overdue: true,
    skipped: 4,
    step: 5,
    rungs: [{ why: { percent: 200 } }],
  });
  expect(nextOf(ladder, 5, start + 48 * HOUR)).toEqual({ kind: 'top' });
});

test('an outage over a red order that nobody accepted does not swallow the voice call', () => {
  const ladder = ladderOf(file.escalation, span('red', 5, 'accept'));
  const step = nextOf(ladder, 0, start + 24 * HOUR);
  expect(step.kind === 'remind' && step.rungs.map((rung) => rung.channels)).toEqual([
    ['voice'],
    ['push', 'sms'],
  ]);
});

test('an escalation that nobody acknowledged goes one rung further after 10 minutes, red and orange only, until somebody does', () => {
  const rules = file.escalation;
  const limit = span('orange', 12 * 60, 'clear');
  const ladder = ladderOf(rules, limit);
  const due = nextOf(ladder, 2, limit.dueAt);
  if (due.kind !== 'remind') throw new Error('it was due');
  const pressAt = pressAfter(rules, { ladder, level: 'orange' }, due, limit.dueAt);
  expect(pressAt).toBe(limit.dueAt + 10 * MINUTE);
  expect(pressAfter(rules, { ladder, level: 'yellow' }, due, limit.dueAt)).toBeNull();
  expect(nextMoment(ladder, { step: 3, pressAt })).toBe(limit.dueAt + 10 * MINUTE);
  expect(nextOf(ladder, 3, limit.dueAt + 9 * MINUTE, pressAt)).toEqual({ kind: 'wait', nextAt: pressAt });
  expect(nextOf(ladder, 3, limit.dueAt + 10 * MINUTE, pressAt)).toMatchObject({
    kind: 'remind',
    step: 4,
    rungs: [{ why: { kind: 'unacknowledged', seconds: 600 }, recipients: [{ role: 'department-owner' }] }],
  });
  // Acknowledged: the ladder's own moment is the next.
  expect(nextMoment(ladder, { step: 3, pressAt: null })).toBe(start + 18 * HOUR);
  // Nobody stands above the last rung.
  const last = nextOf(ladder, 4, start + 24 * HOUR);
  expect(last.kind === 'remind' && pressAfter(rules, { ladder, level: 'orange' }, last, 0)).toBeNull();
});

test('what only the handler is told of asks nobody to acknowledge it', () => {
  const ladder = ladderOf(file.escalation, span('red', 240, 'clear'));
  const half = nextOf(ladder, 0, start + 120 * MINUTE);
  expect(half.kind === 'remind' && pressAfter(file.escalation, { ladder, level: 'red' }, half, 0)).toBeNull();
});

test('a limit to accept that became red counts its voice call from then on', () => {
  const limit = { ...span('red', 30, 'accept'), redAt: start + 27 * MINUTE };
  expect(minutes(limit)).toEqual([15, 24, 30, 32, 45, 60]);
});

test('what a reviewer has to judge reminds the reviewer', () => {
  const [half] = ladderOf(file.escalation, span('red', 10, 'verify'));
  expect(half?.recipients).toEqual([{ kind: 'role', role: 'business-admin' }]);
});

test('nobody is called at night about a blue order: half of its working time lies in working time', () => {
  const calendar = workingCalendar(file.workingPeriods);
  const startedAt = fromBeijing(2026, 11, 20, 16.5 * HOUR);
  const limit = {
    kind: 'accept',
    level: 'blue',
    startedAt,
    dueAt: fromBeijing(2026, 11, 23, 9.5 * HOUR),
    calendar,
  } as const;
  expect(ladderOf(file.escalation, limit).map((rung) => rung.at)).toEqual([
    fromBeijing(2026, 11, 20, 17.5 * HOUR),
    fromBeijing(2026, 11, 23, 9.1 * HOUR),
    fromBeijing(2026, 11, 23, 9.5 * HOUR),
    fromBeijing(2026, 11, 23, 10.5 * HOUR),
    fromBeijing(2026, 11, 23, 11.5 * HOUR),
  ]);
});

test('property: however often the worker looks, each rung is climbed or passed over once, and overdue is marked once', () => {
  const looks = fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(looks, fc.constantFrom('red' as const, 'yellow' as const), (times, level) => {
      const ladder = ladderOf(file.escalation, span(level, 30, 'accept'));
      let step = 0;
      let climbed = 0;
      let marks = 0;
      let marked = false;
      for (const minute of times.toSorted((a, b) => a - b)) {
        const next = nextOf(ladder, step, start + minute * MINUTE);
        if (next.kind !== 'remind') continue;
        climbed += next.rungs.length + next.skipped;
        if (next.overdue && !marked) marks += 1;
        marked ||= next.overdue;
        step = next.step;
      }
      expect(climbed).toBe(stepAt(ladder, start + Math.max(...times) * MINUTE));
      expect(marks).toBe(Math.max(...times) >= 30 ? 1 : 0);
    }),
  );
});
