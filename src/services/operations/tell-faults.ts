import type { FaultState } from '#model/operations';
import { announce } from '#services/context';
import type { Tx } from '#storage';

import { type FaultStanding, toldAt } from './fault-place.ts';

interface ToldFault extends FaultStanding {
  readonly id: number;
  readonly state: FaultState;
  readonly summary: string;
}

/** Announces faults to everybody whose rights reach one of their scenarios or their place. */
export async function tellFaults(
  tx: Tx,
  type: 'fault.opened' | 'fault.changed',
  at: number,
  faults: readonly ToldFault[],
): Promise<void> {
  await announce(
    tx,
    faults.flatMap((fault) =>
      toldAt(fault).map((placed) => ({
        type,
        at,
        ...placed,
        payload: { id: fault.id, state: fault.state, text: fault.summary },
      })),
    ),
  );
}
