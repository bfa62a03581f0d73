import { AppError } from '#base';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { AskedPlatform } from '../supervision/insert-supervision.ts';

/**
 * Who has to answer for an order's record: the platform of that name, else the one where a unit of that name lies, else that of the
 * scenario; the first of them that the caller may ask. Throws `access.denied` where he may ask none of them.
 */
export async function noticePlatform(
  tx: Tx,
  context: RequestContext,
  { unit, scenario }: { readonly unit: string; readonly scenario: number },
): Promise<AskedPlatform> {
  const { rows } = await sql<AskedPlatform>`
    select p.id, p.place, p.scenario from (
      select id, 1 as nearness from platform where name = ${unit}
      union all select platform_id, 2 from unit where name = ${unit}
      union all select id, 3 from platform where scenario = ${scenario} and kind = 'scenario'
    ) n join platform p on p.id = n.id where p.place is not null order by n.nearness, p.id`.execute(tx);
  const found = rows.find((one) => context.actor.rights.mayAt('supervision.issue', one));
  if (!found) throw new AppError('access.denied', { capability: 'supervision.issue' });
  return found;
}
