import { expect, test } from 'vitest';

import { fitWithin } from './photo-size.ts';

test('a phone picture shrinks to 1600 on its longer side, upright or not', () => {
  expect(fitWithin({ width: 4000, height: 3000 }, 1600)).toEqual({ width: 1600, height: 1200 });
  expect(fitWithin({ width: 3000, height: 4000 }, 1600)).toEqual({ width: 1200, height: 1600 });
});

test('a small picture is not blown up, and a strip keeps at least a pixel', () => {
  expect(fitWithin({ width: 640, height: 480 }, 1600)).toEqual({ width: 640, height: 480 });
  expect(fitWithin({ width: 100_000, height: 10 }, 1600)).toEqual({ width: 1600, height: 1 });
});
