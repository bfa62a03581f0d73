import { AppError } from '#base';
import { type AuditRecord, auditVisitor } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { ProvenPerson } from './identity-provider.ts';
import type { KnownPlatform } from './load-mappings.ts';
import { usernamesOf } from './person-name.ts';

/** An account that came through the provider. */
export interface IdentityAccount {
  readonly id: number;
  readonly username: string;
  readonly disabled: boolean;
  /** Shut by the provider's word, and by nobody of ours since. */
  readonly shut: boolean;
  readonly expired: boolean;
}

/** As the account's reason reads. An administrator who closes it too writes another: then it is theirs to open. */
export const SHUT_REASON = '统一身份平台不再确认此人';

/** When and from where somebody comes. */
export interface Moment {
  readonly now: number;
  readonly address: string;
}

/** The account of an issuer's subject; user names play no part. */
export async function findIdentityAccount(
  tx: Tx,
  { issuer, subject }: ProvenPerson,
  now: number,
): Promise<IdentityAccount | undefined> {
  const { rows } = await sql<IdentityAccount>`
    select a.id, a.username, a.disabled_at is not null as disabled,
      coalesce(a.disabled_at = i.shut_at and a.disabled_reason = ${SHUT_REASON} and a.left_at is null, false) as shut,
      coalesce(a.expires_at <= ${new Date(now)}, false) as expired
    from account a left join identity_person i on i.account_id = a.id
    where a.issuer = ${issuer} and a.subject = ${subject} for update of a`.execute(tx);
  return rows[0];
}

/** A new account under the first user name that is free. One that somebody else bears is left to them. */
export async function openIdentityAccount(
  tx: Tx,
  person: ProvenPerson,
  { name, home, now }: { readonly name: string; readonly home: KnownPlatform; readonly now: number },
): Promise<{ readonly id: number; readonly username: string }> {
  for (const username of usernamesOf(person)) {
    const { rows } = await sql<{ id: number; username: string }>`
      insert into account (username, name, password_from_bootstrap, created_at, platform_id, place, scenario, issuer, subject)
      values (${username}, ${name}, false, ${new Date(now)}, ${home.id}, ${home.place}, ${home.scenario},
        ${person.issuer}, ${person.subject})
      on conflict (username) do nothing returning id, username`.execute(tx);
    if (rows[0]) return rows[0];
  }
  throw new AppError('identity.account-disabled', { reason: 'username-taken' });
}

/** What the provider says of the person now; it has vouched for them at this moment. */
export async function confirmIdentityAccount(
  tx: Tx,
  id: number,
  { name, home, now }: { readonly name: string; readonly home: KnownPlatform; readonly now: number },
): Promise<void> {
  await sql`update account set name = ${name}, platform_id = ${home.id}, place = ${home.place}, scenario = ${home.scenario},
      disabled_at = null, disabled_reason = null, stale_flagged_at = null where id = ${id}`.execute(tx);
  await sql`insert into identity_person (account_id, confirmed_at) values (${id}, ${new Date(now)})
    on conflict (account_id) do update set confirmed_at = excluded.confirmed_at, shut_at = null`.execute(tx);
}

/** The provider no longer vouches: no roles, no sessions, no account until it does again. */
export async function shutIdentityAccount(
  tx: Tx,
  { id, username, disabled }: IdentityAccount,
  moment: Moment,
): Promise<void> {
  const at = new Date(moment.now);
  await sql`delete from role_assignment where account_id = ${id} and source = 'oidc'`.execute(tx);
  await sql`delete from session where account_id = ${id}`.execute(tx);
  if (disabled) return;
  await sql`update account set disabled_at = ${at}, disabled_reason = ${SHUT_REASON} where id = ${id}`.execute(
    tx,
  );
  await sql`insert into identity_person (account_id, confirmed_at, shut_at) values (${id}, ${at}, ${at})
    on conflict (account_id) do update set shut_at = excluded.shut_at`.execute(tx);
  await auditPerson(tx, username, moment, { action: 'account.disable', after: { by: 'identity' } });
}

/** Writes into the audit what happened to an account because its person came. */
export function auditPerson(
  tx: Tx,
  username: string,
  { now, address }: Moment,
  record: Omit<AuditRecord, 'subject'>,
): Promise<void> {
  return auditVisitor(tx, { at: now, username, address }, { subject: `account/${username}`, ...record });
}
