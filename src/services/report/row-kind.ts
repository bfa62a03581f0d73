import { type RawBuilder, sql } from 'kysely';

/** Real operation, or what a replayed recording or a simulated device made. Drills are neither. */
export type RowKind = 'live' | 'replay';

/** The rows of table `t` of this kind. */
export function ofKind(rows: RowKind): RawBuilder<unknown> {
  return rows === 'live'
    ? sql`(t.replay_session_id is null and not t.simulated)`
    : sql`((t.replay_session_id is not null or t.simulated) and not is_drill(t.replay_session_id))`;
}
