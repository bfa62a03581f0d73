import { AppError } from '#base';
import type { incidentReportRoutes, ReportMatterDetail } from '#contract/command';
import {
  REPORT_FIELD_TEXT,
  REPORT_RECIPIENT_TEXT,
  type ReportDutyKind,
  type ReportStage,
} from '#model/command';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { fulfilledDuties, missingFields, nextStage, reportText, stageText } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { type DutyPlatform, findPlatform } from '../find-platform.ts';
import { writeLine } from '../log/write-line.ts';
import { casualtiesOf, loadMatterDetail, lockMatter, type MatterRow, momentOf } from './matter-view.ts';
import { carriedOver, factChanges, keepFacts, recordChanges } from './record-changes.ts';
import { refuseReport } from './refuse-report.ts';

type Body = z.output<typeof incidentReportRoutes.submitReport.body>;

interface Submission {
  readonly matter: MatterRow;
  readonly platform: DutyPlatform;
  readonly body: Body;
  readonly reportedAt: number;
}

/**
 * Reports: by the platform, on paper, or what was told by phone. A call that nobody took stands in the duty log and is no report.
 * Sent again with the same key it is the same report.
 *
 * Throws `record.not-found`, `access.denied`, `incident-report.refused`, `incident-report.incomplete`.
 */
export async function submitReport(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: Body },
): Promise<ReportMatterDetail> {
  context.authorize('duty.keep');
  return context.transaction(async (tx) => {
    const matter = await lockMatter(tx, params.id);
    const platform = await findPlatform(tx, body.platform);
    context.authorizeRecord('duty.keep', platform);
    if (await isSent(tx, context, body.idempotencyKey)) return loadMatterDetail(context, tx, matter.id);
    const now = momentOf(matter, context.now());
    refuseReport({ matter, platform, body, now });
    const reportedAt = body.call === undefined ? now : Math.min(body.call.at, now);
    const submission = { matter, platform, body, reportedAt };
    if (body.call !== undefined && body.call.outcome !== 'reached')
      await logCall(context, tx, submission, '无人接听');
    else await send(context, tx, submission);
    return loadMatterDetail(context, tx, matter.id);
  });
}

async function isSent(tx: Tx, context: RequestContext, key: string): Promise<boolean> {
  const { rows } = await sql`select from incident_report
    where by_id = ${context.actor.accountId} and idempotency_key = ${key}`.execute(tx);
  return rows.length > 0;
}

async function send(context: RequestContext, tx: Tx, submission: Submission): Promise<void> {
  const { matter, platform, body, reportedAt } = submission;
  const { stage, number } = nextStage(await sentBefore(tx, submission), body.final);
  const missing = missingFields(stage, body.fields);
  if (missing.length > 0) {
    throw new AppError('incident-report.incomplete', {
      stage: stageText(stage, number),
      missing: missing.map((field) => REPORT_FIELD_TEXT[field]).join('、'),
    });
  }
  const before = { eventAt: matter.eventAt, casualties: casualtiesOf(matter) };
  const after = { eventAt: body.eventAt, casualties: carriedOver(before.casualties, body.casualties) };
  const changes = factChanges(before, after, false);
  if (changes.some(({ flagged }) => flagged) && body.reason === undefined)
    throw new AppError('incident-report.refused', { reason: '发生时间与先前报的不同，须说明原因' });
  const log =
    body.call === undefined
      ? null
      : await logCall(context, tx, submission, `${stageText(stage, number)}，接报人 ${body.call.takenBy}`);
  const report = await insertReport(context, tx, {
    ...submission,
    stage,
    number,
    log,
    casualties: after.casualties,
  });
  await fulfil(tx, submission, { stage, report });
  const recording = {
    report,
    platform: platform.id,
    by: context.actor.name,
    at: reportedAt,
    reason: body.reason ?? null,
  };
  await recordChanges(tx, matter, recording, changes);
  await keepFacts(tx, matter, { ...after, at: reportedAt });
  if (stage === 'final' && matter.order === null && matter.incident === null)
    await closeMatter(tx, matter, reportedAt);
  await audit(context, tx, {
    action: 'incident-report.submit',
    subject: `incident-report/${report}`,
    after: { matter: matter.id, stage, number, ...body },
    place: matter.place,
    scenario: matter.scenario,
  });
  await announceReport(context, tx, { ...matter, report });
}

async function sentBefore(
  tx: Tx,
  { matter, platform, body }: Submission,
): Promise<readonly { readonly stage: ReportStage; readonly number: number }[]> {
  const { rows } = await sql<{ stage: ReportStage; number: number }>`
    select stage, number from incident_report where matter_id = ${matter.id} and platform_id = ${platform.id}
      and recipient = ${body.recipient} and channel = ${body.channel}`.execute(tx);
  return rows;
}

/** The call in the duty log of whoever reported; gives its line. */
async function logCall(
  context: RequestContext,
  tx: Tx,
  { matter, platform, body }: Submission,
  what: string,
): Promise<number> {
  const mark = matter.replaySession !== null ? '（回放）' : matter.simulated ? '（模拟）' : '';
  const { id } = await writeLine(context, tx, platform, {
    kind: 'call',
    text: `${mark}电话报${REPORT_RECIPIENT_TEXT[body.recipient]}：${matter.title}，${what}`,
    workOrder: matter.order?.id,
    outcome: body.call?.outcome,
    key: `report:${body.idempotencyKey}`,
  });
  return id;
}

async function insertReport(
  context: RequestContext,
  tx: Tx,
  report: Submission & {
    readonly stage: ReportStage;
    readonly number: number;
    readonly log: number | null;
    readonly casualties: ReturnType<typeof casualtiesOf>;
  },
): Promise<number> {
  const { matter, platform, body, reportedAt, stage, number, log, casualties } = report;
  const { fields, eventAt, recipient, channel, call, idempotencyKey } = body;
  const text = reportText({ stage, number, title: matter.title, eventAt, fields, casualties });
  const { rows } = await sql<{ id: number }>`
    insert into incident_report (matter_id, place, scenario, platform_id, recipient, channel, stage, number, fields, text,
      event_at, known_at, reported_at, recorded_at, by, by_id, taken_by, log_id, idempotency_key, replay_session_id, simulated)
    values (${matter.id}, ${matter.place}, ${matter.scenario}, ${platform.id}, ${recipient}, ${channel}, ${stage}, ${number},
      ${JSON.stringify(fields)}::jsonb, ${text}, ${new Date(eventAt)}, ${new Date(matter.knownAt)}, ${new Date(reportedAt)},
      ${new Date(context.now())}, ${context.actor.name}, ${context.actor.accountId}, ${call?.takenBy ?? null}, ${log},
      ${idempotencyKey}, ${matter.replaySession}, ${matter.simulated}) returning id`.execute(tx);
  return rows[0]?.id ?? 0;
}

interface OwedRow {
  readonly id: number;
  readonly kind: ReportDutyKind;
  readonly platform: number;
  readonly recipient: Body['recipient'];
  readonly channel: Body['channel'];
  readonly startedAt: number;
  readonly dueAt: number;
  readonly missingAt: number;
}

async function fulfil(
  tx: Tx,
  { matter, platform, body, reportedAt }: Submission,
  { stage, report }: { readonly stage: ReportStage; readonly report: number },
): Promise<void> {
  const { rows } = await sql<OwedRow>`
    select id, kind, platform_id as platform, recipient, channel, started_at as "startedAt", due_at as "dueAt",
      missing_at as "missingAt"
    from report_duty where matter_id = ${matter.id} and fulfilled_at is null and stopped_at is null`.execute(
    tx,
  );
  const { recipient, channel } = body;
  const made = { platform: platform.id, recipient, channel, stage, reportedAt };
  await sql`update report_duty set fulfilled_at = ${new Date(reportedAt)}, report_id = ${report}
    where id = any(${[...fulfilledDuties(rows, made)]}::bigint[])`.execute(tx);
}

/** The last word on what people told: nothing more of the series is owed. */
async function closeMatter(tx: Tx, matter: MatterRow, at: number): Promise<void> {
  await sql`update report_matter set closed_at = ${new Date(at)} where id = ${matter.id}`.execute(tx);
  await sql`update report_duty set stopped_at = ${new Date(at)}, next_at = null
    where matter_id = ${matter.id} and kind = 'update' and fulfilled_at is null and stopped_at is null
      and due_at >= ${new Date(at)}`.execute(tx);
}

/** Tells pages that a matter has changed. */
export async function announceReport(
  context: RequestContext,
  tx: Tx,
  {
    place,
    scenario,
    id,
    title,
    report,
  }: Pick<MatterRow, 'place' | 'scenario' | 'id' | 'title'> & { readonly report: number },
): Promise<void> {
  const payload = { id, report, text: title.slice(0, 200).toWellFormed() };
  await announce(tx, [{ type: 'incident-report.changed', at: context.now(), place, scenario, payload }]);
}
