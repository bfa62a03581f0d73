import { AppError } from '#base';
import type { basisRoutes } from '#contract/standard';
import { covers, type Placed, scenarioCodeOf, scenarioOf } from '#model/platform';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { beijingDay } from '../coverage/beijing-day.ts';
import { placeOfScenario } from '../version/place-of-scenario.ts';
import { citing, loadCites } from './cites.ts';
import { signsAt } from './signs-at.ts';

type Replaced = z.output<typeof basisRoutes.tellBasisReplaced.body>;
type Moved = z.output<typeof basisRoutes.tellStationMoved.body>;
type Reply = z.output<typeof basisRoutes.tellBasisReplaced.reply>;

/**
 * Tells that a document the scenario's standard cites was replaced; every scenario that cites it gets a task. Throws
 * `record.not-found`, `access.denied`, `input.invalid`.
 */
export async function tellBasisReplaced(
  context: RequestContext,
  { body }: { readonly body: Replaced },
): Promise<Reply> {
  context.authorize('standard.draft');
  const scenario = scenarioOf(body.scenario)?.id;
  if (scenario === undefined) throw new AppError('record.not-found', { what: '场景', id: body.scenario });
  return context.transaction(async (tx) => {
    const placed = { place: await placeOfScenario(tx, scenario), scenario };
    context.authorizeRecord('standard.draft', placed);
    checkDay(context, body.changedOn);
    const { document, clause = null } = body;
    const cites = await loadCites(tx, context.now(), citing(document, clause));
    if (!cites.some((cite) => cite.scenario === scenario))
      throw new AppError('input.invalid', {
        issues: `本场景的现行标准没有引用“${document}${clause === null ? '' : ` ${clause}`}”，请从依据清单里选`,
      });
    const scenarios = [...Map.groupBy(cites, (cite) => cite.scenario_code)].map(([code, its]) => ({
      scenario: code,
      signs: its.filter(({ kind }) => kind === 'sign').length,
    }));
    const id = await write(context, tx, placed, {
      ...body,
      kind: 'replaced',
      clause,
      object: null,
    });
    return { id, scenarios };
  });
}

/**
 * Tells that a station (an object with points) was moved; every scenario it stands in gets a task. Throws `record.not-found`,
 * `access.denied`, `input.invalid`.
 */
export async function tellStationMoved(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: Moved },
): Promise<Reply> {
  context.authorize('object.manage');
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ name: string; place: number; scenarios: readonly number[] }>`
      select name, place, scenarios from monitored_object where id = ${params.id} and retired_at is null`.execute(
      tx,
    );
    const object = rows[0];
    if (!object) throw new AppError('record.not-found', { what: '监测对象', id: String(params.id) });
    const reach = context.actor.rights.scopeOf('object.manage');
    const scenario = object.scenarios.find((one) => covers(reach, null, one)) ?? object.scenarios[0] ?? 0;
    const placed = { place: object.place, scenario };
    context.authorizeRecord('object.manage', placed);
    checkDay(context, body.changedOn);
    const signs = await signsAt(tx, params.id, context.now());
    if (signs.length === 0)
      throw new AppError('input.invalid', { issues: '没有体征依赖这个对象的测点，无须登记迁移' });
    const change = { kind: 'moved' as const, document: object.name, clause: null, object: params.id };
    const id = await write(context, tx, placed, { ...change, ...body });
    const scenarios = [...Map.groupBy(signs, (sign) => sign.scenario)].map(([number, its]) => ({
      scenario: scenarioCodeOf(number) ?? '',
      signs: its.length,
    }));
    return { id, scenarios };
  });
}

function checkDay(context: RequestContext, changedOn: string): void {
  if (changedOn > beijingDay(context.now()))
    throw new AppError('input.invalid', { issues: '变更日期还没有到：请在依据实际变更后登记' });
}

interface Told {
  readonly kind: 'replaced' | 'moved';
  readonly document: string;
  readonly clause: string | null;
  readonly object: number | null;
  readonly successor: string;
  readonly changedOn: string;
  readonly note?: string | undefined;
}

async function write(
  context: RequestContext,
  tx: Tx,
  placed: Placed & { readonly place: number; readonly scenario: number },
  told: Told,
): Promise<number> {
  const { kind, document, clause, object, successor, changedOn, note } = told;
  const { rows } = await sql<{ id: number }>`
    insert into basis_change (scenario, place, kind, document, clause, object_id, successor, changed_on, note, told_by, told_at)
    values (${placed.scenario}, ${placed.place}, ${kind}, ${document}, ${clause}, ${object}, ${successor}, ${changedOn},
      ${note ?? null}, ${context.actor.username}, ${new Date(context.now())}) returning id`.execute(tx);
  const id = rows[0]?.id ?? 0;
  await audit(context, tx, { action: 'basis.tell', subject: `basis-change/${id}`, after: told, ...placed });
  const payload = { id, state: 'told' };
  await announce(tx, [
    {
      type: 'standard.basis-changed',
      at: context.now(),
      place: placed.place,
      scenario: placed.scenario,
      payload,
    },
  ]);
  return id;
}
