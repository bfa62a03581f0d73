import type { Event } from '#bus';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

/** A cause that is found so late (ms) groups what it has brought about before. */
const LATE_CAUSE_MS = 10 * 60_000;

const GROUPED = sql`
  update warning w set cause = s.cause
  from (
    select distinct on (s.warning_id) s.warning_id, c.cause_kind || '/' || c.cause_id as cause
    from settled s join cascade c on c.id = s.cascade_id and c.ended_at is null order by s.warning_id, c.began_at, c.id
  ) s
  where w.id = s.warning_id and w.cause is null`;

/**
 * What was foreseen has come true: a warning has opened at a reached object in its time, or an alarm there is held as the
 * cause's doing. The warning is shown under its cause from now on, while that lasts. Told twice it settles once.
 */
export async function settleReached(tx: Tx, events: readonly Event[]): Promise<void> {
  const news = events
    .filter(({ type }) => type === 'warning.raised' || type === 'warning.upgraded' || type === 'alarm.held')
    .map(({ type, at, payload }) => ({
      at,
      object: payload['object'],
      item: payload['item'],
      session: payload['session'] ?? null,
      warning: type === 'alarm.held' ? null : payload.id,
      alarm: type === 'alarm.held' ? payload.id : null,
    }));
  if (news.length === 0) return;
  await sql`with settled as (
      update cascade_reach r set outcome = case r.outcome when 'pending' then 'came-true' else r.outcome end,
        settled_at = coalesce(r.settled_at, to_timestamp(n.at / 1000.0)), warning_id = n.warning
      from ${recordset(news, sql`n(at float8, object int, item text, session int, warning bigint, alarm bigint)`)}, cascade c
      where r.object_id = n.object and r.warning_id is null and r.outcome <> 'did-not'
        and (r.outcome = 'pending' or n.warning is not null) and c.id = r.cascade_id
        and c.replay_session_id is not distinct from n.session
        and to_timestamp(n.at / 1000.0) between c.began_at and r.until_at
        and (r.expects = '{}' or n.item = any(r.expects))
        and (n.alarm is null or exists (select from alarm_hold h where h.alarm_id = n.alarm and h.kind = 'suppressed'))
      returning r.cascade_id, r.warning_id
    ) ${GROUPED}`.execute(tx);
}

/**
 * Warnings that stand already where a new cascade reaches: those that opened about when the cause did, or a little before it
 * was found, are its doing and are shown under it; they are never taken back. Older ones are nobody's forecast.
 */
export async function groupStanding(tx: Tx, cascades: readonly number[]): Promise<void> {
  if (cascades.length === 0) return;
  await sql`with settled as (
      update cascade_reach r set settled_at = w.opened_at, warning_id = w.id,
        outcome = case when w.opened_at >= c.began_at then 'came-true' else 'standing' end
      from cascade c, warning w
      where c.id = r.cascade_id and c.id = any(${[...cascades]}::bigint[]) and r.outcome = 'pending'
        and w.object_id = r.object_id and w.state = 'open' and w.replay_session_id is not distinct from c.replay_session_id
        and w.opened_at <= r.until_at and (r.expects = '{}' or w.item_code = any(r.expects))
      returning r.cascade_id, case when w.opened_at >= c.began_at - make_interval(secs => ${LATE_CAUSE_MS / 1000}) then w.id end as warning_id
    ) ${GROUPED}`.execute(tx);
}
