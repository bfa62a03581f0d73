import { REPLAYS_KEPT_DAYS } from '#model/monitoring';
import { packInThread, type Storage } from '#storage';

import { every } from './every.ts';
import type { HouseState } from './house-state.ts';

const ROUND_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;
/** Readings stay hot for a day, and then until six hours of them can be packed together. */
const HOT_MS = 24 * HOUR_MS;
const RIPE_MS = 30 * HOUR_MS;
/** Replayed readings can be looked at for this long. */
const REPLAYS_KEPT_MS = REPLAYS_KEPT_DAYS * 24 * HOUR_MS;

interface Room {
  readonly storage: Storage;
  readonly clock: { now(): number };
}

/** Keeps readings for years: packs what is older than a day, forgets what was only replayed. Gives the way to stop it. */
export function keepReadings(
  { storage, clock }: Room,
  house: HouseState,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const ending = new AbortController();
  const stop = every(
    ROUND_MS,
    house.watched('读数压缩', async () => {
      const now = clock.now();
      const task = {
        location: storage.location,
        before: now - HOT_MS,
        ripe: now - RIPE_MS,
        replayedBefore: now - REPLAYS_KEPT_MS,
      };
      await packInThread(task, ending.signal);
    }),
    onError,
  );
  return async () => {
    ending.abort();
    await stop();
  };
}
