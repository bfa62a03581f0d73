import { AppError } from '#base';
import type { incidentReportRoutes, ReportMatterDetail } from '#contract/command';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadMatterDetail, lockMatter } from './matter-view.ts';
import { DISTRICT, isReceivedHere, loadReport, type ReportRow, senderOf } from './report-view.ts';
import { announceReport } from './submit-report.ts';

interface Asked<Body> {
  readonly params: { readonly id: number };
  readonly body: Body;
}
type Ask = z.output<typeof incidentReportRoutes.askAboutReport.body>;
type Answer = z.output<typeof incidentReportRoutes.answerReportQuestion.body>;

/** 签收: the district's watch has it. Signed twice it stays signed by the first. Throws `record.not-found`, `access.denied`, `incident-report.illegal-action`. */
export async function signReport(
  context: RequestContext,
  { params }: { readonly params: { readonly id: number } },
): Promise<ReportMatterDetail> {
  return atReport(context, params.id, async (tx, report) => {
    requireReceiver(context, report, '签收');
    if (report.channel === 'phone')
      throw new AppError('incident-report.illegal-action', {
        action: '签收',
        reason: '电话报送以接报人为准',
      });
    const { rows } =
      await sql`update incident_report set signed_at = ${new Date(context.now())}, signed_by = ${context.actor.name}
      where id = ${report.id} and signed_at is null returning id`.execute(tx);
    return rows.length === 0 ? undefined : { action: 'incident-report.sign', after: {} };
  });
}

/** 追问: the district's watch asks back. */
export async function askAboutReport(
  context: RequestContext,
  { params, body }: Asked<Ask>,
): Promise<ReportMatterDetail> {
  return atReport(context, params.id, async (tx, report) => {
    requireReceiver(context, report, '追问');
    await sql`insert into report_question (report_id, matter_id, place, scenario, asked_at, asked_by, question)
      values (${report.id}, ${report.matterId}, ${report.place}, ${report.scenario}, ${new Date(context.now())},
        ${context.actor.name}, ${body.question})`.execute(tx);
    return { action: 'incident-report.ask', after: body };
  });
}

/** The answer, by whoever keeps duty where the report came from. */
export async function answerReportQuestion(
  context: RequestContext,
  { params, body }: Asked<Answer>,
): Promise<ReportMatterDetail> {
  context.authorize('duty.keep');
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ report: number; answeredAt: number | null }>`
      select report_id as report, answered_at as "answeredAt" from report_question where id = ${params.id} for update`.execute(
      tx,
    );
    const [question] = rows;
    if (!question) throw new AppError('record.not-found', { what: '追问', id: params.id });
    const report = await loadReport(tx, question.report);
    context.authorizeRecord('duty.keep', senderOf(report));
    if (question.answeredAt !== null)
      throw new AppError('incident-report.illegal-action', { action: '答复', reason: '已经答复过' });
    await sql`update report_question set answered_at = ${new Date(context.now())}, answered_by = ${context.actor.name},
      answer = ${body.answer} where id = ${params.id}`.execute(tx);
    return finish(context, tx, report, { action: 'incident-report.answer', after: body });
  });
}

interface Done {
  readonly action: string;
  readonly after: object;
}

async function atReport(
  context: RequestContext,
  id: number,
  act: (tx: Tx, report: ReportRow) => Promise<Done | undefined>,
): Promise<ReportMatterDetail> {
  context.authorize('duty.keep');
  return context.transaction(async (tx) => {
    const report = await loadReport(tx, id);
    await lockMatter(tx, report.matterId);
    return finish(context, tx, report, await act(tx, report));
  });
}

/** Throws `access.denied`, `incident-report.illegal-action`. */
function requireReceiver(context: RequestContext, report: ReportRow, action: string): void {
  context.authorizeRecord('duty.keep', DISTRICT);
  if (!isReceivedHere(report))
    throw new AppError('incident-report.illegal-action', { action, reason: '这份报告不是报给区总平台的' });
}

async function finish(
  context: RequestContext,
  tx: Tx,
  report: ReportRow,
  done: Done | undefined,
): Promise<ReportMatterDetail> {
  const { id, place, scenario, matterId, matter } = report;
  if (done !== undefined) {
    await audit(context, tx, { ...done, subject: `incident-report/${id}`, place, scenario });
    await announceReport(context, tx, { id: matterId, title: matter.title, place, scenario, report: id });
  }
  return loadMatterDetail(context, tx, matterId);
}
