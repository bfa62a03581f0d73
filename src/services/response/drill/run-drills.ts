import { auditRule, type SystemContext } from '#services/context';
import type { DrillScript } from '#model/response';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

import { closeDrillOrders } from './close-drill-orders.ts';
import { type DrillRow, loadDrills, tellDrills } from './drill-row.ts';
import { finishDrill } from './finish-drill.ts';

/** A point tells its value again after so long: limits with a duration need more than one reading. */
const EVERY_MS = 15_000;

/**
 * One round of the drills that run: their clock goes on to `now`, what their script has for this moment happens once, and those whose
 * time is over end. All of it is rows: a new process goes on where the old one was killed.
 */
export async function moveDrills(context: SystemContext): Promise<void> {
  await context.transaction(async (tx) => {
    const now = context.now();
    await sql`update replay_session r set clock = greatest(r.clock, ${new Date(now)}) from drill d
      where d.replay_session_id = r.id and d.state = 'running' and r.state = 'running'`.execute(tx);
    const running = await loadDrills(
      tx,
      sql`where d.state = 'running' and d.replay_session_id is not null for update of d skip locked`,
    );
    for (const drill of running) await fireActs(tx, drill, now);
    const over = running.filter((drill) => (drill.ends_at ?? now) <= now);
    for (const drill of over) await finishDrill(tx, drill, { at: now });
    await auditRule(
      tx,
      { rule: 'end-drill', at: now },
      over.map(({ id, place, scenario }) => ({
        action: 'drill.end',
        subject: `drill/${id}`,
        place,
        scenario,
      })),
    );
    await closeDrillOrders(tx, now);
  });
}

async function fireActs(tx: Tx, drill: DrillRow, now: number): Promise<void> {
  const { rows } = await sql<{ n: number }>`
    update drill_act set fired_at = ${new Date(now)}
    where drill_id = ${drill.id} and fired_at is null and due_at <= ${new Date(now)} returning n`.execute(tx);
  if (rows.length === 0) return;
  const values = rows
    .map(({ n }) => n)
    .toSorted((a, b) => a - b)
    .flatMap((n) => {
      const act = drill.script.acts[n];
      return act?.kind === 'readings' ? [[act.point, act.value] as const] : [];
    });
  // Of several for one point that came due together (the process was away), the last is what it tells now.
  const newest = [...new Map(values)].map(([key, value]) => ({ key, value }));
  await sql`update drill_point p set value = r.value, sent_at = null
    from ${recordset(newest, sql`r(key text, value float8)`)} where p.drill_id = ${drill.id} and p.key = r.key`.execute(
    tx,
  );
  await tellDrills(tx, [drill], { state: drill.state, at: now });
}

/** A drill that was started and has nothing to play on yet. */
export interface DrillToOpen {
  readonly id: number;
  readonly name: string;
  readonly scenario: number;
  readonly script: DrillScript;
}

export async function drillsToOpen(context: SystemContext): Promise<readonly DrillToOpen[]> {
  return context.transaction((tx) =>
    loadDrills(tx, sql`where d.state = 'running' and d.replay_session_id is null`),
  );
}

/** The drill takes what was made for it: from now on its script runs. False where it was broken off meanwhile. */
export async function takeStand(
  context: SystemContext,
  drill: Pick<DrillToOpen, 'id' | 'scenario'>,
  stand: {
    readonly session: number;
    readonly points: readonly {
      readonly key: string;
      readonly id: number;
      readonly object: number;
      readonly place: number;
    }[];
  },
): Promise<boolean> {
  return context.transaction(async (tx) => {
    const { numAffectedRows } = await sql`update drill set replay_session_id = ${stand.session}
      where id = ${drill.id} and state = 'running' and replay_session_id is null`.execute(tx);
    if (numAffectedRows !== 1n) return false;
    await sql`insert into drill_point (drill_id, key, place, scenario, point_id, object_id)
      select ${drill.id}, key, place, ${drill.scenario}, id, object
      from ${recordset(stand.points, sql`r(key text, id int, object int, place int)`)}
      on conflict (drill_id, key) do nothing`.execute(tx);
    return true;
  });
}

/** What points of running drills have to tell now, drill by drill. */
export async function drillsToTell(context: SystemContext): Promise<
  readonly {
    readonly id: number;
    readonly session: number;
    readonly values: readonly { readonly point: number; readonly value: number }[];
  }[]
> {
  return context.transaction(async (tx) => {
    const { rows } = await sql<{
      id: number;
      session: number;
      values: { readonly point: number; readonly value: number }[];
    }>`
      select d.id, d.replay_session_id as session, json_agg(json_build_object('point', p.point_id, 'value', p.value)) as values
      from drill d join drill_point p on p.drill_id = d.id
      where d.state = 'running' and d.replay_session_id is not null and p.value is not null
        and (p.sent_at is null or p.sent_at <= ${new Date(context.now() - EVERY_MS)})
      group by d.id`.execute(tx);
    return rows;
  });
}

/** They were told, at this moment (epoch ms). */
export async function noteTold(
  context: SystemContext,
  told: { readonly id: number; readonly at: number; readonly values: readonly { readonly point: number }[] },
): Promise<void> {
  await context.transaction((tx) =>
    sql`update drill_point set sent_at = ${new Date(told.at)}
      where drill_id = ${told.id} and point_id = any(${told.values.map(({ point }) => point)}::int[])`.execute(
      tx,
    ),
  );
}

/** Sessions of drills that are over, and of a start that was cut off: they are to be ended. */
export async function sessionsToEnd(context: SystemContext): Promise<readonly number[]> {
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ id: number }>`
      select r.id from replay_session r where r.kind = 'drill' and r.state = 'running'
        and not exists (select from drill d where d.replay_session_id = r.id and d.state = 'running')`.execute(
      tx,
    );
    return rows.map(({ id }) => id);
  });
}
