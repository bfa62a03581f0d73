import { AppError } from '#base';
import { auditVisitor, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { mayEnter } from '../account/account-state.ts';
import type { Obliged } from './obligation.ts';
import type { OpenedWith } from './open-session.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { spendCode } from './second-factor.ts';
import { Strangers } from './strangers.ts';
import { inTurn } from './turn.ts';

/** Five wrong passwords or codes in a row lock the door for fifteen minutes (等保三级 8.1.4.1 b). */
export const FAILURES_TO_LOCK = 5;
export const LOCK_MS = 15 * 60_000;

const strangers = new Strangers(FAILURES_TO_LOCK, LOCK_MS);
let dummy: Promise<string> | undefined;

/** What somebody offers to prove who they are. */
export interface Offer {
  readonly username: string;
  readonly password: string;
  /** A one-time code; null where none is asked for. */
  readonly otp: string | undefined | null;
  readonly address: string;
}

export interface Proven {
  readonly account: Account;
  readonly openedWith: OpenedWith;
}

interface Account extends Obliged {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly password_hash: string | null;
  readonly locked_until: number | null;
  readonly may_enter: boolean;
}

/**
 * Proves that somebody is who they say. Throws `session.refused` for an unknown name, a wrong password and a disabled
 * account alike, after the same work and whatever code came along; `session.otp-required` after a right password whose
 * code is missing or wrong; `session.locked` with the minutes left once a name has failed five times, whether it exists
 * or not. Every wrong password and every wrong code counts to the one lock.
 */
export function prove(context: SystemContext, offer: Offer): Promise<Proven> {
  return inTurn(`account ${offer.username}`, () => attempt(context, offer));
}

async function attempt(context: SystemContext, offer: Offer): Promise<Proven> {
  const now = context.now();
  const account = await context.transaction((tx) => loadAccount(tx, offer.username, now));
  const lockedUntil = account ? (account.locked_until ?? 0) : strangers.lockedUntil(offer.username, now);
  if (lockedUntil > now) {
    await context.transaction((tx) => note(tx, now, offer, 'session.locked'));
    throw new AppError('session.locked', { minutes: Math.ceil((lockedUntil - now) / 60_000) });
  }
  const known = await provePassword(context, offer, account);
  const openedWith = await proveCode(context, offer, known);
  await context.transaction((tx) =>
    sql`update account set failed_attempts = 0, locked_until = null where id = ${known.id}`.execute(tx),
  );
  return { account: known, openedWith };
}

/** The account whose password it is. One verification, whether there is such an account or not. */
async function provePassword(
  context: SystemContext,
  offer: Offer,
  account: Account | undefined,
): Promise<Account> {
  dummy ??= hashPassword('nobody');
  const right = await verifyPassword(offer.password, account?.password_hash ?? (await dummy));
  if (account?.may_enter && account.has_password && right) return account;
  await fail(context, offer, { account, action: 'session.refused' });
  throw new AppError('session.refused');
}

/** What the session is opened with: the password alone, or with a code where one is asked for. */
async function proveCode(
  context: SystemContext,
  { otp, ...offer }: Offer,
  account: Account,
): Promise<OpenedWith> {
  if (account.totp_enrolled_at === null || otp === null) return 'password';
  // Whoever has given none yet has not failed: the page asks for it only now.
  if (otp === undefined || otp === '') throw new AppError('session.otp-required');
  const code = { account: account.id, code: otp, now: context.now() };
  const used = await context.transaction((tx) => spendCode(tx, context.vault, code));
  if (used !== undefined) return used;
  await fail(context, { ...offer, otp }, { account, action: 'session.code-refused' });
  throw new AppError('session.otp-required');
}

async function fail(
  context: SystemContext,
  offer: Offer,
  { account, action }: { readonly account: Account | undefined; readonly action: string },
): Promise<void> {
  const now = context.now();
  await context.transaction(async (tx) => {
    if (account) await countFailure(tx, account.id, now);
    else strangers.fail(offer.username, now);
    await note(tx, now, offer, action);
  });
}

async function loadAccount(tx: Tx, username: string, now: number): Promise<Account | undefined> {
  return tx
    .selectFrom('account')
    .select(['id', 'username', 'name', 'kind', 'password_hash', 'locked_until'])
    .select(mayEnter(now).as('may_enter'))
    .select(['password_from_bootstrap', 'must_change_password', 'password_changed_at', 'totp_enrolled_at'])
    .select(['created_at', sql<boolean>`password_hash is not null`.as('has_password')])
    .where('username', '=', username)
    .executeTakeFirst();
}

/** A failure after a lock that has run out is the first of a new row. */
async function countFailure(tx: Tx, account: number, now: number): Promise<void> {
  await sql`update account set
      failed_attempts = case when locked_until is null then failed_attempts + 1 else 1 end,
      locked_until = case when locked_until is null and failed_attempts + 1 >= ${FAILURES_TO_LOCK}
        then ${new Date(now + LOCK_MS)}::timestamptz end
    where id = ${account}`.execute(tx);
}

function note(tx: Tx, at: number, { username, address }: Offer, action: string): Promise<void> {
  return auditVisitor(tx, { at, username, address }, { action, subject: `account/${username}` });
}
