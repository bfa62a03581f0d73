import { AppError } from '#base';
import type { Dependency, dependencyRoutes } from '#contract/platform';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { containing, type Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { type DependencyEnd, type HeldDependency, loadEnds, mayKeep } from './dependency-facts.ts';

type Query = z.output<typeof dependencyRoutes.listDependencies.query>;

/** A page of dependencies of which the caller sees either end, in the order in which they were told. */
export async function listDependencies(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<{ readonly items: Dependency[]; readonly next: string | null }> {
  context.authorize('object.read');
  const { object, kind, search, limit, after } = query;
  const conditions = [
    sql`d.id > ${readIdCursor(after)}`,
    ...(object === undefined ? [] : [sql`${object} in (d.from_object, d.to_object)`]),
    ...(kind === undefined ? [] : [sql`d.kind = ${kind}`]),
    ...(search === undefined || search === '' ? [] : [hasEnd(search)]),
  ];
  return context.transaction(async (tx) => {
    const tail = sql`where ${sql.join(conditions, sql` and `)} order by d.id limit ${limit + 1}`;
    const { page, next } = cutPage(await loadDependencies(tx, tail), limit, ({ id }) => String(id));
    return { items: await showDependencies(context, tx, page), next };
  });
}

function hasEnd(search: string): RawBuilder<unknown> {
  const pattern = containing(search);
  return sql`exists (select from monitored_object o where o.id in (d.from_object, d.to_object)
    and (o.name ilike ${pattern} or o.code ilike ${pattern}))`;
}

/** As `tail` picks and sorts them; `d` is the dependency. */
export async function loadDependencies(
  tx: Tx,
  tail: RawBuilder<unknown>,
): Promise<readonly HeldDependency[]> {
  const { rows } = await sql<HeldDependency>`
    select d.id, d.from_object, d.to_object, d.kind, d.lead_minutes, d.reason, d.basis, d.source, d.valid_from, d.valid_to,
      d.edited_by, d.edited_at, d.version from dependency d ${tail}`.execute(tx);
  return rows;
}

export async function showDependencies(
  context: RequestContext,
  tx: Tx,
  rows: readonly HeldDependency[],
): Promise<Dependency[]> {
  const ends = await loadEnds(tx, { ids: rows.flatMap((row) => [row.from_object, row.to_object]) });
  const byId = new Map(ends.map((end) => [end.id, end]));
  return rows.map((row) => {
    const [from, to] = [byId.get(row.from_object), byId.get(row.to_object)];
    return {
      id: row.id,
      from: shownEnd(row.from_object, from),
      to: shownEnd(row.to_object, to),
      kind: row.kind,
      leadMinutes: row.lead_minutes,
      reason: row.reason,
      basis: row.basis,
      source: row.source,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      editedBy: row.edited_by,
      editedAt: row.edited_at,
      version: row.version,
      allowedActions: mayKeep(context, [from, to]) ? ['edit', 'delete'] : [],
    };
  });
}

function shownEnd(id: number, end: DependencyEnd | undefined): Dependency['from'] {
  return end ? { id, code: end.code, name: end.name } : { id, code: '', name: '已停用的对象' };
}

/** Throws `record.not-found` also for what the caller may not see. */
export async function findDependency(context: RequestContext, tx: Tx, id: number): Promise<Dependency> {
  const [found] = await showDependencies(context, tx, await loadDependencies(tx, sql`where d.id = ${id}`));
  if (!found) throw new AppError('record.not-found', { what: '依赖关系', id: String(id) });
  return found;
}
