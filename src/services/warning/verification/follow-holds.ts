import type { Tx } from '#storage';
import { sql } from 'kysely';

import { releaseAlarms } from '../admission/release-alarms.ts';
import { witnessesOf, type Witnessed } from '../agreement/witnesses.ts';
import { keepVerifications } from './keep-verifications.ts';
import { decideByRule } from './decide-by-rule.ts';
import type { ToldVerification } from './tell-verifications.ts';

const MOST = 500;

/**
 * Follows alarms and suspected events: what is held for a person is asked of one; what was only suspected is let through once another
 * kind of source says the same, or a person has confirmed what was seen. Told twice it does nothing the second time. `now` is the wall clock.
 */
export async function followHolds(tx: Tx, now: number): Promise<void> {
  await keepVerifications(tx, now);
  const suspects = await heldSuspects(tx);
  if (suspects.length === 0) return;
  const witnesses = await witnessesOf(tx, suspects);
  for (const suspect of suspects) {
    const said = [
      ...(suspect.confirmedBy === null ? [] : [`${suspect.confirmedBy} 已核实属实`]),
      ...(witnesses.get(suspect.alarm) ?? []),
    ];
    if (said.length > 0) await letThrough(tx, suspect, { why: `另有${said.slice(0, 3).join('、')}`, now });
  }
}

interface HeldSuspect extends Witnessed {
  readonly confirmedBy: string | null;
}

async function heldSuspects(tx: Tx): Promise<readonly HeldSuspect[]> {
  const { rows } = await sql<HeldSuspect>`
    select distinct a.id as alarm, a.object_id as object, a.scenario, e.sensing, a.raised_at as at, a.replay_session_id as session,
      (select v.decided_by from suspected_event v where v.point_id = a.point_id and v.state = 'confirmed'
        and v.fed_value is not null and v.fed_value <> 0 order by v.id desc limit 1) as "confirmedBy"
    from alarm_hold h join alarm a on a.id = h.alarm_id and a.normal_at is null
    join point p on p.id = a.point_id join element e on e.code = p.element_code
    where h.kind = 'verify' and h.held_by in ('source/video', 'source/social') and h.ended_at is null
    order by a.id limit ${MOST}`.execute(tx);
  return rows;
}

async function letThrough(
  tx: Tx,
  { alarm }: HeldSuspect,
  { why, now }: { readonly why: string; readonly now: number },
): Promise<void> {
  const { rows } = await sql<Omit<ToldVerification, 'text'>>`
    select v.id, v.alarm_id as alarm, v.object_id as object, v.item_code as item, v.place, v.scenario, v.level, v.simulated,
      v.replay_session_id as session
    from verification v where v.alarm_id = ${alarm} and v.decision is null and not exists (select from alarm_hold h
      where h.alarm_id = v.alarm_id and h.kind = 'verify' and h.ended_at is null and h.held_by like 'item/%')
    for update`.execute(tx);
  if (rows.length > 0) await decideByRule(tx, rows, { decision: 'agreed', note: why, now });
  await releaseAlarms(tx, sql`h.alarm_id = ${alarm} and h.kind = 'verify' and h.held_by like 'source/%'`, {
    at: now,
    why,
  });
}
