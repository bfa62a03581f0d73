import { AppError } from '#base';
import type { Tx } from '#storage';
import { sql } from 'kysely';

interface Owner {
  readonly id: number;
  readonly place: number;
  readonly scenarios: number[];
}

/** Whose data: a platform with its scenarios, those beneath an industry's among them. Throws `record.not-found`. */
export async function findOwner(tx: Tx, code: string): Promise<Owner> {
  const { rows } = await sql<Owner>`
    select p.id, p.place, array(select distinct s from (
      select p.scenario union select c.scenario from platform c where c.parent_id = p.id and p.kind = 'industry') t(s)
      where s is not null) as scenarios
    from platform p where p.code = ${code}`.execute(tx);
  const [found] = rows;
  if (!found) throw new AppError('record.not-found', { what: '平台', id: code });
  return found;
}
