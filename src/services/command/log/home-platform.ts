import { AppError } from '#base';
import type { Capability } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type DutyPlatform, findPlatform } from '../find-platform.ts';

/**
 * The platform whose log is meant: the one that is named, else where the caller is on duty now (also as a deputy), else that of
 * their first role that carries the capability. Throws `record.not-found`, `access.denied`.
 */
export async function homePlatform(
  context: RequestContext,
  tx: Tx,
  { named, capability }: { readonly named?: string | undefined; readonly capability: Capability },
): Promise<DutyPlatform> {
  if (named !== undefined) {
    const platform = await findPlatform(tx, named);
    if (!context.actor.rights.mayAt(capability, platform))
      throw new AppError('access.denied', { capability });
    return platform;
  }
  const codes = [
    ...(await onDutyAt(context, tx)),
    ...context.actor.rights.grants.map(({ platform }) => platform),
  ];
  for (const code of codes) {
    const platform = await findPlatform(tx, code);
    if (context.actor.rights.mayAt(capability, platform)) return platform;
  }
  throw new AppError('access.denied', { capability });
}

async function onDutyAt(context: RequestContext, tx: Tx): Promise<readonly string[]> {
  const now = new Date(context.now());
  const me = context.actor.accountId;
  const { rows } = await sql<{ code: string }>`
    select distinct p.code from duty_shift s join roster r on r.id = s.roster_id join platform p on p.id = r.platform_id
    where s.status <> 'cancelled' and s.from_at <= ${now} and s.to_at > ${now}
      and s.account_id in (select ${me}::int union
        select d.principal_id from duty_deputy d where d.deputy_id = ${me} and d.from_at <= ${now} and d.to_at > ${now})
    order by p.code`.execute(tx);
  return rows.map((row) => row.code);
}
