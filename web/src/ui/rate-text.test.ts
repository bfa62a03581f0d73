import { expect, test } from 'vitest';

import { rateText } from './rate-text.ts';

test('what is not whole never reads as whole, and nothing to divide by is a dash', () => {
  expect([1, 0.9996, 0.5, 0, null].map(rateText)).toEqual(['100 %', '99.9 %', '50 %', '0 %', '—']);
});
