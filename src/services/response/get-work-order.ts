import { AppError } from '#base';
import type { WorkOrderDetail } from '#contract/response';
import { FINDING_KIND_TEXT, VERDICTS } from '#model/response';
import { DISPOSAL_TYPES, unitText } from '#model/standard';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { amendableOf, closureFindings } from '#workflow';
import { sql } from 'kysely';

import { calleesOf } from './call-names.ts';
import { amendedRecord, whyNotAmended } from './closure/amendable.ts';
import { escalationFor, pressingOf } from './escalation.ts';
import { loadAmendments } from './gates/amendments.ts';
import { nextCall } from './next-call.ts';
import {
  isWhole,
  loadDeadlines,
  loadOrders,
  momentOf,
  type OrderRow,
  recordOf,
  showOrder,
  stateText,
} from './order-view.ts';
import { loadWork, type OrderWork, showResults } from './order-work.ts';
import { loadAttachments } from './photo/load-attachments.ts';
import { limitsInForce } from './standard-in-force.ts';

/** One order with its handbook, limits and timeline. Throws `record.not-found` also for what the caller may not see. */
export async function getWorkOrder(context: RequestContext, id: number): Promise<WorkOrderDetail> {
  context.authorize('work-order.read');
  return context.transaction((tx) => loadDetail(context, tx, id));
}

/** `standing`: what the same transaction has read of it already. */
export async function loadDetail(
  context: RequestContext,
  tx: Tx,
  id: number,
  standing?: OrderWork['standing'],
): Promise<WorkOrderDetail> {
  const [row] = await loadOrders(tx, sql`where o.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '工单', id });
  context.authorizeRecord('work-order.read', row);
  const deadlines = (await loadDeadlines(tx, [id])).get(id) ?? [];
  const { handbook } = row;
  const work = await loadWork(tx, id, standing);
  const now = momentOf(row, context.now());
  const standard = await limitsInForce(tx, now);
  const amendments = await loadAmendments(tx, id);
  return {
    ...showOrder(row, deadlines, { actor: context.actor, now, standard, work }),
    handbook: {
      standard: row.standard_version,
      disposalTypes: handbook.disposalTypes.map((type) => DISPOSAL_TYPES[type]),
      reviewer: handbook.reviewer.unit,
      coUnits: [...handbook.coUnits],
      notify: [...handbook.notify],
      limitClass: handbook.limitClass,
    },
    steps: showSteps(row, work),
    results: showResults(row, work),
    entries: await loadEntries(tx, id),
    callees: await calleesOf(tx, row, nextCall(row, deadlines, { now, standard })),
    escalation: escalationFor(context.actor, row, pressingOf(row, deadlines, standard)),
    verdict: VERDICTS.find((one) => one === row.verdict) ?? null,
    falseAlarm: row.false_alarm,
    told: row.told,
    unitReason: row.unit_reason,
    incident: await loadIncidentOf(tx, id),
    parts: await loadParts(tx, id),
    mayOpenPart: isWhole(row) && context.actor.rights.mayAt('work-order.dispatch', row),
    mayNote: context.actor.rights.mayAt('work-order.note', row),
    merged: await loadMerged(tx, id),
    standing: work.standing.map(({ text, unit }) => ({ text, unit: unitText(unit) })),
    measurement: work.measurement,
    findings: showFindings(row, work),
    amendments,
    amendable:
      whyNotAmended(row, context.actor) === undefined
        ? [...amendableOf(amendedRecord(row, work, amendments))]
        : [],
  };
}

/** From its clearing on: before that everybody knows that it is not whole. */
function showFindings(row: OrderRow, work: OrderWork): WorkOrderDetail['findings'] {
  if (row.cleared_at === null || row.merged_into !== null || row.waived) return [];
  const findings = closureFindings(recordOf(row, work));
  return findings.map((one) => ({ ...one, kindText: FINDING_KIND_TEXT[one.kind] }));
}

async function loadParts(tx: Tx, id: number): Promise<WorkOrderDetail['parts']> {
  const { rows } = await sql<
    Omit<WorkOrderDetail['parts'][number], 'stateText'> & Parameters<typeof stateText>[0]
  >`
    select o.id, o.code, o.unit, a.name as handler, o.state, o.told, o.waived, o.verdict,
      case when o.merged_into is not null then json_build_object('id', o.merged_into, 'code', (
        select w.code from work_order w where w.id = o.merged_into)) end as merged_into
    from work_order o left join account_name a on a.id = o.handler_id where o.parent_id = ${id} order by o.id`.execute(
    tx,
  );
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    unit: row.unit,
    handler: row.handler,
    state: row.state,
    stateText: stateText(row),
    told: row.told,
  }));
}

async function loadIncidentOf(tx: Tx, id: number): Promise<WorkOrderDetail['incident']> {
  const { rows } = await sql<NonNullable<WorkOrderDetail['incident']>>`
    select i.id, i.code, i.title from work_order o join incident i on i.id = o.incident_id where o.id = ${id}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

async function loadMerged(tx: Tx, id: number): Promise<WorkOrderDetail['merged']> {
  const { rows } = await sql<WorkOrderDetail['merged'][number]>`
    select o.id, o.code, m.name as object from work_order o join monitored_object m on m.id = o.object_id
    where o.merged_into = ${id} order by o.id`.execute(tx);
  return [...rows];
}

function showSteps({ handbook }: OrderRow, work: OrderWork): WorkOrderDetail['steps'] {
  return handbook.steps.map(({ code, text, evidence, required }) => {
    const its = work.steps.get(code);
    return { code, text, evidence, required, doneAt: its?.at ?? null, doneBy: its?.by ?? null };
  });
}

async function loadEntries(tx: Tx, id: number): Promise<WorkOrderDetail['entries']> {
  const entries = await tx
    .selectFrom('work_order_entry')
    .select(['id', 'at', 'by', 'kind', 'text', 'note', 'acted_at'])
    .where('work_order_id', '=', id)
    .orderBy('id')
    .execute();
  const attachments = await loadAttachments(tx, sql`work_order_id = ${id}`);
  return entries.map(({ id: entry, at, by, kind, text, note, acted_at: actedAt }) => ({
    at,
    by,
    kind,
    text,
    note,
    actedAt,
    attachments: attachments.flatMap((one) => (one.entry === entry ? [one.shown] : [])),
  }));
}
