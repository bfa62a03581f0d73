import { expect, test } from 'vitest';

import type { Event } from './event.ts';
import { RecentEvents } from './recent-events.ts';

const event = (seq: number, type = 'alarm.raised'): Event => ({
  seq,
  type,
  at: 0,
  place: null,
  scenario: null,
  payload: { id: seq },
});
const range = (from: number, to: number): readonly Event[] =>
  Array.from({ length: to - from + 1 }, (_, i) => event(from + i));
const seqs = (events: readonly Event[] | undefined): readonly number[] | undefined =>
  events?.map(({ seq }) => seq);
const ALARMS = new Set(['alarm.raised']);

test('before anything was published nothing is known, not even that there is nothing', () => {
  expect(new RecentEvents().after(0, 10, ALARMS)).toBeUndefined();
});

test('whoever stands right before the first kept event is told all that follows; whoever stands earlier must ask elsewhere', () => {
  const recent = new RecentEvents();
  recent.add([event(7), event(9)]);
  expect(recent.after(5, 10, ALARMS)).toBeUndefined();
  expect(recent.after(6, 10, ALARMS)).toEqual({ last: 9, isFull: false, wanted: [event(7), event(9)] });
  // Numbers have gaps: one that was never given out is no reason to ask.
  expect(seqs(recent.after(8, 10, ALARMS)?.wanted)).toEqual([9]);
  expect(recent.after(9, 10, ALARMS)).toEqual({ last: undefined, isFull: false, wanted: [] });
});

test('a step ends with the last wanted one it has room for; others are passed over', () => {
  const recent = new RecentEvents();
  recent.add([event(1, 'other'), event(2), event(3, 'other'), event(4), event(5)]);
  expect(recent.after(0, 2, ALARMS)).toEqual({ last: 4, isFull: true, wanted: [event(2), event(4)] });
  expect(recent.after(4, 2, ALARMS)).toEqual({ last: 5, isFull: false, wanted: [event(5)] });
  expect(recent.after(0, 2, new Set(['third']))).toEqual({ last: 5, isFull: false, wanted: [] });
});

test('the oldest make room; what is no longer kept is not spoken of', () => {
  const recent = new RecentEvents(10);
  recent.add(range(1, 15));
  expect(seqs(recent.after(0, 100, ALARMS)?.wanted)).toHaveLength(15);
  recent.add(range(16, 25));
  expect(recent.after(14, 100, ALARMS)).toBeUndefined();
  expect(seqs(recent.after(15, 100, ALARMS)?.wanted)).toEqual(seqs(range(16, 25)));
});

test('once an answer was lost only what comes after it is known', () => {
  const recent = new RecentEvents();
  recent.add(range(1, 3));
  recent.forget();
  expect(recent.after(3, 10, ALARMS)).toBeUndefined();
  recent.add([event(6)]);
  expect(recent.after(3, 10, ALARMS)).toBeUndefined();
  expect(seqs(recent.after(5, 10, ALARMS)?.wanted)).toEqual([6]);
});
