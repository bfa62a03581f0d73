import type { Tx } from '#storage';
import type { KeptHold } from '#workflow';
import { sql } from 'kysely';

/** An alarm at the door, with what its gates may want to know. Moments are epoch ms. */
export interface AlarmCase {
  readonly id: number;
  readonly point: number;
  readonly sign: number;
  readonly signCode: string;
  /** Version of the standard that judged. */
  readonly standard: number;
  readonly object: number;
  readonly item: string;
  readonly place: number;
  readonly scenario: number;
  readonly raisedAt: number;
  /** Set when its readings come from a replay. */
  readonly session: number | null;
  readonly simulated: boolean;
  /** A warning took it up; `over`: that warning is normal or closed, nothing of this alarm is news any more. */
  readonly feedsWarning: boolean;
  readonly over: boolean;
  /** Every hold it ever had. */
  readonly kept: readonly KeptHold[];
  /** The worst level it is told to stand at, 1 blue … 4 red. */
  readonly level: number;
}

/** Alarms by id, without their level. */
export async function loadCases(
  tx: Tx,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Omit<AlarmCase, 'level'>>> {
  const asked = sql`any(${[...new Set(ids)]}::bigint[])`;
  // Sets joined once, never a look per alarm: a plan made while the tables were small would read all of them for each.
  const { rows } = await sql<Omit<AlarmCase, 'level'>>`
    with fed as materialized (
      select distinct on (e.alarm_id) e.alarm_id, w.state from warning_evidence e join warning w on w.id = e.warning_id
      where e.alarm_id = ${asked} order by e.alarm_id, w.id desc
    ), held as materialized (
      select h.alarm_id,
        json_agg(json_build_object('id', h.id, 'kind', h.kind, 'by', h.held_by, 'open', h.ended_at is null)) as kept
      from alarm_hold h where h.alarm_id = ${asked} group by h.alarm_id
    )
    select a.id, a.point_id as point, a.sign_id as sign, s.code as "signCode", s.standard_id as standard, a.object_id as object,
      a.item_code as item, a.place, a.scenario, a.raised_at as "raisedAt", a.replay_session_id as session, a.simulated,
      fed.state is not null as "feedsWarning", coalesce(fed.state <> 'open', false) as over, coalesce(held.kept, '[]') as kept
    from alarm a join sign s on s.id = a.sign_id
    left join fed on fed.alarm_id = a.id left join held on held.alarm_id = a.id
    where a.id = ${asked}`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}
