import { setTimeout as sleep } from 'node:timers/promises';

import type { SystemContext } from '#services/context';
import { keepInTime } from '#services/monitoring';
import type { PictureStore, Storage } from '#storage';

import { every } from './every.ts';
import type { HouseState } from './house-state.ts';

const ROUND_MS = 10 * 60_000;

interface Room {
  readonly system: SystemContext;
  readonly storage: Storage;
  readonly intake: { readonly pictures: PictureStore };
}

/** Takes away what has been kept for its time, resting as long as it works. Gives the way to stop it. */
export function keepRetention(
  { system, storage, intake }: Room,
  house: HouseState,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const ending = new AbortController();
  const ground = { storage, pictures: intake.pictures, rest: (ms: number) => sleep(ms) };
  const stop = every(
    ROUND_MS,
    house.watched('保存期限', async () => {
      for (let isMore = true; isMore && !ending.signal.aborted;) isMore = await keepInTime(system, ground);
    }),
    onError,
  );
  return async () => {
    ending.abort();
    await stop();
  };
}
