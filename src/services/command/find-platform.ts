import { AppError } from '#base';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/** A platform as the room needs it. Its rows lie where it lies. */
export interface DutyPlatform {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly place: number;
  readonly placeTo: number;
  readonly scenario: number | null;
  /** Scenarios it answers for: its own, and those under an industry. */
  readonly scenarios: readonly number[];
}

/** The platform by its code. Throws `record.not-found`. */
export async function findPlatform(tx: Tx, code: string): Promise<DutyPlatform> {
  const [found] = await loadPlatforms(tx, { code });
  if (!found) throw new AppError('record.not-found', { what: '平台', id: code });
  return found;
}

/** The platform by its number, which came out of a row that the caller may see. */
export async function platformById(tx: Tx, id: number): Promise<DutyPlatform> {
  const [found] = await loadPlatforms(tx, { id });
  if (!found) throw new AppError('record.not-found', { what: '平台', id });
  return found;
}

async function loadPlatforms(
  tx: Tx,
  by: { readonly code: string } | { readonly id: number },
): Promise<readonly DutyPlatform[]> {
  const condition = 'code' in by ? sql`p.code = ${by.code}` : sql`p.id = ${by.id}`;
  const { rows } = await sql<DutyPlatform>`
    select p.id, p.code, p.name, p.kind, p.place, p.place_to as "placeTo", p.scenario,
      array(select c.scenario from platform c
        where c.scenario is not null and (c.id = p.id or c.parent_id = p.id and p.kind = 'industry')
        order by c.scenario) as scenarios
    from platform p where ${condition} and p.place is not null and p.place_to is not null`.execute(tx);
  return rows;
}
