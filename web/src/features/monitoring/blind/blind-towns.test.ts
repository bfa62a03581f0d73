// The picture of blind spots: which mark a town gets, how large, and who is listed first.
import type { BlindSpotView, BlindTown } from '#contract/monitoring';
import { expect, test } from 'vitest';

import { byPeople, isShown, markedTowns, markFeatures, radiusOf } from './blind-towns.ts';
import { bodyOf, draftOf } from './population-draft.ts';
import { stateText } from './text.ts';

const town = (code: string, residents: number | null, workers: number | null = null): BlindTown => ({
  code,
  name: `镇${code}`,
  lat: 31.2,
  lon: 121.6,
  residents,
  workers,
  source: null,
  year: null,
});
const spot = (
  of: string,
  state: BlindSpotView['state'],
  more: Partial<BlindSpotView> = {},
): BlindSpotView => ({
  scenario: 'FLOOD',
  scenarioName: '防汛防台',
  town: of,
  townName: `镇${of}`,
  village: null,
  villageName: null,
  state,
  since: null,
  reason: '',
  points: 1,
  watching: 0,
  serviced: 0,
  servicedUntil: null,
  objects: 1,
  watchedObjects: 0,
  ...more,
});

const TOWNS = [town('A', 400_000, 100_000), town('B', 50_000), town('C', null)];
const BY_CODE = new Map(TOWNS.map((one) => [one.code, one]));

test('a town has the mark of the worst of its scenarios; one that was never watched says less than one that is', () => {
  const marked = markedTowns(TOWNS, [
    spot('A', 'never', { scenario: 'GAS' }),
    spot('A', 'watched'),
    spot('B', 'thin'),
    spot('B', 'blind', { scenario: 'GAS' }),
  ]);
  expect(marked.map(({ code, state, gaps }) => [code, state, gaps])).toEqual([
    ['A', 'watched', 0],
    ['B', 'blind', 2],
  ]);
});

test('the area of a mark grows with the people; where nobody told them it is the smallest', () => {
  expect(radiusOf(500_000, 500_000)).toBe(30);
  expect(radiusOf(125_000, 500_000)).toBe(15);
  expect(radiusOf(100, 500_000)).toBe(9);
  expect(radiusOf(null, 500_000)).toBe(9);
  const { features } = markFeatures(markedTowns(TOWNS, [spot('A', 'blind'), spot('C', 'never')]));
  expect(features.map(({ properties }) => properties)).toMatchObject([
    { code: 'A', radius: 30, figure: '1' },
    { code: 'C', radius: 9, figure: '' },
  ]);
});

test('most people first, the untold last; within a town the worst first, then the longest', () => {
  const listed = byPeople(
    [
      spot('C', 'blind'),
      spot('B', 'blind'),
      spot('A', 'thin', { since: 5 }),
      spot('A', 'blind', { since: 9 }),
      spot('A', 'blind', { since: 2 }),
    ],
    BY_CODE,
  );
  expect(listed.map(({ town: of, state, since }) => `${of} ${state} ${since ?? ''}`)).toEqual([
    'A blind 2',
    'A blind 9',
    'A thin 5',
    'B blind ',
    'C blind ',
  ]);
});

test('what was watched and is no longer is a gap; what never was is not', () => {
  const shown = (state: BlindSpotView['state']) => isShown(spot('A', state), 'gaps');
  expect([shown('blind'), shown('thin'), shown('never'), shown('watched')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([stateText('never', 0), stateText('never', 2)]).toEqual(['未布设', '从未看见']);
});

test('a form without residents, source or day is not sent', () => {
  expect(bodyOf(draftOf(undefined))).toBeUndefined();
  expect(bodyOf({ residents: 1000, workers: null, source: ' 普查 ', asOf: '2020-11-01' })).toEqual({
    residents: 1000,
    workers: null,
    source: '普查',
    asOf: '2020-11-01',
  });
});
