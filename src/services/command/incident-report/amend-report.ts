import { AppError } from '#base';
import type { incidentReportRoutes, ReportMatterDetail } from '#contract/command';
import { REPORT_FIELDS, type ReportFields } from '#model/command';
import { audit, type RequestContext } from '#services/context';
import type { z } from 'zod';

import { casualtiesOf, loadMatterDetail, lockMatter, momentOf } from './matter-view.ts';
import { carriedOver, type Change, factChanges, keepFacts, recordChanges } from './record-changes.ts';
import { loadReport, senderOf } from './report-view.ts';
import { announceReport } from './submit-report.ts';

type Body = z.output<typeof incidentReportRoutes.amendReport.body>;

/**
 * Sets right what was reported: the report stays as it was sent, what is right stands beside it with who, when and why. Throws
 * `record.not-found`, `access.denied`, `incident-report.refused`.
 */
export async function amendReport(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: Body },
): Promise<ReportMatterDetail> {
  context.authorize('duty.keep');
  return context.transaction(async (tx) => {
    const report = await loadReport(tx, params.id);
    const matter = await lockMatter(tx, report.matterId);
    context.authorizeRecord('duty.keep', senderOf(report));
    const before = { eventAt: matter.eventAt, casualties: casualtiesOf(matter) };
    const after = {
      eventAt: body.eventAt ?? before.eventAt,
      casualties: carriedOver(before.casualties, body.casualties ?? {}),
    };
    if (after.eventAt > matter.knownAt)
      throw new AppError('incident-report.refused', { reason: '发生时间不能晚于得知时间' });
    const changes = [...factChanges(before, after, true), ...fieldChanges(report.fields, body.fields ?? {})];
    if (changes.length === 0) throw new AppError('incident-report.refused', { reason: '没有改动' });
    const at = momentOf(matter, context.now());
    const recording = {
      report: report.id,
      platform: report.platformId,
      by: context.actor.name,
      at,
      reason: body.reason,
    };
    await recordChanges(tx, matter, recording, changes);
    await keepFacts(tx, matter, { ...after, at });
    await audit(context, tx, {
      action: 'incident-report.amend',
      subject: `incident-report/${report.id}`,
      after: { reason: body.reason, changes },
      place: report.place,
      scenario: report.scenario,
    });
    await announceReport(context, tx, { ...matter, report: report.id });
    return loadMatterDetail(context, tx, matter.id);
  });
}

function fieldChanges(before: ReportFields, after: NonNullable<Body['fields']>): readonly Change[] {
  return REPORT_FIELDS.flatMap((field) => {
    const is = after[field];
    return is === undefined || is === before[field]
      ? []
      : [{ field, before: before[field], after: is, flagged: false }];
  });
}
