import type { ClosureFacts } from './closure-facts.ts';

/** The record of an order in which nothing is wrong. */
export const PLAIN_RECORD: ClosureFacts = {
  openedAt: 1_795_406_400_000,
  verdict: 'true',
  note: '积水已抽排，路面恢复通行',
  openSteps: [],
  results: [],
  times: { accept: null, arrive: null, dispose: null, clear: null },
  photos: [],
  object: { lat: 31.2, lon: 121.5 },
  standing: [],
  like: null,
};
