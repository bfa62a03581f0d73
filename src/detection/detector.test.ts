import { describe, expect, test } from 'vitest';

import { seededRandom } from '../../test/seeded-random.ts';
import { detect, DETECTOR_BYTES, loudestPart, newDetectorMemory } from './index.ts';

const MINUTE = 60_000;
const STEP = 5 * MINUTE;
const DAY = 24 * 60 * MINUTE;
const DAY_ROWS = DAY / STEP;
const START = Date.parse('2026-06-01T00:00:00+08:00');
/** Once in ten thousand readings. */
const RARE = 4;
const LEARNT = 5 * DAY_ROWS;

type Series = (row: number) => number;

interface Finding {
  readonly row: number;
  readonly rarity: number;
  readonly part: string | undefined;
}

/** What is told of a series from row `from` on. */
function findings(series: Series, rows: number, from = LEARNT): Finding[] {
  const memory = newDetectorMemory();
  const found: Finding[] = [];
  for (let row = 0; row < rows; row += 1) {
    const rarity = detect(memory, START + row * STEP, series(row));
    if (rarity >= RARE && row >= from) found.push({ row, rarity, part: loudestPart(memory) });
  }
  return found;
}

/** Noise about nought, nearly normal, the same in every run. */
function noise(seed: number): Series {
  const random = seededRandom(seed);
  const drawn: number[] = [];
  return (row) => {
    while (drawn.length <= row) drawn.push(random() + random() + random() + random() - 2);
    return drawn[row] ?? 0;
  };
}

describe('what happens at a point', () => {
  test('a pump that is worn draws more current for good: told at once, pressed while it lasts, normal after days', () => {
    const hum = noise(1);
    const found = findings((row) => 40 + hum(row) + (row >= 2000 ? 6 : 0), 9000);
    expect(found[0]?.row).toBe(2000);
    expect(found.length).toBeLessThanOrEqual(6);
    for (const { row } of found) expect(row).toBeLessThan(2000 + 4 * DAY_ROWS);
  });

  test('a settlement too small to see in one reading is seen in a hundred', () => {
    const hum = noise(2);
    const found = findings((row) => 12 + hum(row) + (row >= 2500 ? 1 : 0), 4000);
    expect(found.length).toBeGreaterThan(0);
    for (const { row } of found) expect(row).toBeGreaterThanOrEqual(2500);
    expect(['shift', 'mixture', 'long-mixture', 'rhythm']).toContain(found[0]?.part);
  });

  test('a single spike is told at its very reading', () => {
    const hum = noise(3);
    const found = findings((row) => 7 + 0.1 * hum(row) + (row === 2222 ? 3 : 0), 3000);
    expect(found.map(({ row }) => row)).toEqual([2222]);
  });

  test('a sensor that is stuck is told, though its value is an everyday one', () => {
    const hum = noise(4);
    const found = findings((row) => 20 + hum(Math.min(row, 2400)), 3000);
    expect(found[0]?.row).toBeGreaterThan(2400);
    expect(found[0]?.row).toBeLessThan(2400 + 24);
    expect(['standstill', 'swing']).toContain(found[0]?.part);
  });

  test('a sensor that begins to flutter is told, though its mean stays', () => {
    const hum = noise(5);
    const found = findings((row) => 20 + hum(row) * (row >= 2600 ? 2.5 : 1), 3200);
    expect(found[0]?.row).toBeGreaterThanOrEqual(2600);
    expect(found[0]?.row).toBeLessThan(2600 + 150);
  });

  test('noise, a constant and silence are no anomaly', () => {
    const hum = noise(6);
    expect(findings((row) => 10 + hum(row), 6000)).toEqual([]);
    expect(findings(() => 45, 6000)).toEqual([]);
    expect(findings(() => Number.NaN, 6000)).toEqual([]);
  });
});

describe('the rhythm of a day', () => {
  const hum = noise(7);
  /** A pump station: much from nine to six, little at night. */
  const working = (row: number): boolean => row % DAY_ROWS >= 108 && row % DAY_ROWS < 216;
  const station = (row: number): number => (working(row) ? 80 : 20) + hum(row);

  test('a daily rise and fall is learnt and not told', () => {
    expect(findings(station, 14 * DAY_ROWS, 7 * DAY_ROWS)).toEqual([]);
  });

  test('a morning on which nothing starts is told, though the night goes on as every night', () => {
    const idle = 10 * DAY_ROWS;
    const found = findings(
      (row) => (row >= idle && row < idle + DAY_ROWS ? 20 + hum(row) : station(row)),
      11 * DAY_ROWS,
      7 * DAY_ROWS,
    );
    expect(found[0]?.part).toBe('rhythm');
    expect(found[0]?.row).toBeGreaterThanOrEqual(idle + 108 - 6);
    expect(found[0]?.row).toBeLessThan(idle + 108 + 12);
  });

  test('readings every minute learn the same rhythm: a profile is of days, not of readings', () => {
    const memory = newDetectorMemory();
    const told: number[] = [];
    for (let row = 0; row < 9 * 1440; row += 1) {
      const rarity = detect(memory, START + row * MINUTE, station(Math.floor(row / 5)) + 0.1 * hum(row));
      if (rarity >= RARE && row > 6 * 1440) told.push(row);
    }
    expect(told).toEqual([]);
  });
});

describe('a detector', () => {
  const hum = noise(8);
  const series: Series = (row) => 5 + hum(row) + (row % 700 === 699 ? 9 : 0);

  const scores = (form: Series, rows = 3000): number[] => {
    const memory = newDetectorMemory();
    return Array.from({ length: rows }, (_, row) => detect(memory, START + row * STEP, form(row)));
  };

  test('that is stored and goes on after a restart gives the same scores', () => {
    const whole = scores(series);
    let memory = newDetectorMemory();
    const inParts = whole.map((_, row) => {
      if (row % 500 === 0) memory = new Float32Array(new Uint8Array(memory.slice().buffer).buffer);
      return detect(memory, START + row * STEP, series(row));
    });
    expect(inParts).toEqual(whole);
  });

  test('remembers a few hundred bytes of a point, however long it is watched', () => {
    const memory = newDetectorMemory();
    for (let row = 0; row < 20_000; row += 1) detect(memory, START + row * STEP, series(row));
    expect(memory.byteLength).toBe(DETECTOR_BYTES);
    expect(DETECTOR_BYTES).toBeLessThanOrEqual(600);
  });

  test('does not depend on the unit, nor on where nought is', () => {
    const plain = scores(series);
    const other = scores((row) => series(row) * 1000 - 273_150);
    const told = (rarities: readonly number[]): number[] =>
      rarities.flatMap((r, row) => (r >= RARE ? [row] : []));
    expect(told(other)).toEqual(told(plain));
  });

  test('sees a litre in a meter that has counted millions', () => {
    const found = findings((row) => 123_456_789 + row * 0.01 + (row === 2100 ? 50 : 0), 2500);
    expect(found.map(({ row }) => row)).toContain(2100);
  });

  test('tells an anomaly once, and a worse one again', () => {
    const found = findings(
      (row) => hum(row) + (row >= 2000 && row < 2030 ? 20 : 0) + (row === 2060 ? 300 : 0),
      2200,
    );
    expect(found.filter(({ row }) => row > 2003 && row < 2060)).toEqual([]);
    expect(found.at(-1)?.row).toBe(2060);
  });

  test('knows nothing of the future: a beginning is scored the same, whatever follows', () => {
    expect(scores(series, 3000).slice(0, 1500)).toEqual(
      scores((row) => (row < 1500 ? series(row) : -1e6), 3000).slice(0, 1500),
    );
  });
});
