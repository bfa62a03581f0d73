import type { SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { releaseAlarms } from '../admission/release-alarms.ts';
import { IS_SILENCE, SILENCE_GRACE_MINUTES } from './silence-of-fault.ts';

/** By the clock: forecasts whose time has passed did not come true, and what an ended cause has held is let through. */
export async function runCascades(context: SystemContext): Promise<void> {
  const now = context.now();
  await context.transaction(async (tx) => {
    await passForecasts(tx, now);
    for (const { by, title } of await endedCauses(tx, now)) {
      await releaseAlarms(tx, sql`h.kind = 'suppressed' and h.held_by = ${by} and ${isOver(now)}`, {
        at: now,
        why: `${title}已消除，报警仍未恢复`,
      });
    }
  });
}

/** A recording has its own clock: its forecasts are over with it. */
async function passForecasts(tx: Tx, now: number): Promise<void> {
  await sql`update cascade_reach r set outcome = 'did-not', settled_at = r.until_at
    from cascade c where c.id = r.cascade_id and r.outcome = 'pending' and (
      c.replay_session_id is null and r.until_at < ${new Date(now)}
      or exists (select from replay_session s where s.id = c.replay_session_id and s.ended_at is not null))`.execute(
    tx,
  );
}

/** Of a hold `h`: nothing is left of its cause, nor of the time it was given after its end. */
function isOver(now: number): RawBuilder<boolean> {
  const moment = new Date(now);
  return sql`not exists (
      select from alarm a join cascade_reach r on r.object_id = a.object_id and a.item_code = any(r.suppresses)
        join cascade c on c.id = r.cascade_id
      where a.id = h.alarm_id and c.cause_kind || '/' || c.cause_id = h.held_by
        and (c.ended_at is null or c.ended_at + make_interval(mins => r.grace_minutes) > ${moment})
    ) and not exists (
      select from alarm a join sign s on s.id = a.sign_id, fault f
      where a.id = h.alarm_id and ${IS_SILENCE} and 'fault/' || f.id = h.held_by
        and (f.state not in ('resolved', 'closed')
          or coalesce(f.resolved_at, f.closed_at) + make_interval(mins => ${SILENCE_GRACE_MINUTES}) > ${moment})
    )`;
}

async function endedCauses(
  tx: Tx,
  now: number,
): Promise<readonly { readonly by: string; readonly title: string }[]> {
  const { rows } = await sql<{ by: string; title: string }>`
    select distinct h.held_by as by, coalesce(c.title, f.subject_name || '的故障', h.held_by) as title
    from alarm_hold h
    left join cascade c on c.cause_kind = split_part(h.held_by, '/', 1) and c.cause_id = split_part(h.held_by, '/', 2)::bigint
    left join fault f on split_part(h.held_by, '/', 1) = 'fault' and f.id = split_part(h.held_by, '/', 2)::bigint
    where h.kind = 'suppressed' and h.ended_at is null and h.held_by ~ '^(warning|fault)/[0-9]+$' and ${isOver(now)}
    order by 1`.execute(tx);
  return rows;
}
