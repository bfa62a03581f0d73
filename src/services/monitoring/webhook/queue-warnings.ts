import type { Event } from '#bus';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/** Happenings of a warning that are told to others. */
export const TOLD_WARNINGS = [
  'warning.raised',
  'warning.upgraded',
  'warning.stepped-down',
  'warning.normal',
  'warning.closed',
] as const;

/**
 * Queues what happened to warnings for the webhooks of the platforms they lie in, in the order it happened; what a replay
 * session has raised is not told to anybody. The second time nothing is queued: an event is one message.
 */
export async function queueWarnings(tx: Tx, events: readonly Event[], now: number): Promise<void> {
  const told = events.map(({ seq, type, at, payload }) => ({ seq, type, at, warning: payload.id }));
  await sql`
    insert into webhook_delivery (webhook_id, message_id, kind, body, readings, created_at, next_at, place, scenarios)
    select h.id, 'warning-' || e.seq, 'warning', json_build_object('type', e.type, 'at', to_char(
        to_timestamp(e.at / 1000) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'warning', json_build_object('id', w.id, 'object', o.code, 'objectName', o.name, 'item', w.item_code, 'state', w.state,
          'level', (array['normal','blue','yellow','orange','red'])[w.level + 1], 'reason', w.reason, 'simulated', w.simulated))::text,
      0, ${new Date(now)}, ${new Date(now)}, h.place, h.scenarios
    from json_to_recordset(${JSON.stringify(told)}::json) e(seq bigint, type text, at float8, warning bigint)
    join warning w on w.id = e.warning and w.replay_session_id is null
    join monitored_object o on o.id = w.object_id
    join webhook h on h.warnings and h.removed_at is null and h.created_at <= to_timestamp(e.at / 1000)
    join platform p on p.id = h.platform_id and case when p.kind in ('industry', 'scenario')
      then w.scenario = any(h.scenarios) else w.place between p.place and p.place_to end
    order by e.seq
    on conflict (webhook_id, message_id) do nothing`.execute(tx);
}
