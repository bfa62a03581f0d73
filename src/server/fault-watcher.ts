import type { SystemContext } from '#services/context';
import { FaultWatch } from '#services/operations';

import { every } from './every.ts';
import type { HouseState } from './house-state.ts';

const LOOK_MS = 1000;
const ROUND_MS = 60_000;

/** Looks for faults once a minute. Gives the way to stop it. */
export function watchFaults(
  system: SystemContext,
  house: HouseState,
  failed: (error: unknown) => void,
): () => Promise<void> {
  const watch = new FaultWatch(system);
  let nextAt = 0;
  return every(
    LOOK_MS,
    async () => {
      house.look();
      // Steady time: a wall clock that is set back must not hold it up.
      if (performance.now() < nextAt) return;
      nextAt = performance.now() + ROUND_MS;
      await watch.look(await house.facts());
      house.told();
    },
    failed,
  );
}
