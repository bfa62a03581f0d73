import type { Event } from '#bus';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { IS_SILENCE, SILENCES } from './silence-of-fault.ts';

/** Warnings of silence that were there before their fault was found are shown under it from now on; they stay open. */
export async function groupSilent(tx: Tx, events: readonly Event[]): Promise<void> {
  const faults = events.filter(({ type }) => type === 'fault.opened').map(({ payload }) => payload.id);
  if (faults.length === 0) return;
  await sql`update warning w set cause = 'fault/' || g.fault
    from (
      select distinct on (e.warning_id) e.warning_id, f.id as fault
      from fault f, warning_evidence e join alarm a on a.id = e.alarm_id join sign s on s.id = a.sign_id
        join point p on p.id = a.point_id join warning w on w.id = e.warning_id
      where f.id = any(${faults}::bigint[]) and w.state = 'open' and w.cause is null and ${IS_SILENCE} and ${SILENCES}
      order by e.warning_id, f.id
    ) g
    where w.id = g.warning_id`.execute(tx);
}
