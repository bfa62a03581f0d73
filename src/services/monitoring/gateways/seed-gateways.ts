import type { GatewayLimits } from '#contract/monitoring';
import type { SystemContext } from '#services/context';
import { PROTOCOLS } from '#model/monitoring';
import { sql } from 'kysely';

import type { GatewaySetting } from './gateway-control.ts';

/** Sees that each of these protocols has its gateway of the settings, with the district platform; gives all gateways. */
export async function seedGateways(
  context: SystemContext,
  protocols: readonly (keyof typeof PROTOCOLS)[],
): Promise<readonly GatewaySetting[]> {
  return context.transaction(async (tx) => {
    for (const protocol of protocols) {
      await sql`insert into gateway (platform_id, protocol, name, place)
        select id, ${protocol}, ${`${PROTOCOLS[protocol].name} 网关`}, place from platform where kind = 'district' order by id limit 1
        on conflict (protocol) where port is null do nothing`.execute(tx);
    }
    const rows = await tx
      .selectFrom('gateway')
      .select(['id', 'protocol', 'port', 'enabled', 'limits'])
      .orderBy('id')
      .execute();
    return rows.map((row) => ({ ...row, limits: row.limits as GatewayLimits }));
  });
}
