import { expect, test } from 'vitest';

import { dayOf, endOfDay, fieldOf, momentOf } from './beijing-input.ts';

test('a date field means the whole day in Beijing, a moment field the minute there', () => {
  const end = endOfDay('2026-12-31') ?? 0;
  expect(new Date(end).toISOString()).toBe('2026-12-31T15:59:59.999Z');
  expect(dayOf(end)).toBe('2026-12-31');
  expect(dayOf(end + 1)).toBe('2027-01-01');
  const moment = momentOf('2026-11-20T08:05') ?? 0;
  expect(new Date(moment).toISOString()).toBe('2026-11-20T00:05:00.000Z');
  expect(fieldOf(moment)).toBe('2026-11-20T08:05');
  expect([endOfDay(''), endOfDay('31.12.2026'), momentOf('2026-11-20')]).toEqual([null, null, null]);
});
