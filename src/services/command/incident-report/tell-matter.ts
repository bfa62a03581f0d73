import { AppError } from '#base';
import type { incidentReportRoutes, ReportMatterDetail } from '#contract/command';
import { REPORT_TRIGGER_TEXT } from '#model/command';
import { scenarioOf } from '#model/platform';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { type DutyPlatform, findPlatform } from '../find-platform.ts';
import { loadMatterDetail, lockMatter } from './matter-view.ts';
import { carriedOver, keepFacts } from './record-changes.ts';
import { reportingPlatforms } from './reporting-platforms.ts';
import { rulesInForce } from './report-rules.ts';
import { dutiesOf, saveDuties } from './save-duties.ts';
import { announceReport } from './submit-report.ts';

type Body = z.output<typeof incidentReportRoutes.tellReportMatter.body>;

interface Place {
  readonly place: number;
  readonly scenario: number | null;
}

/**
 * An emergency or an accident that people tell, at an order or on its own: the rules' duties arise from the moment at which it was
 * known. Told again with the same key it is the same one.
 *
 * Throws `record.not-found`, `access.denied`, `incident-report.refused`.
 */
export async function tellReportMatter(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<ReportMatterDetail> {
  context.authorize('duty.keep');
  return context.transaction(async (tx) => {
    const platform = await findPlatform(tx, body.platform);
    context.authorizeRecord('duty.keep', platform);
    const now = context.now();
    if (body.knownAt > now) refuse('得知时间不能晚于现在');
    if (body.eventAt > body.knownAt) refuse('发生时间不能晚于得知时间');
    const told = await toldBefore(tx, context, body.idempotencyKey);
    if (told !== undefined) return loadMatterDetail(context, tx, told);
    const id = await openMatter(context, tx, platform, body);
    const matter = await lockMatter(tx, id);
    const { district } = await reportingPlatforms(tx);
    const owing = {
      id,
      place: matter.place,
      scenario: matter.scenario,
      title: matter.title,
      platform: matter.platformId,
      session: matter.replaySession,
      simulated: matter.simulated,
    };
    const occasion = { matter: owing, trigger: body.trigger, at: body.knownAt };
    if (district !== undefined)
      await saveDuties(tx, dutiesOf([occasion], await rulesInForce(tx), district), now);
    const casualties = carriedOver(matter, body.casualties);
    await keepFacts(tx, matter, { eventAt: matter.eventAt, casualties, at: body.knownAt });
    await audit(context, tx, {
      action: 'report-matter.tell',
      subject: `report-matter/${id}`,
      after: body,
      place: matter.place,
      scenario: matter.scenario,
    });
    await announceReport(context, tx, { ...matter, report: 0 });
    return loadMatterDetail(context, tx, id);
  });
}

async function toldBefore(tx: Tx, context: RequestContext, key: string): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`select id from report_matter
    where told_by_id = ${context.actor.accountId} and idempotency_key = ${key}`.execute(tx);
  return rows[0]?.id;
}

/** At an order that is reported on already it is the same matter. */
async function openMatter(
  context: RequestContext,
  tx: Tx,
  platform: DutyPlatform,
  body: Body,
): Promise<number> {
  const order = body.workOrder === undefined ? undefined : await orderOf(context, tx, body.workOrder);
  const { place, scenario } = order ?? placeOf(platform, body.scenario);
  const { actor } = context;
  const { deaths, injuries, unaccounted } = body.casualties;
  const title = `${body.title}（${REPORT_TRIGGER_TEXT[body.trigger]}）`;
  const { rows } = await sql<{ id: number }>`
    insert into report_matter (place, scenario, platform_id, trigger, title, work_order_id, warning_id, event_at, known_at, deaths, injuries,
      unaccounted, told, told_by, told_by_id, idempotency_key, opened_at, replay_session_id, simulated)
    values (${place}, ${scenario}, ${platform.id}, ${body.trigger}, ${title}, ${body.workOrder ?? null}, ${order?.warning ?? null},
      ${new Date(body.eventAt)}, ${new Date(body.knownAt)}, ${deaths}, ${injuries}, ${unaccounted}, ${body.told}, ${actor.name}, ${actor.accountId},
      ${body.idempotencyKey}, ${new Date(context.now())}, ${order?.session ?? null}, ${order?.simulated ?? false})
    on conflict (work_order_id) where work_order_id is not null do nothing returning id`.execute(tx);
  if (rows[0]) return rows[0].id;
  const { rows: known } = await sql<{ id: number }>`
    select id from report_matter where work_order_id = ${body.workOrder}`.execute(tx);
  if (!known[0]) throw new AppError('record.not-found', { what: '报送事项', id: body.workOrder });
  return known[0].id;
}

interface OrderPlace extends Place {
  readonly warning: number | null;
  readonly session: number | null;
  readonly simulated: boolean;
}

async function orderOf(context: RequestContext, tx: Tx, id: number): Promise<OrderPlace> {
  const { rows } = await sql<OrderPlace>`
    select place, scenario, warning_id as warning, replay_session_id as session, simulated from work_order where id = ${id}`.execute(
    tx,
  );
  const [order] = rows;
  if (!order) throw new AppError('record.not-found', { what: '工单', id });
  context.authorizeRecord('duty.keep', order);
  return order;
}

/** Where what a platform tells lies: in its territory, in its scenario or the one that is named. */
function placeOf(platform: DutyPlatform, code: string | undefined): Place {
  if (code === undefined) return { place: platform.place, scenario: platform.scenario };
  const scenario = scenarioOf(code);
  if (!scenario) throw new AppError('record.not-found', { what: '场景', id: code });
  return { place: platform.place, scenario: scenario.id };
}

function refuse(reason: string): never {
  throw new AppError('incident-report.refused', { reason });
}
