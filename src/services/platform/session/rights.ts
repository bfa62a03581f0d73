import { type Grant, NOWHERE, type Principal, Rights, type Role, ROLES, type Scope } from '#model/platform';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { mayEnter } from '../account/account-state.ts';

/** Where a platform stands. */
interface Seat {
  readonly kind: string;
  readonly place: number | null;
  readonly place_to: number | null;
  /** The scenario of the platform itself and of the scenario platforms under it. */
  readonly scenarios: number[];
}

interface Assignment extends Seat {
  readonly role: Role;
  readonly platform: string;
  readonly platform_name: string;
  readonly principal_id: number | null;
  readonly principal_username: string | null;
  readonly principal_name: string | null;
}

/** Platforms whose people see a stretch of territory; all others see scenarios, and their own office. */
const TERRITORIAL: ReadonlySet<string> = new Set(['district', 'lingang', 'town', 'zone', 'village']);

/**
 * The rights of an account at a moment (epoch ms): what it was assigned itself or with its team, and for as long as it is
 * somebody's deputy, what that person was assigned. A deputy does not pass on what another delegated. An account without a
 * valid assignment sees and may do nothing.
 */
export async function loadRights(tx: Tx, account: number, now: number): Promise<Rights> {
  const at = new Date(now);
  const { rows } = await sql<Assignment>`
    with holders as (
      select ${account}::int as account_id, null::int as principal_id
      union all
      select d.principal_id, d.principal_id from delegation d join account p on p.id = d.principal_id
      where d.deputy_id = ${account} and d.from_at <= ${at} and d.to_at > ${at} and d.ended_at is null
        and ${mayEnter(now, 'p')}
    ), held as (
      select r.id, r.role, r.platform_id, h.principal_id from role_assignment r join holders h on h.account_id = r.account_id
      where r.valid_from <= ${at} and (r.valid_to is null or r.valid_to > ${at})
      union
      select r.id, r.role, r.platform_id, h.principal_id
      from role_assignment r
      join team t on t.id = r.team_id and t.disbanded_at is null
      join team_member m on m.team_id = t.id join holders h on h.account_id = m.account_id
      where r.valid_from <= ${at} and (r.valid_to is null or r.valid_to > ${at})
    )
    select r.role, p.code as platform, p.name as platform_name, p.kind, p.place, p.place_to, r.principal_id,
      n.username as principal_username, n.name as principal_name,
      array(select c.scenario from platform c
        where c.scenario is not null and (c.id = p.id or c.parent_id = p.id and p.kind = 'industry')
        order by c.scenario) as scenarios
    from held r join platform p on p.id = r.platform_id left join account n on n.id = r.principal_id
    order by r.principal_id nulls first, r.id`.execute(tx);
  return new Rights(rows.filter((row) => ROLES.includes(row.role)).map(grantOf));
}

/** How far a platform reaches; nowhere for one that is not there. */
export async function loadScopeOf(tx: Tx, platform: number): Promise<Scope> {
  const { rows } = await sql<Seat>`
    select p.kind, p.place, p.place_to, array(select c.scenario from platform c
      where c.scenario is not null and (c.id = p.id or c.parent_id = p.id and p.kind = 'industry')
      order by c.scenario) as scenarios
    from platform p where p.id = ${platform}`.execute(tx);
  return rows[0] ? scopeOf(rows[0]) : NOWHERE;
}

function grantOf(row: Assignment): Grant {
  return {
    role: row.role,
    platform: row.platform,
    platformName: row.platform_name,
    scope: scopeOf(row),
    actingFor: principalOf(row),
  };
}

/** An office's own numbers hold no objects but its accounts, teams and rosters. */
export function scopeOf({
  kind,
  place,
  place_to,
  scenarios,
}: Pick<Assignment, 'kind' | 'place' | 'place_to' | 'scenarios'>): Scope {
  const places = place === null || place_to === null ? [] : [{ from: place, to: place_to }];
  return { places, scenarios: TERRITORIAL.has(kind) ? [] : scenarios };
}

function principalOf(row: Assignment): Principal | null {
  if (row.principal_id === null) return null;
  return { id: row.principal_id, username: row.principal_username ?? '', name: row.principal_name ?? '' };
}
