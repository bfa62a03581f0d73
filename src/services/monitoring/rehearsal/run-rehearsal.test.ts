// The past is the past: however it is cut into pieces, and however often it is gone through, it says the same.
import { readFileSync } from 'node:fs';

import type { Sign, SignMeasure, StandardFile } from '#model/standard';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { type NumberedPoint, type Rehearsed, runRehearsal } from './run-rehearsal.ts';
import type { PointReadings } from './walk-readings.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const FROM = Date.UTC(2024, 6, 1);
const flood = JSON.parse(readFileSync('standards/flood.json', 'utf8')) as StandardFile;
const template = flood.signs.find(({ code }) => code === 'FLOOD.S06');

/** One sign of every kind, of the same element. */
const MEASURES: readonly (readonly [SignMeasure, blue: number, red: number])[] = [
  [{ kind: 'value' }, 5, 20],
  [{ kind: 'rolling', statistic: 'sum', windowSeconds: 3600 }, 60, 240],
  [{ kind: 'rolling', statistic: 'max', windowSeconds: 1800 }, 8, 20],
  [{ kind: 'rate', windowSeconds: 1800 }, 3, 10],
  [{ kind: 'duration', past: 5, direction: 'high' }, 600, 3600],
  [{ kind: 'deviation', weeks: 1, as: 'absolute' }, 5, 15],
  [{ kind: 'anomaly', windowSeconds: 7200 }, 3, 6],
  [{ kind: 'points', past: 6, direction: 'high' }, 1, 2],
  [{ kind: 'silence' }, 900, 7200],
];

function signOf([measure, blue, red]: (typeof MEASURES)[number], n: number): Sign {
  if (!template) throw new Error('the flood standard has no sign of an underpass');
  return {
    ...template,
    code: `FLOOD.T${n}`,
    item: `FLOOD.T${n}`,
    measure,
    direction: 'high',
    deadband: blue / 10,
    offDelaySeconds: 600,
    levels: { blue: { limit: blue, onDelaySeconds: 300 }, red: { limit: red, onDelaySeconds: 0 } },
  };
}

const everyKind: StandardFile = { ...flood, signs: MEASURES.map(signOf) };
const element = template?.element ?? '';
const points: readonly NumberedPoint[] = [0, 1].map((n) => ({
  id: 100 + n,
  code: `P${n}`,
  objectId: 7,
  element,
  place: 0,
  periodMs: 5 * MINUTE,
  parameters: {},
  ownLimits: {},
  range: null,
}));

interface Spoken {
  readonly at: number;
  readonly value: number;
}

const columns = (rows: readonly Spoken[]): PointReadings => ({
  length: rows.length,
  observedAt: Float64Array.from(rows, ({ at }) => at),
  value: Float64Array.from(rows, ({ value }) => value),
  quality: new Uint16Array(rows.length),
});

/** Goes through what the points said, cut at these moments. */
async function rehearsedIn(
  said: readonly (readonly Spoken[])[],
  cuts: readonly number[],
  document: StandardFile,
): Promise<Rehearsed> {
  const to = FROM + 3 * DAY;
  return runRehearsal(
    { draft: document, current: flood, points, days: new Map(), cases: [], from: FROM, to },
    async function* read() {
      const ends = [...new Set([...cuts, to])].toSorted((a, b) => a - b);
      let begin = FROM;
      for (const end of ends) {
        const readings = new Map(
          said.map((rows, n) => [100 + n, columns(rows.filter(({ at }) => at >= begin && at < end))]),
        );
        yield await Promise.resolve({ to: end, readings });
        begin = end;
      }
    },
    { now: () => 0, progress: () => undefined, signal: new AbortController().signal },
  );
}

const shown = ({ draft: { tally } }: Rehearsed) => ({
  byLevel: tally.byLevel,
  alarms: [...tally.alarms].toSorted(([a], [b]) => a.localeCompare(b)),
  items: [...tally.items].toSorted(([a], [b]) => a.localeCompare(b)),
  hours: tally.hours,
  open: tally.open,
});

/** A day or two of a point: quiet, rising, falling, silent for hours. */
const stream = fc
  .array(
    fc.record({
      gap: fc.constantFrom(1, 5, 5, 5, 7, 60, 600),
      value: fc.oneof(fc.double({ min: 0, max: 30, noNaN: true }), fc.constantFrom(0, 5, 20)),
    }),
    { minLength: 5, maxLength: 150 },
  )
  .map((steps) => {
    let at = FROM;
    return steps.flatMap(({ gap, value }) => {
      at += gap * MINUTE;
      return at < FROM + 3 * DAY ? [{ at, value }] : [];
    });
  });

test('cutting the past anywhere changes nothing, whatever kind of sign looks at it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(stream, stream),
      fc.array(fc.integer({ min: FROM + 1, max: FROM + 3 * DAY - 1 }), { maxLength: 6 }),
      async (said, cuts) => {
        const whole = await rehearsedIn(said, [], everyKind);
        expect(shown(await rehearsedIn(said, cuts, everyKind))).toEqual(shown(whole));
      },
    ),
    { numRuns: 60 },
  );
});

test('every kind of sign is heard in it', async () => {
  const loud = (shift: number): readonly Spoken[] =>
    Array.from({ length: 500 }, (_, i) => ({
      at: FROM + (i + shift) * 5 * MINUTE,
      value: 12 * (1 + Math.sin(i / 15)) + (i === 200 ? 40 : 0),
    })).filter(({ at }) => (at < FROM + DAY || at > FROM + DAY + 3 * 3_600_000) && at < FROM + 3 * DAY);
  const { draft } = await rehearsedIn([loud(0), loud(0.5)], [], everyKind);
  expect([...draft.tally.alarms.keys()].toSorted()).toEqual(
    MEASURES.map((_, n) => `FLOOD.T${n}`)
      .filter((code) => code !== 'FLOOD.T5')
      .toSorted(),
  );
});

test('a value that stays inside the dead-band of a level raises and leaves it once at the most', async () => {
  const near = fc.array(fc.double({ min: 4.51, max: 5.49, noNaN: true }), { minLength: 10, maxLength: 200 });
  const value: StandardFile = { ...flood, signs: [signOf([{ kind: 'value' }, 5, 20], 0)] };
  await fc.assert(
    fc.asyncProperty(near, async (values) => {
      const said = values.map((one, i) => ({ at: FROM + (i + 1) * 5 * MINUTE, value: one }));
      const { draft } = await rehearsedIn([said, []], [], value);
      expect(draft.tally.alarms.get('FLOOD.T0')?.[0] ?? 0).toBeLessThanOrEqual(1);
      expect(draft.tally.byLevel.slice(1)).toEqual([0, 0, 0]);
    }),
    { numRuns: 50 },
  );
});

test('signs that both standards write alike are judged once and count on both sides', async () => {
  const said = Array.from({ length: 100 }, (_, i) => ({
    at: FROM + i * 5 * MINUTE,
    value: i % 20 > 10 ? 60 : 0,
  }));
  const { draft, current } = await rehearsedIn([said, said], [], flood);
  expect(draft.tally.byLevel).toEqual(current.tally.byLevel);
  expect(draft.tally.byLevel.reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
});
