import { type AccountState, EXPIRING_MS, SETTINGS } from '#model/platform';
import { limitAt } from '#services/context';
import { type RawBuilder, sql } from 'kysely';

/**
 * Whether an account (`a` names its table in the statement) may come in and act at a moment: neither disabled nor past its
 * end. The one condition for sign-in, sessions, tokens, bound devices and the people one is deputy of.
 */
export function mayEnter(now: number, a = 'account'): RawBuilder<boolean> {
  const { disabled, expires } = columns(a);
  return sql<boolean>`(${disabled} is null and (${expires} is null or ${expires} > ${new Date(now)}))`;
}

/** Used last: signed in, switched on again, or opened. */
export function lastUsed(a = 'account'): RawBuilder<number> {
  return sql<number>`greatest(${sql.ref(`${a}.created_at`)}, ${sql.ref(`${a}.last_sign_in_at`)}, ${sql.ref(`${a}.enabled_at`)})`;
}

export const staleDays: RawBuilder<number> = limitAt('account.stale-days', sql.ref('account.platform_id'));

/** Whether the moment of last use lies further back than the account's platform allows; most fall under no setting at all. */
export function isStale(used: RawBuilder<number>, now: number): RawBuilder<boolean> {
  const at = new Date(now);
  return sql<boolean>`(${used} <= ${at}::timestamptz - ${SETTINGS['account.stale-days'].min} * interval '1 day'
    and ${used} <= ${at}::timestamptz - ${staleDays} * interval '1 day')`;
}

/** The accounts that `accountStateOf` gives this state (see its order), for the list's filter. */
export function inState(state: AccountState, now: number): RawBuilder<boolean> {
  const { disabled, expires, left, locked } = columns('account');
  const at = new Date(now);
  const first = sql<boolean>`(account.password_from_bootstrap or account.must_change_password)`;
  const usable = sql<boolean>`${mayEnter(now)} and not coalesce(${locked} > ${at}, false)`;
  const stale = isStale(lastUsed(), now);
  const expiring = sql<boolean>`coalesce(${expires} <= ${new Date(now + EXPIRING_MS)}, false)`;
  const conditions: Readonly<Record<AccountState, RawBuilder<boolean>>> = {
    left: sql`${disabled} is not null and ${left} is not null`,
    disabled: sql`${disabled} is not null and ${left} is null`,
    expired: sql`${disabled} is null and ${expires} <= ${at}`,
    locked: sql`${mayEnter(now)} and ${locked} > ${at}`,
    'first-password': sql`${usable} and ${first}`,
    stale: sql`${usable} and not ${first} and ${stale}`,
    expiring: sql`${usable} and not ${first} and not ${stale} and ${expiring}`,
    open: sql`${usable} and not ${first} and not ${stale} and not ${expiring}`,
  };
  return sql<boolean>`(${conditions[state]})`;
}

function columns(a: string) {
  return {
    disabled: sql.ref(`${a}.disabled_at`),
    expires: sql.ref(`${a}.expires_at`),
    left: sql.ref(`${a}.left_at`),
    locked: sql.ref(`${a}.locked_until`),
  };
}
