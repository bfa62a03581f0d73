import type { Team } from '#contract/platform';
import { type Placed, type Role, ROLE_TEXT } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

export interface TeamRow extends Placed {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly platform: { readonly code: string; readonly name: string };
  readonly unit: string | null;
  readonly phone_masked: string | null;
  readonly note: string | null;
  readonly disbanded_at: number | null;
  readonly members: Team['members'];
  readonly roles: readonly {
    readonly role: Role;
    readonly platform: string;
    readonly platformName: string;
  }[];
}

/** Teams by a condition on `t`, as far as the scope of the transaction reaches. */
export async function loadTeams(tx: Tx, now: number, tail: RawBuilder<unknown>): Promise<readonly TeamRow[]> {
  const { rows } = await sql<TeamRow>`
    select t.id, t.code, t.name, t.place, t.scenario, json_build_object('code', p.code, 'name', p.name) as platform, t.unit,
      t.phone_masked, t.note, t.disbanded_at,
      coalesce((select json_agg(json_build_object('id', n.id, 'username', n.username, 'name', n.name, 'leader', m.is_leader)
          order by m.is_leader desc, n.username)
        from team_member m join account_name n on n.id = m.account_id where m.team_id = t.id), '[]') as members,
      coalesce((select json_agg(json_build_object('role', r.role, 'platform', s.code, 'platformName', s.name)
          order by r.role, s.code)
        from role_assignment r join platform s on s.id = r.platform_id
        where r.team_id = t.id and (r.valid_to is null or r.valid_to > ${new Date(now)})), '[]') as roles
    from team t join platform p on p.id = t.platform_id
    ${tail}`.execute(tx);
  return rows;
}

export function showTeam(context: RequestContext, row: TeamRow): Team {
  const may = row.disbanded_at === null && context.actor.rights.mayAt('roster.manage', row);
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    platform: row.platform,
    unit: row.unit,
    phone: row.phone_masked,
    note: row.note,
    disbandedAt: row.disbanded_at,
    members: row.members,
    roles: row.roles.map((one) => ({ ...one, roleName: ROLE_TEXT[one.role] })),
    allowedActions: may ? ['change', 'disband'] : [],
  };
}
