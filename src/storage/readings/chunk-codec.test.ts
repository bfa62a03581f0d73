import fc from 'fast-check';
import { expect, test } from 'vitest';

import { decodeChunk, decodeMoments, encodeChunk } from './chunk-codec.ts';
import { emptyColumns, lastOfEachMoment, mergeColumns, type ReadingColumns } from './reading-columns.ts';

interface Row {
  readonly at: number;
  readonly received: number;
  readonly value: number;
  readonly quality: number;
  readonly source: number;
}

function columnsOf(rows: readonly Row[]): ReadingColumns {
  const columns = emptyColumns(rows.length);
  for (const [i, row] of rows.entries()) {
    columns.observedAt[i] = row.at;
    columns.receivedAt[i] = row.received;
    columns.value[i] = row.value;
    columns.quality[i] = row.quality;
    columns.source[i] = row.source;
  }
  return columns;
}

const rowsOf = (columns: ReadingColumns): readonly Row[] =>
  Array.from(columns.observedAt, (at, i) => ({
    at,
    received: columns.receivedAt[i] ?? 0,
    value: columns.value[i] ?? 0,
    quality: columns.quality[i] ?? 0,
    source: columns.source[i] ?? 0,
  }));

function through(columns: ReadingColumns): ReadingColumns {
  const back = emptyColumns(columns.length);
  decodeChunk(encodeChunk(columns), columns.length, back, 0);
  return back;
}

/** What is kept of the moment of arrival: whole seconds of delay. */
const kept = (rows: readonly Row[]): readonly Row[] =>
  rows.map((row) => ({ ...row, received: row.at + Math.floor((row.received - row.at) / 1000) * 1000 }));

/** The bits of each value: −0 is not 0. */
const bits = (columns: ReadingColumns): Uint32Array => new Uint32Array(columns.value.slice().buffer);

const START = Date.UTC(2026, 8, 23);
const gap = fc.oneof(
  fc.constant(60_000),
  fc.integer({ min: 59_500, max: 60_500 }),
  fc.integer({ min: 1, max: 2 ** 44 }),
);
/** What instruments say, and what they should not: of one kind all along, or of any. */
const KINDS = [
  fc.integer({ min: -400, max: 4000 }).map((tenths) => tenths / 10),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 }).map((thousandths) => thousandths / 1000),
  fc.integer({ min: -(2 ** 50), max: 2 ** 50 }),
  fc.float({ noNaN: true }),
  fc.double({ noNaN: true }),
  fc.constantFrom(0, -0, 1e300, -1e300, 5e-324, 2 ** 53, -(2 ** 53), 0.1 + 0.2),
] as const;
const delay = fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: -(2 ** 45), max: 2 ** 45 }));
const rows = fc
  .constantFrom(...KINDS, fc.oneof(...KINDS))
  .chain((value) =>
    fc.array(
      fc.record({
        gap,
        value,
        delay,
        quality: fc.integer({ min: 0, max: 255 }),
        source: fc.integer({ min: 0, max: 3 }),
      }),
      { minLength: 1, maxLength: 300 },
    ),
  )
  .map((all): readonly Row[] => {
    let at = START - 2 ** 40;
    return all.map((one) => {
      at += one.gap;
      return { at, received: at + one.delay, value: one.value, quality: one.quality, source: one.source };
    });
  });

test('whatever is packed comes back bit for bit, the arrival to the second', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const columns = columnsOf(given);
      const back = through(columns);
      expect(rowsOf(back)).toEqual(kept(given));
      expect(bits(back)).toEqual(bits(columns));
      expect(decodeMoments(encodeChunk(columns), given.length)).toEqual(columns.observedAt);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['decimals of one instrument', (i: number) => (327 + ((i * 7) % 5)) / 100],
  ['a meter that counts on, beyond 32 bits of thousandths', (i: number) => 9_000_000_000 + i * 1.125],
  ['singles', (i: number) => Math.fround(Math.sin(i) * 20)],
  ['doubles', (i: number) => Math.sin(i) * 20],
  ['the same value for ever', () => -85.5],
])('%s come back bit for bit', (_, of) => {
  const columns = columnsOf(
    Array.from({ length: 1000 }, (__, i) => ({
      at: START + i * 60_000,
      received: START + i * 60_000 + 300,
      value: of(i),
      quality: i === 500 ? 16 : 0,
      source: 0,
    })),
  );
  expect(bits(through(columns))).toEqual(bits(columns));
});

test('a value too large for the decimals of the ones after it comes back bit for bit', () => {
  const columns = columnsOf(
    [9_007_199_291_126, 36_384.237].map((value, i) => ({
      at: START + i * 60_000,
      received: START + i * 60_000,
      value,
      quality: 0,
      source: 0,
    })),
  );
  expect(bits(through(columns))).toEqual(bits(columns));
});

test('a regular instrument of two decimals costs less than one byte and a half a reading', () => {
  const given = Array.from({ length: 1000 }, (_, i) => ({
    at: START + i * 60_000,
    received: START + i * 60_000 + ((i * 7919) % 900),
    value: Math.round((3 + Math.sin(i / 50) + ((i * 31) % 7) / 100) * 100) / 100,
    quality: 0,
    source: 0,
  }));
  expect(encodeChunk(columnsOf(given)).length).toBeLessThan(1500);
});

test('bytes that are cut off or of another kind are an error, never readings', () => {
  const columns = columnsOf(
    Array.from({ length: 50 }, (_, i) => ({
      at: START + i ** 3,
      received: START,
      value: i ** 0.5,
      quality: i,
      source: 0,
    })),
  );
  const bytes = encodeChunk(columns);
  for (const broken of [bytes.subarray(0, bytes.length / 2), new Uint8Array(), Uint8Array.of(9, 1, 2)])
    expect(() => decodeChunk(broken, 50, emptyColumns(50), 0)).toThrow(Error);
});

test('of two sources of the same time each moment counts once, the newer arrival before the older', () => {
  const row = (at: number, received: number, value: number): Row => ({
    at,
    received,
    value,
    quality: 0,
    source: 0,
  });
  const a = columnsOf([row(1, 10, 1), row(2, 10, 1), row(4, 10, 1)]);
  const b = columnsOf([row(0, 20, 2), row(2, 20, 2), row(4, 5, 2), row(5, 20, 2)]);
  const values = (columns: ReadingColumns) => rowsOf(columns).map(({ at, value }) => [at, value]);
  const both = [
    [0, 2],
    [1, 1],
    [2, 2],
    [4, 1],
    [5, 2],
  ];
  expect(values(mergeColumns(a, b))).toEqual(both);
  expect(values(mergeColumns(b, a))).toEqual(both);
  expect(values(lastOfEachMoment(columnsOf([row(1, 1, 1), row(1, 2, 2), row(3, 1, 3)])))).toEqual([
    [1, 2],
    [3, 3],
  ]);
});
