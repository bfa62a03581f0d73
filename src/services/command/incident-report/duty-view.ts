import type { ReportDutyRecord } from '#contract/command';
import type { Actor } from '#services/context';
import type { Tx } from '#storage';
import { dutyStanding } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

/** A duty with the names a page needs. */
export interface DutyRow extends Omit<ReportDutyRecord, 'standing' | 'mayReport'> {
  readonly platformId: number;
  readonly place: number;
  readonly scenario: number | null;
  readonly missingAt: number;
  readonly stoppedAt: number | null;
  /** The clock of its recording; null for live ones. */
  readonly clock: number | null;
}

/** Duties that the caller may see, as `suffix` picks and sorts them. `d` is the duty. */
export async function loadDuties(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly DutyRow[]> {
  const { rows } = await sql<DutyRow>`
    select d.id, json_build_object('id', m.id, 'title', m.title, 'order', ${ORDER}) as matter,
      json_build_object('code', p.code, 'name', p.name) as platform, p.id as "platformId", p.place, p.scenario,
      json_build_object('code', d.rule, 'name', coalesce(u.body->>'name', d.rule)) as rule, d.kind, d.n, d.recipient, d.channel,
      d.started_at as "startedAt", d.due_at as "dueAt", d.missing_at as "missingAt", d.fulfilled_at as "fulfilledAt",
      d.stopped_at as "stoppedAt", d.report_id as report, d.replay_session_id as "replaySession", d.simulated, s.clock
    from (select d.* from report_duty d ${suffix}) d
    join report_matter m on m.id = d.matter_id join platform p on p.id = d.platform_id
    left join report_rule u on u.code = d.rule left join replay_session s on s.id = d.replay_session_id
    order by d.due_at, d.id`.execute(tx);
  return rows;
}

/** The order of the matter `m`. */
export const ORDER: RawBuilder<unknown> = sql`(select json_build_object('id', o.id, 'code', o.code) from work_order o
  where o.id = m.work_order_id)`;

export function showDuty(
  row: DutyRow,
  { actor, now }: { readonly actor: Actor; readonly now: number },
): ReportDutyRecord {
  const { platformId: _id, place, scenario, missingAt, stoppedAt, clock, ...duty } = row;
  const moments = { dueAt: duty.dueAt, missingAt, fulfilledAt: duty.fulfilledAt, stoppedAt };
  return {
    ...duty,
    standing: dutyStanding(moments, duty.replaySession === null ? now : (clock ?? duty.startedAt)),
    mayReport: actor.rights.mayAt('duty.keep', { place, scenario }),
  };
}
