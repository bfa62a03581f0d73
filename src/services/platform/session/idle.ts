import { type RawBuilder, sql } from 'kysely';

export const MINUTE_MS = 60_000;

/** Sessions that neither ran out nor rested too long. */
export function awake(now: number): RawBuilder<boolean> {
  const at = new Date(now);
  return sql<boolean>`(session.expires_at > ${at}
    and session.last_used_at > ${at}::timestamptz - session.idle_minutes * interval '1 minute')`;
}
