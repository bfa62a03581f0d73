import type { Account, AccountRole } from '#contract/platform';
import { accountStateOf, type Placed, SEPARATED_ROLES } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { lastUsed, staleDays } from './account-state.ts';

/** An account as the tables hold it; secrets are not among it. */
export interface AccountRow extends Placed {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly unit: string | null;
  readonly title: string | null;
  readonly phone_masked: string | null;
  readonly kind: 'person' | 'service';
  readonly external: boolean;
  readonly created_at: number;
  readonly last_sign_in_at: number | null;
  readonly last_used_at: number;
  readonly stale_days: number;
  readonly expires_at: number | null;
  readonly disabled_at: number | null;
  readonly disabled_reason: string | null;
  readonly left_at: number | null;
  readonly locked_until: number | null;
  readonly first_password: boolean;
  readonly must_change_password: boolean;
  readonly password_set_by: number | null;
  readonly second_factor_reset_by: number | null;
  readonly totp_enrolled_at: number | null;
  readonly platform: { readonly code: string; readonly name: string } | null;
  readonly platform_id: number | null;
  readonly roles: readonly HeldRow[];
}

/** A role in an account's row; moments are epoch ms. */
type HeldRow = Omit<AccountRole, 'roleName'> & Placed;

/** Accounts by a condition on `account`, as far as the scope of the transaction reaches. */
export async function loadAccounts(
  tx: Tx,
  now: number,
  tail: RawBuilder<unknown>,
): Promise<readonly AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select account.id, account.username, account.name, account.unit, account.title, account.phone_masked, account.kind,
      account.issuer is not null as external, account.created_at, account.last_sign_in_at, ${lastUsed()} as last_used_at,
      ${staleDays} as stale_days,
      account.expires_at, account.disabled_at, account.disabled_reason, account.left_at, account.locked_until,
      account.password_from_bootstrap or account.must_change_password as first_password, account.must_change_password,
      account.password_set_by, account.second_factor_reset_by, account.totp_enrolled_at, account.place, account.scenario,
      account.platform_id,
      case when home.id is not null then json_build_object('code', home.code, 'name', home.name) end as platform,
      coalesce((select json_agg(json_build_object('role', r.role, 'platform', r.code, 'platformName', r.name,
          'validFrom', extract(epoch from r.valid_from) * 1000, 'validTo', extract(epoch from r.valid_to) * 1000,
          'source', r.source, 'team', r.team, 'place', r.place, 'scenario', r.scenario) order by r.valid_from, r.role, r.code)
        from assignments_of(array[account.id]) r
        where r.valid_to is null or r.valid_to > ${new Date(now)}), '[]') as roles
    from account left join platform home on home.id = account.platform_id
    ${tail}`.execute(tx);
  return rows;
}

export function stateOf(row: AccountRow, now: number): Account['state'] {
  return accountStateOf(
    {
      leftAt: row.left_at,
      disabledAt: row.disabled_at,
      expiresAt: row.expires_at,
      lockedUntil: row.locked_until,
      firstPassword: row.first_password,
      lastUsedAt: row.last_used_at,
      staleDays: row.stale_days,
    },
    now,
  );
}

/** The separated roles somebody holds, 三员. */
export function separatedRolesOf(row: AccountRow): readonly AccountRole['role'][] {
  return row.roles.map(({ role }) => role).filter((role) => SEPARATED_ROLES.includes(role));
}

/**
 * Whether everything the account may do lies where the manager manages: whoever sets the password of somebody with a wider
 * reach could borrow it.
 */
export function lieWithin(context: RequestContext, row: AccountRow): boolean {
  const { rights } = context.actor;
  return (
    rights.mayAt('account.manage', row) && row.roles.every((held) => rights.mayAt('account.manage', held))
  );
}

/** Only a system administrator keeps the accounts of the separated administrators. */
export function mayManage(context: RequestContext, row: AccountRow): boolean {
  if (row.id === context.actor.accountId || !lieWithin(context, row)) return false;
  const isSystem = context.actor.rights.grants.some(({ role }) => role === 'system-admin');
  return separatedRolesOf(row).length === 0 || isSystem;
}
