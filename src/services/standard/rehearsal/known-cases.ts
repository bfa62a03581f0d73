import { AppError } from '#base';
import type { KnownCase, rehearsalRoutes } from '#contract/standard';
import { scenarioOf } from '#model/platform';
import { audit, cutPage, readIdCursor, type RequestContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { personOf } from '../version/draft-view.ts';
import { placeOfScenario } from '../version/place-of-scenario.ts';

type ListRoute = typeof rehearsalRoutes.listKnownCases;
type Body = z.output<typeof rehearsalRoutes.recordKnownCases.body>;

interface Row extends Omit<KnownCase, 'allowedActions'> {
  readonly place: number;
  readonly scenario_id: number;
}

/** A page of what is known to have happened or to have been false, newest first. */
export async function listKnownCases(
  context: RequestContext,
  { query }: { readonly query: z.output<ListRoute['query']> },
): Promise<z.output<ListRoute['reply']>> {
  context.authorize('standard.read');
  const { scenario, kind, after, limit } = query;
  return context.transaction(async (tx) => {
    const { rows } = await sql<Row>`
      select k.id, s.code as scenario, k.scenario as scenario_id, k.place, k.kind, k.item_code as item, k.from_at as "from",
        k.to_at as "to", k.text, k.source, k.recorded_at as "recordedAt", ${personOf(sql`k.recorded_by`)} as "recordedBy",
        (select json_build_object('id', o.id, 'code', o.code, 'name', o.name) from monitored_object o where o.id = k.object_id) as object
      from known_case k join scenario s on s.id = k.scenario
      where k.removed_at is null and ${after === undefined ? sql`true` : sql`k.id < ${readIdCursor(after)}`}
        and ${scenario === undefined ? sql`true` : sql`s.code = ${scenario}`}
        and ${kind === undefined ? sql`true` : sql`k.kind = ${kind}`}
      order by k.id desc limit ${limit + 1}`.execute(tx);
    const { page, next } = cutPage(rows, limit, (row) => String(row.id));
    return { items: page.map((row) => show(context, row)), next };
  });
}

function show(context: RequestContext, { place, scenario_id: scenario, ...row }: Row): KnownCase {
  const may = context.actor.rights.mayAt('standard.draft', { place, scenario });
  return { ...row, allowedActions: may ? ['remove'] : [] };
}

/** Records cases, all or none. Throws `record.not-found`, `access.denied`, `known-case.faulty`. */
export async function recordKnownCases(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<{ readonly recorded: number }> {
  context.authorize('standard.draft');
  const scenario = scenarioOf(body.scenario)?.id;
  if (scenario === undefined) throw new AppError('record.not-found', { what: '场景', id: body.scenario });
  return context.transaction(async (tx) => {
    const place = await placeOfScenario(tx, scenario);
    context.authorizeRecord('standard.draft', { place, scenario });
    const objects = await placedObjects(tx, scenario, body);
    const at = new Date(context.now());
    const rows = body.cases.map(({ object: code, item, ...one }, n) => {
      const object = code === undefined ? undefined : objects.get(code);
      const wrong =
        one.to < one.from
          ? '结束时间早于起始时间'
          : code !== undefined && !object
            ? `本场景没有监测对象“${code}”`
            : undefined;
      if (wrong !== undefined) throw new AppError('known-case.faulty', { row: n + 1, reason: wrong });
      return { ...one, item: item ?? null, object: object?.id ?? null, place: object?.place ?? place };
    });
    await sql`insert into known_case (scenario, place, kind, object_id, item_code, from_at, to_at, text, source, recorded_by, recorded_at)
      select ${scenario}, place, kind, object, item, to_timestamp("from" / 1000.0), to_timestamp("to" / 1000.0), text, source,
        ${context.actor.accountId}, ${at}
      from ${recordset(rows, sql`r(place int, kind text, object int, item text, "from" float8, "to" float8, text text, source text)`)}`.execute(
      tx,
    );
    await audit(context, tx, {
      action: 'known-case.record',
      subject: `scenario/${body.scenario}`,
      after: { cases: rows.length, first: rows[0]?.text },
      place,
      scenario,
    });
    return { recorded: rows.length };
  });
}

async function placedObjects(
  tx: Tx,
  scenario: number,
  { cases }: Body,
): Promise<ReadonlyMap<string, { readonly id: number; readonly place: number }>> {
  const codes = [...new Set(cases.flatMap(({ object }) => object ?? []))];
  const rows = await tx
    .selectFrom('monitored_object')
    .select(['id', 'code', 'place'])
    .where('code', 'in', codes.length > 0 ? codes : [''])
    .where(sql<boolean>`${scenario}::int2 = any(scenarios)`)
    .execute();
  return new Map(rows.map((row) => [row.code, row]));
}

/** Takes back a case that was recorded by mistake. Throws `record.not-found`, `access.denied`, `standard.illegal-action`. */
export async function removeKnownCase(context: RequestContext, id: number): Promise<{ readonly id: number }> {
  context.authorize('standard.draft');
  return context.transaction(async (tx) => {
    const row = await tx
      .selectFrom('known_case')
      .select(['place', 'scenario', 'text', 'removed_at'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new AppError('record.not-found', { what: '已知事件', id: String(id) });
    context.authorizeRecord('standard.draft', row);
    if (row.removed_at !== null)
      throw new AppError('standard.illegal-action', { state: '已撤销登记', action: '撤销登记' });
    await tx
      .updateTable('known_case')
      .set({ removed_by: context.actor.accountId, removed_at: new Date(context.now()) })
      .where('id', '=', id)
      .execute();
    await audit(context, tx, {
      action: 'known-case.remove',
      subject: `known-case/${id}`,
      before: { text: row.text },
      after: {},
      place: row.place,
      scenario: row.scenario,
    });
    return { id };
  });
}
