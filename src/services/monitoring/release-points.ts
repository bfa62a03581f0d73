import { levelOf } from '#model/warning';
import { announce, auditRule } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { ExclusiveState } from './ingest.ts';

/** Devices that enter or leave a replay; `session` is the one they are in from now on, 0 for live. */
interface Release {
  readonly devices: readonly number[];
  readonly session: number;
  /** Epoch ms: when what they had raised counts as normal. */
  readonly at: number;
  readonly why: string;
  /** The wall clock, for the audit. */
  readonly now: number;
}

interface EndedAlarm {
  readonly id: number;
  readonly object: number;
  readonly item: string;
  readonly sign: number;
  readonly place: number;
  readonly scenario: number;
  readonly from_level: number;
  readonly value: number;
  readonly session: number | null;
  readonly simulated: boolean;
  readonly at: number;
}

/**
 * Points of these devices begin anew, in memory and in the tables: no newest value, no condition, no open alarm.
 * Gives those points. Memory changes last, when nothing can fail any more but the commit; a failed commit makes the hot path recover.
 */
export async function releasePoints(
  tx: Tx,
  state: ExclusiveState,
  change: Release,
): Promise<readonly number[]> {
  const rows = await tx
    .selectFrom('point')
    .select('id')
    .where('device_id', 'in', [...change.devices, 0])
    .execute();
  const points = rows.map((row) => row.id);
  const ended = await endAlarms(tx, points, change.at);
  await tx
    .deleteFrom('sign_state')
    .where('point_id', 'in', [...points, 0])
    .execute();
  await tx
    .deleteFrom('point_state')
    .where('point_id', 'in', [...points, 0])
    .execute();
  await auditRule(
    tx,
    { rule: 'release-points', at: change.now },
    ended.map(({ id, place, scenario, from_level }) => ({
      action: 'alarm.normal',
      subject: `alarm/${id}`,
      place,
      scenario,
      before: { level: levelOf(from_level) ?? null },
      after: { level: null, reason: change.why },
    })),
  );
  await announce(
    tx,
    ended.map(({ at, place, scenario, from_level, ...rest }) => ({
      type: 'alarm.normal',
      at: Math.round(at),
      place,
      scenario,
      payload: { ...rest, fromLevel: from_level, toLevel: 0, why: change.why },
    })),
  );
  for (const id of points) {
    for (const binding of state.book.bindingsOf(id)) {
      state.openAlarms.delete(binding);
      state.active.delete(binding);
    }
    state.book.reset(id);
    state.book.session[id] = change.session;
  }
  return points;
}

async function endAlarms(tx: Tx, points: readonly number[], at: number): Promise<readonly EndedAlarm[]> {
  const end = new Date(at);
  const { rows } = await sql<EndedAlarm>`
    with open as (
      select id, level from alarm where point_id = any(${[...points]}) and normal_at is null for update
    )
    update alarm a set level = 0, normal_at = greatest(${end}, a.changed_at), changed_at = greatest(${end}, a.changed_at)
    from open where a.id = open.id
    returning a.id, a.object_id as object, a.item_code as item, a.sign_id as sign, a.place, a.scenario,
      open.level as from_level, a.value, a.replay_session_id as session, a.simulated,
      extract(epoch from a.changed_at)::float8 * 1000 as at`.execute(tx);
  return rows;
}
