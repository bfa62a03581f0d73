import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { KnownCase } from './warning-tally.ts';

/** A case with what is told of it. */
export interface ToldCase extends KnownCase {
  readonly text: string;
}

interface Asked {
  readonly scenario: number;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly session: number | null;
}

const MOST = 20_000;

/**
 * What is known of a stretch of the past: cases that people recorded, and — where it was really measured — the verdicts on its
 * orders: 真实 is an incident, 误报 a false alarm.
 */
export async function loadKnownCases(
  tx: Tx,
  { scenario, from, to, session }: Asked,
): Promise<readonly ToldCase[]> {
  const start = new Date(from);
  const end = new Date(to);
  const { rows } = await sql<Omit<ToldCase, 'id'>>`
    select kind, object_id as object, item_code as item, from_at as "from", to_at as "to", text from known_case
    where scenario = ${scenario} and removed_at is null and from_at < ${end} and to_at >= ${start}
    union all
    select case w.verdict when 'true' then 'incident' else 'false-alarm' end, w.object_id, w.item_code, g.opened_at,
      coalesce(g.normal_at, g.closed_at, g.opened_at), '工单 ' || w.code || '：' || g.reason
    from work_order w join warning g on g.id = w.warning_id
    where ${session}::int is null and w.scenario = ${scenario} and w.verdict in ('true', 'false-alarm')
      and w.replay_session_id is null and g.opened_at >= ${start} and g.opened_at < ${end}
    order by "from" limit ${MOST}`.execute(tx);
  return rows.map((row, id) => ({ ...row, id }));
}
