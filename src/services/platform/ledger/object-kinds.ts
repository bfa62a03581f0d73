import { AppError } from '#base';
import type { ledgerRoutes, ObjectKind } from '#contract/platform';
import { scenarioCodeOf, scenarioOf } from '#model/platform';
import { audit, cutPage, readIdCursor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { tellLedger } from './save-entries.ts';

type List = typeof ledgerRoutes.listObjectKinds;
type Create = z.output<typeof ledgerRoutes.createObjectKind.body>;
type Update = z.output<typeof ledgerRoutes.updateObjectKind.body>;

/** A page of the kinds of object, scenario by scenario. */
export async function listObjectKinds(
  context: RequestContext,
  { query }: { readonly query: z.output<List['query']> },
): Promise<z.output<List['reply']>> {
  context.authorize('standard.read');
  const { scenario, after, limit } = query;
  const ofScenario = scenario === undefined ? sql`true` : sql`s.code = ${scenario}`;
  return context.transaction(async (tx) => {
    const tail = sql`where k.id > ${readIdCursor(after)} and ${ofScenario} order by k.id limit ${limit + 1}`;
    const { page, next } = cutPage(await load(context, tx, tail), limit, (row) => String(row.id));
    return { items: [...page], next };
  });
}

/** Adds a kind to a scenario. Throws `record.not-found`, `access.denied`, `record.exists`, `input.invalid`. */
export async function createObjectKind(
  context: RequestContext,
  { body }: { readonly body: Create },
): Promise<ObjectKind> {
  context.authorize('object.manage');
  const scenario = scenarioOf(body.scenario)?.id;
  if (scenario === undefined) throw new AppError('record.not-found', { what: '场景', id: body.scenario });
  return context.transaction(async (tx) => {
    const { rows: homes } = await sql<{ place: number; next: number }>`
      select p.place, (select count(*) + 1 from object_kind where scenario = ${scenario}) as next
      from platform p where p.scenario = ${scenario} order by p.id limit 1`.execute(tx);
    const home = homes[0];
    if (!home) throw new AppError('record.not-found', { what: '场景平台', id: body.scenario });
    context.authorizeRecord('object.manage', { place: home.place, scenario });
    await requireElements(tx, body);
    const code = `${body.scenario}.K${String(home.next).padStart(2, '0')}`;
    const { rows } = await sql<{ id: number }>`
      insert into object_kind (scenario, place, code, name, elements, basis, edited_by, edited_at)
      values (${scenario}, ${home.place}, ${code}, ${body.name}, ${body.elements}, ${body.basis}, ${context.actor.username},
        ${new Date(context.now())})
      on conflict do nothing returning id`.execute(tx);
    const made = rows[0];
    if (!made) throw new AppError('record.exists', { what: '对象类别', id: body.name });
    const told = { place: home.place, scenario };
    await audit(context, tx, {
      action: 'object-kind.create',
      subject: `object-kind/${code}`,
      after: body,
      ...told,
    });
    await tellLedger(context, tx);
    return find(context, tx, made.id);
  });
}

/** Changes a kind. Throws `record.not-found`, `access.denied`, `record.changed`, `record.exists`, `input.invalid`. */
export async function updateObjectKind(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: Update },
): Promise<ObjectKind> {
  context.authorize('object.manage');
  return context.transaction(async (tx) => {
    const before = await find(context, tx, params.id);
    const { rows } = await sql<{ place: number; scenario: number; version: number }>`
      select place, scenario, version from object_kind where id = ${params.id}`.execute(tx);
    const held = rows[0];
    if (!held) throw new AppError('record.not-found', { what: '对象类别', id: String(params.id) });
    context.authorizeRecord('object.manage', held);
    await requireElements(tx, { ...body, scenario: before.scenario });
    const named = await sql`select from object_kind
      where scenario = ${held.scenario} and name = ${body.name} and id <> ${params.id}`.execute(tx);
    if (named.rows.length > 0) throw new AppError('record.exists', { what: '对象类别', id: body.name });
    const saved =
      await sql`update object_kind set name = ${body.name}, elements = ${body.elements}, basis = ${body.basis},
        edited_by = ${context.actor.username}, edited_at = ${new Date(context.now())}, version = version + 1
      where id = ${params.id} and version = ${body.version}`.execute(tx);
    if (saved.numAffectedRows !== 1n) throw new AppError('record.changed');
    const { place, scenario } = held;
    const subject = `object-kind/${before.code}`;
    await audit(context, tx, { action: 'object-kind.update', subject, before, after: body, place, scenario });
    await tellLedger(context, tx);
    return find(context, tx, params.id);
  });
}

async function requireElements(
  tx: Tx,
  { elements, scenario }: { readonly elements: readonly string[]; readonly scenario: string },
): Promise<void> {
  const { rows } = await sql<{ code: string }>`
    select e.code from element e join scenario s on s.id = e.scenario
    where s.code = ${scenario} and e.code = any(${[...elements]})`.execute(tx);
  const unknown = elements.filter((code) => !rows.some((row) => row.code === code));
  if (unknown.length > 0)
    throw new AppError('input.invalid', {
      issues: `“${scenario}”的现行标准没有这些要素：${unknown.join('、')}`,
    });
}

async function find(context: RequestContext, tx: Tx, id: number): Promise<ObjectKind> {
  const [found] = await load(context, tx, sql`where k.id = ${id}`);
  if (!found) throw new AppError('record.not-found', { what: '对象类别', id: String(id) });
  return found;
}

type Row = Omit<ObjectKind, 'scenario' | 'allowedActions'> & {
  readonly place: number;
  readonly scenario: number;
};

async function load(
  context: RequestContext,
  tx: Tx,
  tail: RawBuilder<unknown>,
): Promise<readonly ObjectKind[]> {
  const { rows } = await sql<Row>`
    select k.id, k.code, k.place, k.scenario, s.name as "scenarioName", k.name, k.basis, k.edited_by as "editedBy", k.version,
      (select coalesce(json_agg(json_build_object('code', c.code, 'name', coalesce(e.name, c.code)) order by c.n), '[]')
        from unnest(k.elements) with ordinality c(code, n) left join element e on e.code = c.code) as elements
    from object_kind k join scenario s on s.id = k.scenario ${tail}`.execute(tx);
  return rows.map(({ place, scenario, ...shown }) => ({
    ...shown,
    scenario: scenarioCodeOf(scenario) ?? String(scenario),
    allowedActions: context.actor.rights.mayAt('object.manage', { place, scenario }) ? ['edit'] : [],
  }));
}
