import type { DrillExpectation, DrillScript } from '#model/response';
import { expect, test } from 'vitest';

import { type DrillFacts, reportKey, scoreDrill } from './index.ts';

const MINUTE = 60_000;
const TAKEN: DrillExpectation = {
  kind: 'incident-taken',
  text: '签字接手',
  points: 40,
  object: 'pipe',
  minutes: 10,
};
const REPORTED: DrillExpectation = {
  kind: 'reported',
  text: '书面报送',
  points: 60,
  object: 'pipe',
  channel: 'written',
};
const script = { expectations: [TAKEN, REPORTED] } as unknown as DrillScript;
const NOTHING: DrillFacts = {
  over: false,
  orders: new Map(),
  warnings: new Map(),
  incidents: new Map(),
  reports: new Map(),
  injects: new Map(),
};

const scored = (facts: Partial<DrillFacts>) =>
  scoreDrill(script, { ...NOTHING, ...facts }).map(({ outcome, given, order }) => [outcome, given, order]);

test('an incident that is signed for and a report that is made in time are worth all, late half, never nothing', () => {
  const orders = new Map([['pipe', { id: 7, limits: new Map() }]]);
  const facts = (taken: number | null, told: number | null): Partial<DrillFacts> => ({
    orders,
    incidents: new Map([['pipe', { openedAt: 0, takenAt: taken }]]),
    reports: new Map([[reportKey('pipe', 'written'), { dueAt: 60 * MINUTE, metAt: told }]]),
  });
  expect(scored(facts(10 * MINUTE, 60 * MINUTE))).toEqual([
    ['kept', 40, 7],
    ['kept', 60, 7],
  ]);
  expect(scored(facts(11 * MINUTE, 61 * MINUTE))).toEqual([
    ['late', 20, 7],
    ['late', 30, 7],
  ]);
  expect(scored(facts(null, null))).toEqual([
    [undefined, 0, 7],
    [undefined, 0, 7],
  ]);
  expect(scored({ ...facts(null, null), over: true })).toEqual([
    ['missed', 0, 7],
    ['missed', 0, 7],
  ]);
});

test('without an incident or a duty to report the line says what there was none of', () => {
  const lines = scoreDrill(script, { ...NOTHING, over: true });
  expect(lines.map(({ found }) => found)).toEqual(['没有建立事件', '没有报送义务']);
});
