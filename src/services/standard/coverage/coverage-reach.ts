import { AppError } from '#base';
import { scenarioOf } from '#model/platform';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** What figures and lists are narrowed to. */
export interface Narrowed {
  readonly scenario?: string | undefined;
  readonly town?: string | undefined;
  readonly under?: string | undefined;
}

/** The narrowing as conditions on a table with scenario, place and town. Throws `record.not-found`, `input.invalid`. */
export async function narrowedTo(
  tx: Tx,
  { scenario, town, under }: Narrowed,
  table: string,
): Promise<readonly RawBuilder<unknown>[]> {
  const column = (name: string): RawBuilder<unknown> => sql.ref(`${table}.${name}`);
  const conditions: RawBuilder<unknown>[] = [];
  if (scenario !== undefined) {
    const found = scenarioOf(scenario);
    if (!found) throw new AppError('input.invalid', { issues: `没有场景“${scenario}”` });
    conditions.push(sql`${column('scenario')} = ${found.id}`);
  }
  if (town !== undefined) conditions.push(sql`${column('town')} = ${town}`);
  if (under !== undefined) conditions.push(await within(tx, under, column));
  return conditions;
}

interface Stretch {
  readonly place: number;
  readonly place_to: number;
  readonly scenarios: readonly number[] | null;
}

/** An office holds its scenarios wherever they are, everybody else their territory. */
async function within(
  tx: Tx,
  code: string,
  column: (name: string) => RawBuilder<unknown>,
): Promise<RawBuilder<unknown>> {
  const { rows } = await sql<Stretch>`
    select p.place, p.place_to, case when p.kind in ('industry','scenario') then array(
      select c.scenario from platform c where c.scenario is not null and (c.id = p.id or c.parent_id = p.id)) end as scenarios
    from platform p where p.code = ${code}`.execute(tx);
  const [found] = rows;
  if (!found) throw new AppError('record.not-found', { what: '平台', id: code });
  return found.scenarios === null
    ? sql`${column('place')} between ${found.place} and ${found.place_to}`
    : sql`${column('scenario')} = any(${[...found.scenarios]}::int2[])`;
}
