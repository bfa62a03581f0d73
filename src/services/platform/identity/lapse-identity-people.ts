import { auditRule, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { forgetCredentials } from '../session/credential.ts';
import { SHUT_REASON } from './identity-account.ts';
import { IDENTITY_SESSION_MS } from './open-identity-session.ts';

/**
 * For how long the provider's last word is believed of somebody who does not come back. Sessions and bound phones end after
 * a shift; tokens must not live on for somebody who has left.
 */
const VOUCHED_MS = 30 * 86_400_000;
const AT_ONCE = 500;

/**
 * What the provider's word of a while ago no longer carries: phones bound by its people, and the sessions their PINs opened,
 * end eight hours after their last sign-in through it; accounts it has not vouched for in thirty days are shut. Whoever signs
 * in again is let in again. Gives the accounts that were shut.
 */
export async function lapseIdentityPeople(context: SystemContext): Promise<readonly number[]> {
  const now = context.now();
  const { shut, over } = await context.transaction(async (tx) => {
    await sql`delete from identity_once where expires_at < ${new Date(now)}`.execute(tx);
    return { shut: await shutUnvouched(tx, now), over: await endShifts(tx, now) };
  });
  const accounts = new Set([...shut, ...over]);
  if (accounts.size > 0) forgetCredentials(({ actor }) => accounts.has(actor.accountId));
  return shut;
}

async function endShifts(tx: Tx, now: number): Promise<readonly number[]> {
  const { rows } = await sql<{ account_id: number }>`
    with due as (
      select account_id from identity_person where confirmed_at <= ${new Date(now - IDENTITY_SESSION_MS)}
    ), unbound as (
      update bound_device set ended_at = ${new Date(now)}
      where ended_at is null and account_id in (select account_id from due) returning account_id
    ), gone as (
      delete from session where opened_with = 'pin' and account_id in (select account_id from due) returning account_id
    )
    select account_id from unbound union select account_id from gone`.execute(tx);
  return rows.map((row) => row.account_id);
}

async function shutUnvouched(tx: Tx, now: number): Promise<readonly number[]> {
  const at = new Date(now);
  const { rows } = await sql<{
    id: number;
    username: string;
    place: number | null;
    scenario: number | null;
  }>`
      with due as (
        select i.account_id from identity_person i join account a on a.id = i.account_id
        where i.shut_at is null and a.disabled_at is null and i.confirmed_at < ${new Date(now - VOUCHED_MS)}
        order by i.confirmed_at limit ${AT_ONCE} for update of i, a skip locked
      ), marked as (
        update identity_person set shut_at = ${at} where account_id in (select account_id from due)
      ), stripped as (
        delete from role_assignment where source = 'oidc' and account_id in (select account_id from due)
      )
      update account set disabled_at = ${at}, disabled_reason = ${SHUT_REASON} where id in (select account_id from due)
      returning id, username, place, scenario`.execute(tx);
  const records = rows.map(({ username, place, scenario }) => ({
    action: 'account.disable',
    subject: `account/${username}`,
    after: { by: 'identity', reason: 'not-vouched-for' },
    place,
    scenario,
  }));
  await auditRule(tx, { rule: 'identity.lapse', at: now }, records);
  return rows.map(({ id }) => id);
}
