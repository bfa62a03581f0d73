import { expect, test } from 'vitest';

import { soonText } from './soon-text.ts';

test('what may be felt is told from now, what is due already may come at any moment', () => {
  expect(soonText(900_000, 0)).toBe('约 15 分钟后');
  expect(soonText(20_000, 0)).toBe('随时');
  expect(soonText(0, 60_000)).toBe('随时');
});
