import { expect, test } from 'vitest';

import { isImprobable, type RarePoint } from './improbable.ts';

const ALONE: RarePoint = { part: 'level', heard: 3, agreeing: 0, isWitnessed: false };

test.each([
  ['three neighbours are as ever: it is doubted', {}, true],
  ['a neighbour is as unusual: it is an event, not an instrument', { agreeing: 1 }, false],
  ['something else near by is past its limits: it is an event', { isWitnessed: true }, false],
  ['nobody near by could say the same: nobody is contradicted', { heard: 0 }, false],
  ['it stands still: no neighbour is asked', { part: 'standstill', heard: 0 }, true],
  ['it swings as it never did: no neighbour is asked', { part: 'swing', agreeing: 2 }, true],
] as const)('%s', (_, change, doubted) => {
  expect(isImprobable({ ...ALONE, ...change })).toBe(doubted);
});
