import type { EntityId, QueryOptions } from '#contract/monitoring';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { conditionSql, propertySql } from './condition-sql.ts';
import { SOURCES, type TabledSet } from './sources.ts';

/** An entity: its properties by name, and the columns its relations go by. */
export type Entity = Readonly<Record<string, unknown>> & { readonly id: EntityId };

/** Whose: the entities whose column has one of these values. */
export interface Within {
  readonly column: string;
  readonly values: readonly EntityId[];
}

/** What a list is asked for; `top` and `skip` hold for each value of `within` by itself. */
export interface ListAsk {
  readonly set: TabledSet;
  readonly within?: Within;
  readonly id?: EntityId;
  readonly options: Pick<QueryOptions, 'filter' | 'orderBy' | 'top' | 'skip'>;
}

/** As many entities of a list as are wanted, and one more where there are more. */
export async function loadEntities(tx: Tx, ask: ListAsk): Promise<readonly Entity[]> {
  const { options } = ask;
  const { rows } = await sql<Entity>`select t.* from (${SOURCES[ask.set]}) t where ${conditions(ask)}
    order by ${order(options)} offset ${options.skip} limit ${options.top + 1}`.execute(tx);
  return rows;
}

/** The same for many lists at once: those of each value of `within`, in the order of each. */
export async function loadRelated(
  tx: Tx,
  ask: ListAsk & { readonly within: Within },
): Promise<readonly Entity[]> {
  const { options, within } = ask;
  const { rows } = await sql<Entity>`select * from (
      select t.*, row_number() over (partition by ${sql.ref(`t.${within.column}`)} order by ${order(options)}) as "@rank"
      from (${SOURCES[ask.set]}) t where ${conditions(ask)}
    ) r where "@rank" > ${options.skip} and "@rank" <= ${options.skip + options.top + 1} order by "@rank"`.execute(
    tx,
  );
  return rows;
}

/** How many a list has, by the value of `within` (or in all, under the one key `undefined`). */
export async function countEntities(tx: Tx, ask: ListAsk): Promise<ReadonlyMap<unknown, number>> {
  const by = ask.within ? sql.ref(`t.${ask.within.column}`) : sql`null`;
  const { rows } = await sql<{ of: EntityId | null; n: number }>`select ${by} as of, count(*) as n
    from (${SOURCES[ask.set]}) t where ${conditions(ask)} group by 1`.execute(tx);
  return new Map(rows.map(({ of, n }) => [of ?? undefined, n]));
}

function conditions({ within, id, options }: ListAsk): RawBuilder<unknown> {
  const parts = [
    ...(within ? [sql`${sql.ref(`t.${within.column}`)} = any(${arrayOf(within.values)})`] : []),
    ...(id === undefined ? [] : [sql`t.id = ${id}`]),
    ...(options.filter ? [conditionSql(options.filter)] : []),
  ];
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

function arrayOf(values: readonly EntityId[]): RawBuilder<unknown> {
  return typeof values[0] === 'string' ? sql`${[...values]}::text[]` : sql`${[...values]}::bigint[]`;
}

/** What has no value comes first (OData 4.0 §11.2.5.2); the number settles the rest, so that pages do not overlap. */
function order({ orderBy }: Pick<QueryOptions, 'orderBy'>): RawBuilder<unknown> {
  const keys = orderBy.map(({ of, type, descending }) =>
    descending
      ? sql`${propertySql(of, type)} desc nulls last`
      : sql`${propertySql(of, type)} asc nulls first`,
  );
  return sql.join([...keys, sql`t.id`]);
}
