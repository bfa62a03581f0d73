import { readFileSync } from 'node:fs';

import { fromBeijing } from '#base';
import { limitsFile } from '#contract/standard';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { ladderOf, type LimitSpan, nextStep, stepAt } from './ladder.ts';
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
function minutes(limit: LimitSpan): readonly number[] {
  return ladderOf(file.escalation, limit).map((rung) => (rung.at - start) / MINUTE);
}

test('the ladder of a 30-minute limit calls after 15, 24, 30, 45 and 60 minutes', () => {
  expect(minutes(span('orange', 30))).toEqual([15, 24, 30, 45, 60]);
});

test('before the first rung there is nothing to do but wait for it', () => {
  const ladder = ladderOf(file.escalation, span('orange', 30));
  expect(nextStep(ladder, 0, start + 14 * MINUTE)).toEqual({ kind: 'wait', nextAt: start + 15 * MINUTE });
});

test('at half the limit the handler is pushed, at the limit the order is overdue and the administrator told', () => {
  const ladder = ladderOf(file.escalation, span('orange', 30));
  const half = nextStep(ladder, 0, start + 15 * MINUTE);
  expect(half).toMatchObject({ kind: 'remind', overdue: false, step: 1, nextAt: start + 24 * MINUTE });
  const due = nextStep(ladder, 2, start + 30 * MINUTE);
  expect(due).toMatchObject({
    kind: 'remind',
    overdue: true,
    skipped: 0,
    rungs: [{ channels: ['push', 'sms'], recipients: [{ kind: 'role', role: 'business-admin' }] }],
  });
});

test('a red order nobody accepted in 5 minutes is called by voice, together with the rung of the same moment', () => {
  const ladder = ladderOf(file.escalation, span('red', 5, 'accept'));
  expect(nextStep(ladder, 2, start + 5 * MINUTE)).toMatchObject({
    overdue: true,
    step: 4,
    rungs: [{ why: { percent: 100 } }, { why: { kind: 'unaccepted-red' }, channels: ['voice'] }],
  });
  expect(minutes(span('orange', 10, 'accept'))).toEqual([5, 8, 10, 15, 20]);
});

test('after a long outage the missed rungs are one call to the highest and one overdue mark, not a storm', () => {
  const ladder = ladderOf(file.escalation, span('orange', 30));
  expect(nextStep(ladder, 0, start + 24 * HOUR)).toMatchObject({
    kind: 'remind',
    overdue: true,
    skipped: 4,
    step: 5,
    nextAt: null,
    rungs: [{ why: { percent: 200 } }],
  });
  expect(nextStep(ladder, 5, start + 48 * HOUR)).toEqual({ kind: 'top' });
});

test('an outage over a red order that nobody accepted does not swallow the voice call', () => {
  const ladder = ladderOf(file.escalation, span('red', 5, 'accept'));
  const step = nextStep(ladder, 0, start + 24 * HOUR);
  expect(step.kind === 'remind' && step.rungs.map((rung) => rung.channels)).toEqual([
    ['voice'],
    ['push', 'sms'],
  ]);
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
        const next = nextStep(ladder, step, start + minute * MINUTE);
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
