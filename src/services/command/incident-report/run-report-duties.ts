import type { ReportChannel, ReportRecipient } from '#model/command';
import type { SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { updateAfter } from '#workflow';
import { sql } from 'kysely';

import { type OwedDuty, saveDuties, tellPlatforms } from './save-duties.ts';

const BATCH = 1000;

interface DueRow {
  readonly id: number;
  readonly matter_id: number;
  readonly place: number;
  readonly scenario: number | null;
  readonly title: string;
  readonly matter_platform: number;
  readonly platform_id: number;
  readonly rule: string;
  readonly n: number;
  readonly recipient: ReportRecipient;
  readonly channel: ReportChannel;
  readonly due_at: number;
  /** Minutes between two of a series; null for duties that stand alone. */
  readonly repeat: number | null;
  readonly unfulfilled: boolean;
  readonly simulated: boolean;
  readonly replay_session_id: null;
}

/**
 * Duties whose limit has come: whoever let it pass is told once, and the next of a series is asked for, also of the hours in which
 * this process was not there. Gives how many were looked at.
 */
export async function runReportDuties(context: SystemContext): Promise<number> {
  let sum = 0;
  for (let more = true; more;) {
    const looked = await context.transaction((tx) => runBatch(tx, context.now()));
    sum += looked;
    more = looked > 0;
  }
  return sum;
}

async function runBatch(tx: Tx, now: number): Promise<number> {
  const { rows } = await sql<DueRow>`
    with due as (
      select id from report_duty where next_at <= ${new Date(now)} order by next_at, id limit ${BATCH} for update skip locked
    )
    update report_duty d set next_at = null from due, report_matter m
    where d.id = due.id and m.id = d.matter_id
    returning d.id, d.matter_id, d.place, d.scenario, m.title, m.platform_id as matter_platform, d.platform_id, d.rule, d.n,
      d.recipient, d.channel, d.due_at, d.fulfilled_at is null as unfulfilled, d.simulated, d.replay_session_id,
      case when d.kind = 'update' and m.closed_at is null then d.repeat_minutes end as repeat`.execute(tx);
  await saveDuties(tx, rows.flatMap(nextOf), now);
  await tellPlatforms(
    tx,
    { type: 'incident-report.late', at: now },
    rows.filter(({ unfulfilled }) => unfulfilled),
  );
  return rows.length;
}

function nextOf(row: DueRow): readonly OwedDuty[] {
  if (row.repeat === null) return [];
  const { id: _id, matter_id: id, place, scenario, title, matter_platform: platform, simulated } = row;
  return [
    {
      ...updateAfter(row.due_at, row.repeat, row.n + 1),
      matter: { id, place, scenario, title, platform, session: null, simulated },
      platform: row.platform_id,
      rule: row.rule,
      recipient: row.recipient,
      channel: row.channel,
    },
  ];
}
