import { AppError } from '#base';
import type { CoveragePlan, coverageRoutes } from '#contract/standard';
import { type Placed, scenarioOf } from '#model/platform';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { beijingDay } from './beijing-day.ts';
import { loadPlans } from './plan-view.ts';

type Create = z.output<typeof coverageRoutes.createPlan.body>;
type Update = z.output<typeof coverageRoutes.updatePlan.body>;
type Removal = z.output<typeof coverageRoutes.withdrawPlan.query>;
interface IdParams {
  readonly id: number;
}

/** Plans to close a gap. Throws `input.invalid`, `record.not-found`, `access.denied`, `record.exists`. */
export async function createPlan(
  context: RequestContext,
  { body }: { readonly body: Create },
): Promise<CoveragePlan> {
  context.authorize('object.manage');
  const scenario = scenarioOf(body.scenario)?.id;
  if (scenario === undefined) throw new AppError('record.not-found', { what: '场景', id: body.scenario });
  checkBody(context, body);
  return context.transaction(async (tx) => {
    const { place, object, ledger } = await subjectOf(tx, body, scenario);
    context.authorizeRecord('object.manage', { place, scenario });
    const { gap, code, what, who, dueOn } = body;
    const { rows } = await sql<{ id: number }>`
      insert into coverage_plan (scenario, place, gap, object_id, ledger_id, code, what, who, due_on, made_by, made_at)
      values (${scenario}, ${place}, ${gap}, ${object}, ${ledger}, ${code}, ${what}, ${who}, ${dueOn},
        ${context.actor.username}, ${new Date(context.now())})
      on conflict do nothing returning id`.execute(tx);
    const made = rows[0];
    if (!made) throw new AppError('record.exists', { what: '这处缺口的补齐计划', id: code || gap });
    return tell(context, tx, { id: made.id, verb: 'create', placed: { place, scenario }, after: body });
  });
}

function checkBody(context: RequestContext, { gap, object, ledger, dueOn }: Create): void {
  const ofLedger = gap === 'unregistered';
  if (ofLedger ? ledger === undefined || object !== undefined : object === undefined || ledger !== undefined)
    throw new AppError('input.invalid', {
      issues: ofLedger ? '未登记的缺口须给出底数编号（ledger）' : '这种缺口须给出监测对象编码（object）',
    });
  checkDay(context, dueOn);
}

function checkDay(context: RequestContext, dueOn: string): void {
  if (dueOn < beijingDay(context.now()))
    throw new AppError('input.invalid', { issues: '完成日期已经过去，请另选' });
}

interface Subject {
  readonly place: number;
  readonly object: number | null;
  readonly ledger: number | null;
}

/** What lacks something, and where it lies; it has to be one of that scenario in sight. */
async function subjectOf(tx: Tx, { object, ledger }: Create, scenario: number): Promise<Subject> {
  const { rows } = await sql<Subject>`
    select place, id as object, null::int as ledger from monitored_object
    where code = ${object ?? null}::text and ${scenario}::int2 = any(scenarios) and retired_at is null
    union all select place, null, id from ledger_entry where id = ${ledger ?? null}::int and scenario = ${scenario}::int2`.execute(
    tx,
  );
  const [found] = rows;
  if (found) return found;
  const what = object === undefined ? '底数' : '监测对象';
  throw new AppError('record.not-found', { what, id: String(object ?? ledger) });
}

/** Changes a plan. Throws `record.not-found`, `access.denied`, `record.changed`, `input.invalid`. */
export async function updatePlan(
  context: RequestContext,
  { params, body }: { readonly params: IdParams; readonly body: Update },
): Promise<CoveragePlan> {
  context.authorize('object.manage');
  checkDay(context, body.dueOn);
  return context.transaction(async (tx) => {
    const { placed, before } = await lock(context, tx, { id: params.id, version: body.version });
    await sql`update coverage_plan set what = ${body.what}, who = ${body.who}, due_on = ${body.dueOn}, version = version + 1
      where id = ${params.id}`.execute(tx);
    return tell(context, tx, { id: params.id, verb: 'update', placed, before, after: body });
  });
}

/** Gives a plan up. Throws `record.not-found`, `access.denied`, `record.changed`. */
export async function withdrawPlan(
  context: RequestContext,
  { params, query }: { readonly params: IdParams; readonly query: Removal },
): Promise<null> {
  context.authorize('object.manage');
  return context.transaction(async (tx) => {
    const { placed, before } = await lock(context, tx, { id: params.id, version: query.version });
    await sql`update coverage_plan set withdrawn_at = ${new Date(context.now())}, version = version + 1
      where id = ${params.id}`.execute(tx);
    const after = { reason: query.reason };
    await tell(context, tx, { id: params.id, verb: 'withdraw', placed, before, after });
    return null;
  });
}

async function lock(
  context: RequestContext,
  tx: Tx,
  { id, version }: { readonly id: number; readonly version: number },
): Promise<{ readonly placed: Placed; readonly before: CoveragePlan }> {
  const { rows } = await sql<{ place: number; scenario: number; running: boolean }>`
    select place, scenario, met_at is null and withdrawn_at is null as running from coverage_plan where id = ${id} for update`.execute(
    tx,
  );
  const [before] = await loadPlans(context, tx, sql`where p.id = ${id}`);
  const held = rows[0];
  if (!held || !before) throw new AppError('record.not-found', { what: '补齐计划', id: String(id) });
  context.authorizeRecord('object.manage', held);
  if (before.version !== version || !held.running) throw new AppError('record.changed');
  return { placed: { place: held.place, scenario: held.scenario }, before };
}

async function tell(
  context: RequestContext,
  tx: Tx,
  told: {
    readonly id: number;
    readonly verb: string;
    readonly placed: Placed;
    readonly before?: object;
    readonly after: object;
  },
): Promise<CoveragePlan> {
  const { id, verb, placed, before = null, after } = told;
  await audit(context, tx, {
    action: `coverage-plan.${verb}`,
    subject: `coverage-plan/${id}`,
    before,
    after,
    ...placed,
  });
  const payload = { id, state: 'plan' };
  await announce(tx, [{ type: 'coverage.changed', at: context.now(), ...placed, payload }]);
  const [plan] = await loadPlans(context, tx, sql`where p.id = ${id}`);
  if (!plan) throw new AppError('record.not-found', { what: '补齐计划', id: String(id) });
  return plan;
}
