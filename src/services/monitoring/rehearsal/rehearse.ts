import type { RehearsalResult } from '#contract/standard';
import { announce } from '#services/context';
import { type Storage, type Tx, walkHistory } from '#storage';
import { sql } from 'kysely';

import { loadEfforts } from './effort.ts';
import { type LoadedPlan, loadPlan } from './load-plan.ts';
import { rehearseComposites } from './rehearse-composites.ts';
import { RehearsalProgress } from './rehearsal-progress.ts';
import { type ReadHistory, runRehearsal } from './run-rehearsal.ts';
import { summarise } from './summarise.ts';

/** What the points of a batch said in so long fits the memory. */
const WINDOW_MS = 10 * 86_400_000;
/** Recordings have few points, and lie where each window costs a search of its own. */
const RECORDING_WINDOW_MS = 366 * 86_400_000;

/** Takes the oldest rehearsal that waits; gives its number, undefined when none does. */
export async function claimRehearsal(storage: Storage, now: number): Promise<number | undefined> {
  return storage.system.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: number }>`
      update rehearsal set state = 'running', started_at = ${new Date(now)}, done = 0, readings = 0
      where id = (select id from rehearsal where state = 'waiting' order by id limit 1 for update skip locked)
      returning id`.execute(tx);
    const id = rows[0]?.id;
    if (id !== undefined) await tell(tx, id, now);
    return id;
  });
}

/** Rehearsals that an earlier process had begun wait again: run anew they come to the same. */
export async function requeueRehearsals(storage: Storage): Promise<void> {
  await sql`update rehearsal set state = 'waiting', started_at = null where state = 'running'`.execute(
    storage.system,
  );
}

/** How much of the way is done once plain signs are through, where composite ones come after them. */
const PLAIN_SHARE = 0.7;

/**
 * Runs a rehearsal that was claimed, tells how far it is, and keeps its result. It ends early when somebody has called it off.
 * What goes wrong is written to its row, and thrown. `now` gives epoch ms.
 */
export async function rehearse(storage: Storage, id: number, now: () => number): Promise<void> {
  const begun = now();
  const progress = new RehearsalProgress(storage, id, now);
  try {
    const { plan, effortOf } = await storage.system.transaction().execute(async (tx) => {
      const loaded = await loadPlan(tx, id);
      return { plan: loaded, effortOf: await loadEfforts(tx, loaded.scenario) };
    });
    const { signal } = progress;
    const longest = plan.session === null ? WINDOW_MS : RECORDING_WINDOW_MS;
    const share = plan.draft.composites || plan.current.composites ? PLAIN_SHARE : 1;
    const rehearsed = await runRehearsal(plan, historyOf(storage, plan, longest), {
      now,
      signal,
      progress: ({ readings, done }) => progress.saw({ readings, done: done * share }),
    });
    const { readings } = rehearsed;
    const seats = await rehearseComposites(storage, plan, rehearsed, {
      historyIn: (ms) => historyOf(storage, plan, Math.min(ms, longest)),
      now,
      signal,
      progress: (done) => progress.saw({ readings, done: share + (1 - share) * done }),
    });
    await progress.settled();
    const objects = new Map([...plan.objects, ...seats]);
    const result = summarise({ ...plan, objects }, rehearsed, effortOf, now() - begun);
    await end(storage, id, { state: 'done', result, readings: rehearsed.readings }, now());
  } catch (error) {
    await progress.settled();
    if (progress.signal.aborted) return;
    const reason = error instanceof Error ? error.message : String(error);
    const failure = `推演中断：${reason}。请重新推演；再次中断请告知技术管理员。`;
    await end(storage, id, { state: 'failed', failure }, now());
    throw error;
  }
}

/** What was really measured, or what a replay session played, in windows of `windowMs`. */
function historyOf(storage: Storage, { session }: LoadedPlan, windowMs: number): ReadHistory {
  const ask =
    session === null
      ? {}
      : ({
          rows: 'replayed',
          receivedFrom: session.openedAt,
          ...(session.endedAt === null ? {} : { receivedTo: session.endedAt }),
        } as const);
  return (points, from, to) => walkHistory(storage.system, { points, from, to, windowMs, ...ask });
}

type Ending =
  | { readonly state: 'done'; readonly result: RehearsalResult; readonly readings: number }
  | { readonly state: 'failed'; readonly failure: string };

/** One that was called off at the last moment stays so. */
async function end(storage: Storage, id: number, ending: Ending, now: number): Promise<void> {
  const set =
    ending.state === 'done'
      ? sql`state = 'done', done = 1, readings = ${ending.readings}, result = ${JSON.stringify(ending.result)}::jsonb`
      : sql`state = 'failed', failure = ${ending.failure}`;
  await storage.system.transaction().execute(async (tx) => {
    await sql`update rehearsal set ${set}, ended_at = ${new Date(now)} where id = ${id} and state = 'running'`.execute(
      tx,
    );
    await tell(tx, id, now);
  });
}

async function tell(tx: Tx, id: number, at: number): Promise<void> {
  const row = await tx
    .selectFrom('rehearsal')
    .select(['draft_id as draft', 'state', 'place', 'scenario'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const { draft, state, place, scenario } = row;
  await announce(tx, [
    { type: 'standard.rehearsal-changed', at, place, scenario, payload: { id, draft, state } },
  ]);
}
