import type { Role } from '#model/platform';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { KnownPlatform } from './load-mappings.ts';
import type { Mapped } from './map-claims.ts';

export interface HeldRole {
  readonly role: Role;
  readonly platform: string;
  readonly source: 'local' | 'oidc';
}

/** What an account holds itself, given here or by the provider. */
export async function loadHeldRoles(tx: Tx, account: number): Promise<readonly HeldRole[]> {
  const { rows } = await sql<HeldRole>`
    select r.role, p.code as platform, r.source from role_assignment r join platform p on p.id = r.platform_id
    where r.account_id = ${account} order by r.role, p.code`.execute(tx);
  return rows;
}

interface Given {
  readonly mapped: Mapped;
  readonly platforms: ReadonlyMap<string, KnownPlatform>;
  readonly now: number;
}

interface Roles {
  readonly roles: readonly string[];
}

/** Makes what the provider gives exactly what the claims say now; what was given here stays. */
export async function replaceRoles(
  tx: Tx,
  account: number,
  { mapped, platforms, now }: Given,
): Promise<{ readonly before: Roles; readonly after: Roles }> {
  const before = await given(tx, account);
  const rows = mapped.grants.map(({ role, platform }) => ({
    role,
    platform: platforms.get(platform.code)?.id,
  }));
  const wanted = JSON.stringify(rows);
  await sql`delete from role_assignment r where r.account_id = ${account} and r.source = 'oidc' and not exists (
      select from json_to_recordset(${wanted}::json) as g(role text, platform int)
      where g.role = r.role and g.platform = r.platform_id)`.execute(tx);
  await sql`insert into role_assignment (account_id, role, platform_id, place, scenario, valid_from, source, granted_by)
    select ${account}, g.role, p.id, p.place, p.scenario, ${new Date(now)}, 'oidc', 'identity'
    from json_to_recordset(${wanted}::json) as g(role text, platform int) join platform p on p.id = g.platform
    on conflict (account_id, role, platform_id) do update set source = 'oidc', granted_by = 'identity',
      valid_from = excluded.valid_from, valid_to = null, ended_at = null
    where role_assignment.valid_to is not null`.execute(tx);
  return { before, after: await given(tx, account) };
}

async function given(tx: Tx, account: number): Promise<Roles> {
  const held = await loadHeldRoles(tx, account);
  return {
    roles: held.filter(({ source }) => source === 'oidc').map(({ role, platform }) => `${role}@${platform}`),
  };
}
