import type { ObjectLimits } from '#model/standard';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/** What is set for an object that its signs' limits depend on: parameters, and limits of its own by the sign's code. */
export interface ObjectFacts {
  readonly parameters: Readonly<Record<string, number>>;
  readonly limits: ObjectLimits;
}

/** Of those of the objects for which anything is set. */
export async function loadObjectFacts(
  tx: Tx,
  objects: readonly number[],
): Promise<ReadonlyMap<number, ObjectFacts>> {
  const { rows } = await sql<ObjectFacts & { readonly id: number }>`
    select o.id, o.parameters, coalesce(own.limits, '{}') as limits from monitored_object o
    left join (
      select object_id, jsonb_object_agg(sign_code, body) as limits from own_limit
      where state = 'in-force' and object_id = any(${[...objects]}::int[]) group by object_id
    ) own on own.object_id = o.id
    where o.id = any(${[...objects]}::int[]) and (o.parameters <> '{}' or own.limits is not null)`.execute(
    tx,
  );
  return new Map(rows.map(({ id, ...facts }) => [id, facts]));
}
