import { AppError } from '#base';
import type { IncidentReport } from '#contract/command';
import type { ReportFields, ReportFlag } from '#model/command';
import type { Actor } from '#services/context';
import type { Tx } from '#storage';
import { stageText } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

import { ORDER } from './duty-view.ts';

/** A report with the names a page needs. */
export interface ReportRow extends Omit<IncidentReport, 'flags' | 'allowedActions' | 'stageText'> {
  readonly matterId: number;
  readonly place: number;
  readonly scenario: number | null;
  readonly platformId: number;
  readonly platformPlace: number;
  readonly platformScenario: number | null;
  /** Whether a duty that it fulfilled was due before. */
  readonly late: boolean;
  readonly changed: boolean;
}

/** The district's watch: its stretch of territory begins with number 1. */
export const DISTRICT = { place: 1, scenario: null };

/** Reports that the caller may see, as `suffix` picks and sorts them, the newest first. `r` is the report. */
export async function loadReports(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly ReportRow[]> {
  const { rows } = await sql<ReportRow & { fields: ReportFields }>`
    select r.id, json_build_object('id', m.id, 'title', m.title, 'order', ${ORDER}) as matter, m.id as "matterId", r.place,
      r.scenario, json_build_object('code', p.code, 'name', p.name) as platform, p.id as "platformId",
      p.place as "platformPlace", p.scenario as "platformScenario", r.recipient, r.channel, r.stage, r.number, r.fields, r.text,
      r.event_at as "eventAt", r.known_at as "knownAt", r.reported_at as "reportedAt", r.recorded_at as "recordedAt", r.by,
      r.taken_by as "takenBy", r.signed_at as "signedAt", r.signed_by as "signedBy", r.replay_session_id as "replaySession",
      r.simulated, exists (select from report_duty d where d.report_id = r.id and d.matter_id = r.matter_id
        and d.fulfilled_at > d.due_at) as late,
      exists (select from report_change c where c.matter_id = r.matter_id and c.report_id = r.id and c.flagged) as changed
    from (select r.* from incident_report r ${suffix}) r
    join report_matter m on m.id = r.matter_id join platform p on p.id = r.platform_id
    order by r.reported_at desc, r.id desc`.execute(tx);
  return rows;
}

/** One report. Throws `record.not-found`. */
export async function loadReport(tx: Tx, id: number): Promise<ReportRow> {
  const [row] = await loadReports(tx, sql`where r.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '信息报告', id });
  return row;
}

/** Where its sender lies. */
export function senderOf({ platformPlace, platformScenario }: ReportRow): {
  readonly place: number;
  readonly scenario: number | null;
} {
  return { place: platformPlace, scenario: platformScenario };
}

export function showReport(row: ReportRow, actor: Actor): IncidentReport {
  const { matterId: _matter, place: _place, scenario: _scenario, platformId: _platform, ...rest } = row;
  const { platformPlace: _at, platformScenario: _of, late, changed, ...report } = rest;
  const flags: ReportFlag[] = [];
  if (late) flags.push('late');
  if (changed) flags.push('changed');
  return {
    ...report,
    stageText: stageText(report.stage, report.number),
    flags,
    allowedActions: [...actionsOf(row, actor)],
  };
}

function actionsOf(row: ReportRow, actor: Actor): IncidentReport['allowedActions'] {
  const actions: IncidentReport['allowedActions'] = [];
  if (isReceivedHere(row) && actor.rights.mayAt('duty.keep', DISTRICT)) {
    if (row.channel !== 'phone' && row.signedAt === null) actions.push('sign');
    actions.push('ask');
  }
  if (actor.rights.mayAt('duty.keep', senderOf(row))) actions.push('amend');
  return actions;
}

/** Only the district's watch receives here. */
export function isReceivedHere({ recipient }: Pick<ReportRow, 'recipient'>): boolean {
  return recipient === 'district';
}
