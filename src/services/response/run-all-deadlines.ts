import type { SystemContext } from '#services/context';

import { DEADLINE_BATCH, runDeadlines } from './run-deadlines.ts';

/** Rounds that share what is more than one round's, each in its own transaction. */
const LANES = 2;

/** Everything that has come due by now. Gives how many limits it was. */
export async function runAllDeadlines(context: SystemContext): Promise<number> {
  const { limits } = await runDeadlines(context);
  if (limits < DEADLINE_BATCH) return limits;
  const lanes = await Promise.all(Array.from({ length: LANES }, () => runLane(context)));
  return lanes.reduce((sum, one) => sum + one, limits);
}

async function runLane(context: SystemContext): Promise<number> {
  let sum = 0;
  for (let more = true; more;) {
    const { limits } = await runDeadlines(context);
    sum += limits;
    more = limits >= DEADLINE_BATCH;
  }
  return sum;
}
