import type { Event } from '#bus';
import type { Tx } from '#storage';
import { type DependencyGraph, MOST_REACHED, walkDependencies } from '#workflow';

import { type Cause, causesOf } from './causes.ts';
import { endCascades } from './end-cascades.ts';
import type { GraphBook } from './graph-book.ts';
import { groupSilent } from './group-silent.ts';
import { groupStanding, settleReached } from './settle-reached.ts';
import { type Foreseen, storeCascades } from './store-cascades.ts';
import { tellSeats } from './tell-seats.ts';

/** Events that begin a cascade, end one, or make one come true. */
export const CASCADE_EVENTS = [
  'alarm.held',
  'fault.opened',
  'fault.changed',
  'warning.raised',
  'warning.upgraded',
  'warning.normal',
  'warning.closed',
] as const;

/** Reached objects that one batch of events may write: the worst causes first, the rest are marked as cut. */
const MOST_A_BATCH = 10 * MOST_REACHED;

/**
 * 连带监视: what warnings and faults bring upon others, for a batch of events. Ends what has ended, settles what came true, then
 * walks one graph for all new causes and tells the seats concerned. `now` is the wall clock (epoch ms).
 */
// oxlint-disable-next-line max-params
export async function watchCascades(
  tx: Tx,
  book: GraphBook,
  events: readonly Event[],
  now: number,
): Promise<void> {
  await endCascades(tx, events);
  await settleReached(tx, events);
  await groupSilent(tx, events);
  const causes = await causesOf(tx, events);
  if (causes.length === 0) return;
  const graph = await book.graph(tx, now);
  const cascades = await storeCascades(tx, graph, foresee(graph, causes), now);
  await groupStanding(
    tx,
    cascades.map(({ id }) => id),
  );
  await tellSeats(tx, cascades, now);
}

function foresee(graph: DependencyGraph, causes: readonly Cause[]): readonly Foreseen[] {
  const foreseen: Foreseen[] = [];
  let room = MOST_A_BATCH;
  for (const cause of causes) {
    if (!graph.concerns(cause.object, cause.graph)) continue;
    if (room === 0) {
      foreseen.push({ cause, walk: { reached: [], cut: true } });
      continue;
    }
    const walk = walkDependencies(graph, cause.object, cause.graph);
    if (walk.reached.length === 0) continue;
    const reached = walk.reached.slice(0, room);
    room -= reached.length;
    foreseen.push({ cause, walk: { reached, cut: walk.cut || reached.length < walk.reached.length } });
  }
  return foreseen;
}
