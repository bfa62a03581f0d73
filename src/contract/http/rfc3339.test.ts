import fc from 'fast-check';
import { expect, test } from 'vitest';

import { moment, pageQuery, parseRfc3339 } from './index.ts';

test('every moment of the years 0 to 9999 is read as it was written', () => {
  fc.assert(
    fc.property(
      fc.date({
        min: new Date('0000-01-01T00:00:00.000Z'),
        max: new Date('9999-12-31T23:59:59.999Z'),
        noInvalidDate: true,
      }),
      (date) => {
        expect(parseRfc3339(date.toISOString())).toBe(date.getTime());
      },
    ),
  );
});

test('a moment with an offset is the same moment', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000_000_000_000 }),
      fc.integer({ min: -14 * 60, max: 14 * 60 }),
      (at, offset) => {
        const local = new Date(at + offset * 60_000).toISOString().slice(0, -1);
        const two = (n: number): string => String(n).padStart(2, '0');
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
        expect(parseRfc3339(local + zone)).toBe(at);
      },
    ),
  );
});

test.each([
  ['2026-11-23T08:00:00+08:00', Date.UTC(2026, 10, 23)],
  ['2026-11-23T00:00:00Z', Date.UTC(2026, 10, 23)],
  ['2026-11-23t00:00:00z', Date.UTC(2026, 10, 23)],
  ['2026-11-23 08:00:00+08:00', Date.UTC(2026, 10, 23)],
  ['2026-11-23T00:00:00.1Z', Date.UTC(2026, 10, 23, 0, 0, 0, 100)],
  ['2026-11-23T00:00:00.123456789Z', Date.UTC(2026, 10, 23, 0, 0, 0, 123)],
  ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ['2059-01-01T00:00:00Z', Date.UTC(2059, 0, 1)],
])('%s is a moment', (text, at) => {
  expect(parseRfc3339(text)).toBe(at);
});

test.each([
  '2026-11-23T08:00:00',
  '2026-11-23',
  '2025-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-11-31T00:00:00Z',
  '2026-11-23T24:00:00Z',
  '2026-11-23T00:60:00Z',
  '2026-11-23T00:00:00.Z',
  '2026-11-23T00:00:00+8:00',
  '2026-11-23T00:00:00+0800',
  '2026-11-23T00:00:00+24:00',
  '2026-11-23T00:00:00Z\u0000',
  ' 2026-11-23T00:00:00Z',
  '20261123T000000Z0000',
  '',
])('%j is none', (text) => {
  expect(parseRfc3339(text)).toBeUndefined();
});

test('whatever text comes, it is a moment or none, never an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const at = parseRfc3339(text);
      expect(at === undefined || Number.isSafeInteger(at)).toBe(true);
    }),
  );
});

test('a moment of a request is a text or milliseconds that a table can hold', () => {
  expect(moment.parse('2026-11-23T08:00:00+08:00')).toBe(Date.UTC(2026, 10, 23));
  expect(moment.parse('1763856000000')).toBe(1_763_856_000_000);
  for (const wrong of ['yesterday', '2026-11-23T08:00:00', 9e15, -9e15, 1.5, Number.NaN]) {
    expect([wrong, moment.safeParse(wrong).success]).toEqual([wrong, false]);
  }
});

test('a page holds 50 unless told, and at most 500', () => {
  expect(pageQuery.parse({})).toEqual({ limit: 50 });
  expect(pageQuery.parse({ limit: '500' }).limit).toBe(500);
  for (const limit of ['501', '0', '-1', 'many', '1.5']) {
    expect([limit, pageQuery.safeParse({ limit }).success]).toEqual([limit, false]);
  }
});
