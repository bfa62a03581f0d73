import { AppError } from '#base';
import type { incidentReportRoutes, ReportMatterDetail } from '#contract/command';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadMatterDetail, lockMatter } from './matter-view.ts';
import { reportingPlatforms } from './reporting-platforms.ts';
import { announceReport } from './submit-report.ts';

type Body = z.output<typeof incidentReportRoutes.gatherReports.body>;

interface IncidentRow {
  readonly id: number;
  readonly code: string;
  readonly title: string;
  readonly place: number;
  readonly scenario: number;
  readonly level: number;
  readonly state: string;
  readonly openedAt: number;
  readonly session: number | null;
  readonly simulated: boolean;
}

const RED = 4;

/**
 * One report for an incident instead of one for each of its orders (合并报送): opens the incident's own matter. What its orders owe,
 * now and later, goes over to it. Asked again it is the same matter.
 *
 * Throws `record.not-found`, `access.denied`, `incident-report.refused` (closed, or of a recording).
 */
export async function gatherReports(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<ReportMatterDetail> {
  context.authorize('duty.keep');
  return context.transaction(async (tx) => {
    const incident = await findIncident(tx, body.incident);
    context.authorizeRecord('duty.keep', incident);
    if (incident.state === 'closed')
      throw new AppError('incident-report.refused', { reason: '事件已结案，各工单按各自的要求报送' });
    if (incident.session !== null)
      throw new AppError('incident-report.refused', { reason: '回放和演练中的事件不合并报送' });
    const id = await openWhole(context, tx, incident, body.reason);
    const matter = await lockMatter(tx, id);
    await audit(context, tx, {
      action: 'report-matter.gather',
      subject: `report-matter/${id}`,
      after: body,
      place: matter.place,
      scenario: matter.scenario,
    });
    await announceReport(context, tx, { ...matter, report: 0 });
    return loadMatterDetail(context, tx, id);
  });
}

async function findIncident(tx: Tx, id: number): Promise<IncidentRow> {
  const { rows } = await sql<IncidentRow>`
    select id, code, title, place, scenario, level, state, opened_at as "openedAt", replay_session_id as session, simulated
    from incident where id = ${id}`.execute(tx);
  if (!rows[0]) throw new AppError('record.not-found', { what: '事件', id });
  return rows[0];
}

async function openWhole(
  context: RequestContext,
  tx: Tx,
  incident: IncidentRow,
  reason: string,
): Promise<number> {
  const { ofScenario, district } = await reportingPlatforms(tx);
  const platform = ofScenario(incident.scenario) ?? district;
  const { actor } = context;
  const { rows } = await sql<{ id: number }>`
    insert into report_matter (place, scenario, platform_id, trigger, title, incident_id, event_at, known_at, told, told_by,
      told_by_id, opened_at, simulated)
    select ${incident.place}, ${incident.scenario}, ${platform}, ${incident.level >= RED ? 'red-warning' : 'orange-warning'},
      ${`${incident.title}（合并报送）`}, ${incident.id}, ${new Date(incident.openedAt)}, ${new Date(incident.openedAt)},
      ${reason}, ${actor.name}, ${actor.accountId}, ${new Date(context.now())}, ${incident.simulated}
    on conflict (incident_id) where incident_id is not null do nothing returning id`.execute(tx);
  if (rows[0]) return rows[0].id;
  const { rows: known } = await sql<{ id: number }>`
    select id from report_matter where incident_id = ${incident.id}`.execute(tx);
  if (!known[0]) throw new AppError('record.not-found', { what: '报送事项', id: incident.id });
  return known[0].id;
}
