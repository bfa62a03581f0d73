import { AppError, toBeijing } from '#base';
import type { HandPlan, handRoutes, WorkOrderDetail } from '#contract/response';
import { DISPOSAL_TYPES } from '#model/standard';
import type { Level } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { dueMoments } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadDetail } from '../get-work-order.ts';
import { type OrderPlan, planOf } from '../order-plan.ts';
import { handText } from '../order-text.ts';
import { keyOfPerson } from '../save-advance.ts';
import { handbooksInForce, type LimitsInForce, limitsInForce } from '../standard-in-force.ts';
import { findUnit, type FoundUnit } from './find-unit.ts';
import { insertOrder } from './insert-order.ts';

type PlanQuery = z.output<typeof handRoutes.planWorkOrder.query>;
type OpenRequest = z.output<typeof handRoutes.openWorkOrder.body>;

interface ItemRow {
  readonly code: string;
  readonly name: string;
  readonly scenario: number;
  readonly scenarioName: string;
  readonly owner: string;
}

interface Subject {
  readonly object: { readonly id: number; readonly place: number; readonly simulated: boolean };
  readonly items: readonly ItemRow[];
}

interface Planned {
  readonly plan: OrderPlan;
  readonly found: FoundUnit;
  readonly item: ItemRow;
  readonly standard: LimitsInForce;
}

/** What an order at an object would be. Throws `record.not-found` for an object that is not the caller's to dispatch at. */
export async function planWorkOrder(context: RequestContext, query: PlanQuery): Promise<HandPlan> {
  context.authorize('work-order.dispatch');
  return context.transaction(async (tx) => {
    const subject = await loadSubject(context, tx, query.object);
    const items = subject.items.map(({ code, name, scenarioName }) => ({ code, name, scenarioName }));
    if (query.item === undefined || query.level === undefined) return { items, plan: null };
    const at = context.now();
    const { plan, found, item, standard } = await planFor(tx, subject, {
      item: query.item,
      level: query.level,
      at,
    });
    const { handbook } = plan;
    const limitClass = standard.classOf(handbook.limitClass);
    const limits = dueMoments(
      { limitClass, level: query.level, overrides: plan.overrides },
      at,
      standard.calendarOf(item.scenario),
    );
    return {
      items,
      plan: {
        inHandbook: plan.inHandbook,
        standard: plan.version,
        steps: handbook.steps.map(({ text }) => text),
        disposalTypes: handbook.disposalTypes.map((type) => DISPOSAL_TYPES[type]),
        coUnits: [...handbook.coUnits],
        unit: found.unit,
        ground: found.ground,
        unitReason: found.reason,
        deadlines: limits.map(({ kind, dueAt }) => ({ kind, dueAt })),
      },
    };
  });
}

/**
 * Opens an order that no warning brought: a patrol, a superior, 12345. Sent twice with the same key it is opened once. Throws
 * `record.not-found`, `input.invalid` for an item that the object does not have.
 */
export async function openWorkOrder(context: RequestContext, request: OpenRequest): Promise<WorkOrderDetail> {
  context.authorize('work-order.dispatch');
  return context.transaction(async (tx) => {
    const subject = await loadSubject(context, tx, request.object);
    const key = keyOfPerson(`${context.actor.accountId}:${request.idempotencyKey}`);
    // Two clicks at once wait for each other here.
    await sql`select pg_advisory_xact_lock(hashtext('open-by-hand'), ${subject.object.id}::int)`.execute(tx);
    const before = await openedWith(tx, subject.object.id, key);
    if (before !== undefined) return loadDetail(context, tx, before);
    const at = context.now();
    const { plan, found, item, standard } = await planFor(tx, subject, {
      item: request.item,
      level: request.level,
      at,
    });
    const unit = request.unit ?? found.unit;
    const { id } = await insertOrder(
      tx,
      context,
      {
        source: request.source,
        object: subject.object.id,
        item: item.code,
        place: subject.object.place,
        scenario: item.scenario,
        level: request.level,
        unit,
        unitReason:
          unit === found.unit ? found.reason : `${context.actor.name}指定（系统找到的是${found.unit}）`,
        told: request.told,
        plan,
        openedAt: at,
        replaySession: null,
        simulated: subject.object.simulated,
        code: `GD${dayText(at)}-R`,
        key,
        text: handText(request.source, unit),
      },
      standard,
    );
    return loadDetail(context, tx, id);
  });
}

async function loadSubject(context: RequestContext, tx: Tx, code: string): Promise<Subject> {
  const { rows } = await sql<Subject['object'] & { scenarios: readonly number[] }>`
    select id, place, simulated, to_json(scenarios) as scenarios from monitored_object
    where code = ${code} and retired_at is null`.execute(tx);
  const [object] = rows;
  if (!object) throw new AppError('record.not-found', { what: '监测对象', id: code });
  const mine = object.scenarios.filter((scenario) =>
    context.actor.rights.mayAt('work-order.dispatch', { place: object.place, scenario }),
  );
  const { rows: items } = await sql<ItemRow>`
    select distinct on (i.code) i.code, i.name, s.id as scenario, s.name as "scenarioName", s.owner
    from warning_item i join standard_version v on v.id = i.standard_id join scenario s on s.id = i.scenario
    where i.scenario = any(${mine}::int2[]) and v.effective_from <= ${new Date(context.now())}
      and (v.retired_at is null or v.retired_at > ${new Date(context.now())})
    order by i.code, v.effective_from desc, v.id desc`.execute(tx);
  return { object, items };
}

async function planFor(
  tx: Tx,
  { object, items }: Subject,
  asked: { readonly item: string; readonly level: Level; readonly at: number },
): Promise<Planned> {
  const item = items.find((one) => one.code === asked.item);
  if (!item)
    throw new AppError('input.invalid', { issues: `这个对象没有预警事项 ${asked.item}，请从列表中选` });
  const standard = await limitsInForce(tx, asked.at);
  const handbookOf = await handbooksInForce(tx, [item.code], asked.at);
  const subject = { item: item.code, level: asked.level, owner: item.owner };
  const plan = planOf(subject, handbookOf(item.code, asked.level), standard);
  const found = await findUnit(tx, {
    object: object.id,
    scenario: item.scenario,
    at: asked.at,
    inHandbook: plan.handbook.responsible.unit,
  });
  return { plan, found, item, standard };
}

async function openedWith(tx: Tx, object: number, key: string): Promise<number | undefined> {
  const row = await tx
    .selectFrom('work_order_entry as e')
    .innerJoin('work_order as o', 'o.id', 'e.work_order_id')
    .select('o.id')
    .where('o.object_id', '=', object)
    .where('o.source', '<>', 'warning')
    .where('e.idempotency_key', '=', key)
    .executeTakeFirst();
  return row?.id;
}

function dayText(at: number): string {
  const { year, month, day } = toBeijing(at);
  return `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
}
