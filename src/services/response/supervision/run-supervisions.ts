import type { SupervisionKind } from '#model/response';
import { announce, auditRule, type SystemContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { nextMoment, type NextStep, nextStep } from '#workflow';
import { sql } from 'kysely';

import { recipientText, supervisionRungText } from '../order-text.ts';
import { limitsInForce } from '../standard-in-force.ts';
import { supervisionLadder } from './supervision-ladder.ts';
import { KIND } from './supervision-view.ts';

interface DueRow {
  readonly id: number;
  readonly code: string;
  readonly place: number;
  readonly scenario: number | null;
  readonly issued_at: number;
  readonly answer_by: number;
  readonly step: number;
  readonly platform: string;
  readonly kind: SupervisionKind;
}

interface Climb {
  readonly row: DueRow;
  readonly step: Extract<NextStep, { kind: 'remind' }>;
  readonly nextAt: number | null;
}

/** 督办 whose next rung has come, at most 1,000 a round: reminded, marked late, announced. Gives how many. */
export async function runSupervisions(context: SystemContext): Promise<number> {
  return context.transaction(async (tx) => {
    const now = context.now();
    const { rows } = await sql<DueRow>`
      select s.id, s.code, s.place, s.scenario, s.issued_at, s.answer_by, s.step,
        p.code as platform, ${KIND} as kind
      from supervision s join platform p on p.id = s.platform_id
      where s.next_at <= ${new Date(now)} order by s.next_at limit 1000 for update of s skip locked`.execute(
      tx,
    );
    if (rows.length === 0) return 0;
    const { escalation } = await limitsInForce(tx, now);
    const climbs = rows.flatMap((row): readonly Climb[] => {
      const ladder = supervisionLadder(escalation, { issuedAt: row.issued_at, answerBy: row.answer_by });
      const step = nextStep(ladder, { step: row.step, pressAt: null }, now, escalation.unacknowledged);
      if (step.kind !== 'remind') return [];
      return [{ row, step, nextAt: nextMoment(ladder, { step: step.step, pressAt: null }) }];
    });
    await save(tx, climbs, now);
    await auditRule(
      tx,
      { rule: 'run-supervisions', at: now },
      climbs.map(({ row, step }) => ({
        action: 'supervision.reminded',
        subject: `supervision/${row.code}`,
        place: row.place,
        scenario: row.scenario,
        after: { text: textOf(row.kind, step), overdue: step.overdue },
      })),
    );
    await announce(
      tx,
      climbs.map(({ row, step }) => ({
        type: 'supervision.due',
        at: now,
        place: row.place,
        scenario: row.scenario,
        payload: {
          id: row.id,
          code: row.code,
          platform: row.platform,
          overdue: step.overdue,
          text: textOf(row.kind, step),
          to: step.rungs.flatMap((rung) => rung.recipients),
          channels: [...new Set(step.rungs.flatMap((rung) => rung.channels))],
        },
      })),
    );
    return rows.length;
  });
}

function textOf(kind: SupervisionKind, { rungs }: Climb['step']): string {
  return rungs
    .map(
      (rung) =>
        `${supervisionRungText(kind, rung.why)}，提醒${rung.recipients.map(recipientText).join('、')}`,
    )
    .join('；');
}

async function save(tx: Tx, climbs: readonly Climb[], now: number): Promise<void> {
  const rows = climbs.map(({ row, step, nextAt }) => ({
    id: row.id,
    step: step.step,
    next: nextAt,
    overdue: step.overdue,
    text: textOf(row.kind, step),
  }));
  await sql`
    with climbed as (
      update supervision s set step = r.step, next_at = to_timestamp(r.next / 1000.0),
        overdue_at = coalesce(s.overdue_at, case when r.overdue then s.answer_by end)
      from ${recordset(rows, sql`r(id bigint, step int2, next float8, overdue boolean, text text)`)}
      where s.id = r.id returning s.id, s.place, s.scenario, r.overdue, r.text
    )
    insert into supervision_entry (supervision_id, place, scenario, at, kind, text)
    select id, place, scenario, ${new Date(now)}, case when overdue then 'overdue' else 'reminded' end, text from climbed
    order by id`.execute(tx);
}
