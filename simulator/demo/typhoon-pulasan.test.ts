import { compileSign, evaluate, measureOf, type Outcome, SignStates } from '#signs';
import { standardFile } from '#contract/standard';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

import { MINUTE_MS } from './curve.ts';
import { demoGauges } from './district.ts';
import { dueReadings } from './due-readings.ts';
import { BEGINS, DOCUMENTED, ENDS } from './story.ts';

const NOT_SCENARIOS = new Set(['platforms.json', 'duties.json', 'limits.json', 'dependencies.json']);
const STANDARDS = path.resolve(import.meta.dirname, '../../standards');
const ELSEWHERE: ReadonlySet<string> = new Set(['silence', 'points']);
const LEVEL = ['normal', 'blue', 'yellow', 'orange', 'red'] as const;

interface Raised {
  readonly point: string;
  readonly sign: string;
  readonly level: string;
  readonly at: number;
}

/** Plays the whole story through the published signs, as the platform would. */
function tell(): readonly Raised[] {
  const files = readdirSync(STANDARDS)
    .filter((name) => name.endsWith('.json') && !NOT_SCENARIOS.has(name))
    .map((name) => standardFile.parse(JSON.parse(readFileSync(path.join(STANDARDS, name), 'utf8'))));
  const signs = files.flatMap((file) => file.signs);
  // As the hot path has it: a value stands for three sampling periods, at least for five minutes.
  const fresh = new Map(
    files.flatMap(({ elements }) =>
      elements.map(({ code, periodSeconds }) => [code, Math.max(5 * MINUTE_MS, 3000 * periodSeconds)]),
    ),
  );
  const changes: Raised[] = [];
  for (const gauge of demoGauges()) {
    const due = dueReadings([gauge], BEGINS - 5 * MINUTE_MS, ENDS);
    const readings = gauge.factor
      ? due.packets.map(({ at }) => ({ observedAt: at, value: gauge.value(at) }))
      : due.rows;
    for (const [id, sign] of signs.entries()) {
      if (sign.element !== gauge.element) continue;
      for (const { toLevel, at } of judge(compileSign(id, sign), readings, fresh.get(gauge.element) ?? 0))
        changes.push({ point: gauge.point, sign: sign.code, level: LEVEL[toLevel] ?? '', at });
    }
  }
  return changes.toSorted((a, b) => a.at - b.at);
}

/**
 * What depends on an object's parameters is switched off in the story, whose objects have none; nothing falls silent in it, and
 * no object has two points of an element.
 */
function judge(
  compiled: ReturnType<typeof compileSign>,
  readings: readonly { readonly observedAt: number; readonly value: number }[],
  freshMs: number,
): Outcome['changes'] {
  const outcome: Outcome = { changes: [], touched: new Set() };
  if (compiled.kind === 'switched-off' || ELSEWHERE.has(compiled.sign.measure.kind)) return [];
  const states = new SignStates();
  const binding = states.add();
  const measure = measureOf(compiled.sign.measure);
  for (const { observedAt, value } of readings) {
    const compared = measure?.next(observedAt, value) ?? value;
    if (!Number.isNaN(compared))
      evaluate(compiled.sign, states, binding, observedAt, compared, freshMs, outcome);
  }
  return outcome.changes;
}

const story = tell();
const first = (sign: string, level: string): number | undefined =>
  story.find((raised) => raised.sign === sign && raised.level === level)?.at;
const levelsOf = (prefix: string): Set<string> =>
  new Set(story.filter(({ sign }) => sign.startsWith(prefix)).map(({ level }) => level));

test('typhoon blue comes at 14:00 on the 18th, before anything else, and goes no higher', () => {
  expect(story[0]).toMatchObject({ sign: 'FLOOD.S02A', level: 'blue', at: DOCUMENTED.typhoonBlue });
  expect(levelsOf('FLOOD.S02')).toEqual(new Set(['blue', 'normal']));
});

test('high tide at the Suzhou Creek mouth is blue at 14:30 on the 18th and yellow at 17:00 on the 19th', () => {
  expect(first('FLOOD.S03', 'blue')).toBe(DOCUMENTED.tideBlue);
  expect(first('FLOOD.S03', 'yellow')).toBe(DOCUMENTED.tideYellow);
  expect(levelsOf('FLOOD.S03').has('orange')).toBe(false);
  expect(levelsOf('FLOOD.S04').size).toBe(0);
});

test('rain reaches 100 mm in six hours with the reading that follows 07:49 on the 20th, and never red', () => {
  const orange = first('FLOOD.S01B', 'orange') ?? 0;
  expect(orange - DOCUMENTED.rainOrange).toBe(MINUTE_MS);
  expect(levelsOf('FLOOD.S01').has('red')).toBe(false);
});

test('28 underpasses stand at the closing level at 08:00 on the 20th; six are reopened by noon, all by the end', () => {
  const closedAt = (when: number): number => {
    const level = new Map<string, string>();
    for (const { sign, point, level: now, at } of story)
      if (sign === 'FLOOD.S06' && at <= when) level.set(point, now);
    return [...level.values()].filter((now) => now === 'orange').length;
  };
  expect(closedAt(DOCUMENTED.underpassesClosed)).toBe(DOCUMENTED.closed);
  expect(closedAt(DOCUMENTED.underpassesClosed + 4 * 60 * MINUTE_MS)).toBe(
    DOCUMENTED.closed - DOCUMENTED.reopened,
  );
  expect(closedAt(ENDS)).toBe(0);
  expect(levelsOf('FLOOD.S06').has('red')).toBe(false);
});

test('beside the flood only the small stories of our own come up, and all is normal in the end', () => {
  const beside = story.filter(({ sign, level }) => !sign.startsWith('FLOOD.') && level !== 'normal');
  expect([...new Set(beside.map(({ sign }) => sign))].toSorted()).toEqual([
    'CONSTR.S07',
    'CONSTR.S08',
    'GAS.S03',
    'HAZCHEM.S01',
    'TRAFFIC.S02A',
    'TRAFFIC.S04',
    'WATER.S01',
  ]);
  const last = new Map(story.map(({ point, sign, level }) => [`${point} ${sign}`, level]));
  expect([...last].filter(([, level]) => level !== 'normal')).toEqual([]);
});

test('the story is the same every time it is told', () => {
  expect(tell()).toEqual(story);
});
