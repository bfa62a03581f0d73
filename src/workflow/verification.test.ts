import { expect, test } from 'vitest';

import { levelFault, ownerAt, rungAt, verificationStep, type WaitingAlarm } from './verification.ts';

const T = Date.UTC(2026, 10, 20, 19);
const MINUTE = 60_000;
const RULES = { worstCaseFrom: 'orange' } as const;

/** An alarm that came at T with ten minutes to look at it. */
const waiting = (level: number, step = 0): WaitingAlarm => ({
  askedAt: T,
  dueAt: T + 10 * MINUTE,
  level,
  step,
});

test('a waiting alarm is reminded of at half its limit, and goes to the next when the limit has passed', () => {
  expect(verificationStep(waiting(2), RULES, T + 4 * MINUTE)).toEqual({
    kind: 'wait',
    nextAt: T + 5 * MINUTE,
  });
  expect(verificationStep(waiting(2), RULES, T + 5 * MINUTE)).toEqual({
    kind: 'remind',
    percent: 50,
    owner: 'business-admin',
    handedOn: false,
    step: 1,
    nextAt: T + 10 * MINUTE,
  });
  expect(verificationStep(waiting(2, 1), RULES, T + 10 * MINUTE)).toMatchObject({
    percent: 100,
    owner: 'department-owner',
    handedOn: true,
    step: 2,
  });
});

test.each([
  [4, 'raise'],
  [3, 'raise'],
  [2, 'remind'],
  [1, 'remind'],
])('at twice its limit one of level %i: %s', (level, kind) => {
  expect(verificationStep(waiting(level, 2), RULES, T + 20 * MINUTE).kind).toBe(kind);
});

test('by worst case it becomes a warning with the sentence, unless that is switched off', () => {
  expect(verificationStep(waiting(4, 2), RULES, T + 20 * MINUTE)).toEqual({
    kind: 'raise',
    reason: '到时无人核实，按最坏情况发出',
  });
  expect(verificationStep(waiting(4, 2), { worstCaseFrom: null }, T + 20 * MINUTE)).toMatchObject({
    kind: 'remind',
    owner: 'department-owner',
  });
});

test('after an outage the worst rung missed says it all: one reminder, or the warning at once', () => {
  expect(verificationStep(waiting(1), RULES, T + 12 * MINUTE)).toMatchObject({
    percent: 100,
    handedOn: true,
    step: 2,
    nextAt: T + 20 * MINUTE,
  });
  expect(verificationStep(waiting(3), RULES, T + 90 * MINUTE).kind).toBe('raise');
});

test('a mild one that nobody looks at is reminded of again each further limit, never in between', () => {
  expect(verificationStep(waiting(1, 3), RULES, T + 29 * MINUTE)).toEqual({
    kind: 'wait',
    nextAt: T + 30 * MINUTE,
  });
  expect(verificationStep(waiting(1, 3), RULES, T + 30 * MINUTE)).toMatchObject({ percent: 300, step: 4 });
});

test('an extended limit moves the rungs that are ahead', () => {
  const extended = { ...waiting(3, 1), dueAt: T + 40 * MINUTE };
  expect(verificationStep(extended, RULES, T + 20 * MINUTE)).toEqual({
    kind: 'wait',
    nextAt: T + 40 * MINUTE,
  });
  expect(rungAt(extended, 2)).toBe(T + 80 * MINUTE);
});

test('at every step there is one owner', () => {
  expect([0, 1, 2, 3, 4].map(ownerAt)).toEqual([
    'business-admin',
    'business-admin',
    'department-owner',
    'department-owner',
    'department-owner',
  ]);
});

test('a person may lower the level; higher than the signs say only with a reason', () => {
  expect(levelFault(3, 'yellow', undefined)).toBeUndefined();
  expect(levelFault(3, 'orange', undefined)).toBeUndefined();
  expect(levelFault(2, 'red', ' ')).toContain('体征只到黄色');
  expect(levelFault(2, 'red', '现场已断路')).toBeUndefined();
});
