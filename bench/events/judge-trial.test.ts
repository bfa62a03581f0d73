import { expect, test } from 'vitest';

import { seededRandom } from '../../test/seeded-random.ts';
import { judgeTrial, together, TOGETHER, type Trial } from './judge-trial.ts';

const MINUTE = 60_000;
const ROWS = 4000;
const RARE = 5;

/** Two instruments for 4,000 minutes; the first jumps to 60 where it is told to. */
function trial(jumps: readonly number[], events: Trial['events']): Trial {
  const random = seededRandom(3);
  const hum = (): number => random() + random() + random();
  return {
    at: Float64Array.from({ length: ROWS }, (_, row) => row * MINUTE),
    instruments: [
      Float64Array.from({ length: ROWS }, (_, row) => (jumps.includes(row) ? 60 : hum())),
      Float64Array.from({ length: ROWS }, hum),
    ],
    events,
    learning: 1500,
  };
}

test('an event is found by an alarm of any instrument, with its delay; nothing else was told', () => {
  const verdict = judgeTrial(trial([2005], [[2000, 2019]]), RARE);
  expect(verdict).toMatchObject({ events: 1, found: 1, delays: [5 * MINUTE], falseAlarms: 0, byChance: 0 });
  // 2,500 minutes after the learning, less 20 of the event and 20 of its aftermath, at two instruments.
  expect(verdict.watchedDays).toBeCloseTo((2 * 2460) / 1440, 9);
});

test('an alarm outside is false, one in the aftermath neither', () => {
  expect(judgeTrial(trial([3000], [[2000, 2019]]), RARE)).toMatchObject({ found: 0, falseAlarms: 1 });
  expect(judgeTrial(trial([2025], [[2000, 2019]]), RARE)).toMatchObject({ found: 0, falseAlarms: 0 });
});

test('what a detector with false alarms would have found by luck is said', () => {
  const { byChance, watchedDays } = judgeTrial(trial([3000], [[2000, 2999 - 500]]), RARE);
  expect(byChance).toBeCloseTo(1 - Math.exp(-(1 / watchedDays) * ((2 * 499) / 1440)), 9);
});

test('an event that began while the detectors learnt is not judged', () => {
  expect(judgeTrial(trial([1450], [[1400, 1600]]), RARE)).toMatchObject({
    events: 0,
    found: 0,
    falseAlarms: 0,
  });
});

test('verdicts add up', () => {
  const one = judgeTrial(trial([2005], [[2000, 2019]]), RARE);
  expect(together([one, one])).toMatchObject({ events: 2, found: 2, delays: [5 * MINUTE, 5 * MINUTE] });
});

test('watched together, an event is seen in what two instruments no longer say alike; each alone is as ever', () => {
  const random = seededRandom(5);
  const day = (row: number): number => Math.sin(row / 40);
  const hum = (): number => 0.02 * (random() + random() + random());
  const [from, to] = [2500, 2600];
  const alike = Float64Array.from({ length: ROWS }, (_, row) => day(row) + hum());
  const other = Float64Array.from(
    { length: ROWS },
    (_, row) => (row >= from && row <= to ? -day(row) : day(row)) + hum(),
  );
  const at = Float64Array.from({ length: ROWS }, (_, row) => row * MINUTE);
  const both: Trial = { at, instruments: [alike, other], events: [[from, to]], learning: 1500 };
  const verdict = judgeTrial(both, 3.5, TOGETHER);
  expect(verdict).toMatchObject({ events: 1, found: 1, falseAlarms: 0 });
  // The object is watched once: 2,500 minutes less the event and its aftermath.
  expect(verdict.watchedDays).toBeCloseTo((2500 - 202) / 1440, 9);
});
