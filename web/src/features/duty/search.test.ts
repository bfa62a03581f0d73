import { expect, test } from 'vitest';

import { momentOfSearch, readDutySearch, searchOfMoment } from './search.ts';

test('a moment in the address is one in Beijing, to the second, and comes back as it went', () => {
  const at = Date.parse('2026-11-30T02:14:05+08:00');
  expect(searchOfMoment(at)).toEqual({ at: '2026-11-30T02:14:05' });
  expect(momentOfSearch(searchOfMoment(at + 700))).toBe(at);
  expect(momentOfSearch({ at: '2026-11-30T02:14' })).toBe(at - 5000);
});

test.each(['', '02:14', '2026-13-01T00:00', '2026-11-30T24:00', 'now', 5])(
  '%s is no moment: now is shown',
  (at) => {
    expect(readDutySearch({ at })).toEqual({});
    expect(momentOfSearch(readDutySearch({ at }))).toBeNull();
  },
);
