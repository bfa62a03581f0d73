import type { IdentityMapping } from '#contract/platform';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { MappedPlatform } from './map-claims.ts';

/** The table of mappings in its order. */
export async function loadMappings(tx: Tx): Promise<readonly IdentityMapping[]> {
  const { rows } = await sql<IdentityMapping>`
    select m.id, m.priority, m.enabled, m.effect, m.claim, m.value, m.role, p.code as platform,
      m.platform_claim as "platformClaim", m.note
    from identity_mapping m left join platform p on p.id = m.platform_id
    order by m.priority, m.id`.execute(tx);
  return rows;
}

export interface KnownPlatform extends MappedPlatform {
  readonly id: number;
  readonly place: number | null;
  readonly scenario: number | null;
}

/** Every platform that a mapping may name, by its code. */
export async function loadKnownPlatforms(tx: Tx): Promise<ReadonlyMap<string, KnownPlatform>> {
  const { rows } = await sql<KnownPlatform>`
    select p.id, p.code, p.name, p.kind, p.place, p.scenario,
      coalesce(p.place between l.place and l.place_to, false) as "inLingang"
    from platform p left join platform l on l.kind = 'lingang'`.execute(tx);
  return new Map(rows.map((row) => [row.code, row]));
}
