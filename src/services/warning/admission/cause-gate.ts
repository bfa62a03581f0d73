import { recordset, type Tx } from '#storage';
import type { Hold } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

import { IS_SILENCE, SILENCE_GRACE_MINUTES, SILENCES } from '../cascade/silence-of-fault.ts';
import type { AlarmCase } from './alarm-case.ts';

/** How much later (s) than the alarm its cause may have begun: both come from different devices. */
const LATER_SECONDS = 120;

interface Found {
  readonly alarm: number;
  readonly by: string;
  readonly reason: string;
}

/**
 * Alarms that are the doing of a cause which stands, or has just ended, wait under it: one warning of the power cut, not one of
 * each pump; one fault of the gateway, not one warning of each silent point. What has happened and is red (报警) is never held
 * unless the rule says so.
 */
export async function causeGate(
  tx: Tx,
  alarms: readonly AlarmCase[],
  now: number,
): Promise<ReadonlyMap<number, readonly Hold[]>> {
  const asked = sql`(
    select n.*, coalesce(i.kind = '报警' and n.level >= 4, false) as "isGrave"
    from ${recordset(
      alarms,
      sql`n(id bigint, point int, sign int, standard int, object int, item text, "raisedAt" float8, session int, level int2)`,
    )}
    left join warning_item i on i.standard_id = n.standard and i.code = n.item) n`;
  const found = [...(await byCascade(tx, asked, now)), ...(await bySilence(tx, asked, now))];
  return new Map(
    [...Map.groupBy(found, ({ alarm }) => alarm)].map(([alarm, causes]) => [
      alarm,
      causes.map(({ by, reason }) => ({ kind: 'suppressed', by, reason, until: null })),
    ]),
  );
}

/** Under warnings and faults whose rules say that such alarms follow from them. */
async function byCascade(tx: Tx, asked: RawBuilder<unknown>, now: number): Promise<readonly Found[]> {
  const { rows } = await sql<Found>`
    select n.id as alarm, c.cause_kind || '/' || c.cause_id as by, r.why || '，不另行预警' as reason
    from ${asked} join cascade_reach r on r.object_id = n.object and r.suppresses <> '{}' and n.item = any(r.suppresses)
    join cascade c on c.id = r.cascade_id
    where (c.ended_at is null or c.ended_at + make_interval(mins => r.grace_minutes) > ${new Date(now)})
      and to_timestamp(n."raisedAt" / 1000.0) >= c.began_at - make_interval(secs => ${LATER_SECONDS})
      and c.replay_session_id is not distinct from n.session
      and (not n."isGrave" or n.item = any(r.even_red))
    order by c.id`.execute(tx);
  return rows;
}

/** Of silence, under the fault of the point, its device or its line. */
async function bySilence(tx: Tx, asked: RawBuilder<unknown>, now: number): Promise<readonly Found[]> {
  const { rows } = await sql<Found>`
    select n.id as alarm, 'fault/' || f.id as by, f.summary || '，数据中断是同一件事，不另行预警' as reason
    from ${asked} join sign s on s.id = n.sign join point p on p.id = n.point join fault f on ${SILENCES}
    where ${IS_SILENCE} and not n."isGrave" and n.session is null
      and (f.state not in ('resolved', 'closed')
        or coalesce(f.resolved_at, f.closed_at) + make_interval(mins => ${SILENCE_GRACE_MINUTES}) > ${new Date(now)})
    order by f.id`.execute(tx);
  return rows;
}
