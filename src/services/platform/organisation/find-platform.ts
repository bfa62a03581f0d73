import { AppError } from '#base';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** A platform as the use cases of this folder need it. */
export interface PlatformRow {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly kind: 'district' | 'industry' | 'scenario' | 'lingang' | 'town' | 'zone' | 'village';
  readonly place: number;
  readonly place_to: number;
  /** Where its own records lie. */
  readonly scenario: number | null;
  /** Its scenario and those of the scenario platforms under it; empty for territory. */
  readonly scenarios: readonly number[];
  readonly version: number;
}

/** The platform of a code. Throws `record.not-found`, also for one the caller may not see. */
export async function findPlatform(tx: Tx, code: string): Promise<PlatformRow> {
  const { rows } = await sql<PlatformRow>`
    select p.id, p.code, p.name, p.kind, p.place, p.place_to, p.scenario, p.version,
      case when p.kind in ('industry','scenario') then array(
        select c.scenario from platform c
        where c.scenario is not null and (c.id = p.id or c.parent_id = p.id) order by c.scenario)
      else '{}'::int2[] end as scenarios
    from platform p where p.code = ${code}`.execute(tx);
  const [found] = rows;
  if (!found) throw new AppError('record.not-found', { what: '平台', id: code });
  return found;
}

/** Does a row (with `place` and the given scenario column) lie within a platform: its territory, or its scenarios? */
export function within(platform: PlatformRow, column: 'scenario' | 'scenarios'): RawBuilder<boolean> {
  const { kind, place, place_to, scenarios } = platform;
  if (kind !== 'industry' && kind !== 'scenario') return sql`place between ${place} and ${place_to}`;
  return column === 'scenarios'
    ? sql`scenarios && ${[...scenarios]}::int2[]`
    : sql`scenario = any(${[...scenarios]}::int2[])`;
}
