import { AppError } from '#base';
import type { platformRoutes, Session } from '#contract/platform';
import { auditVisitor, type Ground, type RequestContext, SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { hashPassword, verifyPassword } from './password.ts';
import { loadRights } from './rights.ts';
import { IDLE_MS, LONGEST_MS, showSession } from './session-view.ts';
import { Strangers } from './strangers.ts';
import { hashToken, newToken } from './token-text.ts';

type Body = z.output<typeof platformRoutes.signIn.body>;

/** Five wrong passwords in a row lock the door for ten minutes (等保三级 8.1.4.1 b). */
export const FAILURES_TO_LOCK = 5;
export const LOCK_MS = 10 * 60_000;

const strangers = new Strangers(FAILURES_TO_LOCK, LOCK_MS);
/** Attempts on one name follow one another, or a hundred at once would all count as the first. */
const queues = new Map<string, Promise<unknown>>();
let dummy: Promise<string> | undefined;

/**
 * Opens a session. Throws `session.refused` for an unknown name, a wrong password and a disabled account alike, after the
 * same work; `session.locked` with the minutes left once a name has failed five times, whether it exists or not.
 */
export function signIn(
  context: RequestContext,
  ground: Ground,
  body: Body,
): Promise<Session & { readonly token: string }> {
  const turn = (queues.get(body.username) ?? Promise.resolve())
    .catch(() => undefined)
    .then(() => attempt(new SystemContext(ground), body, context.actor.address));
  const settled = turn
    .catch(() => undefined)
    .then(() => {
      if (queues.get(body.username) === settled) queues.delete(body.username);
    });
  queues.set(body.username, settled);
  return turn;
}

interface Account {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly password_hash: string | null;
  readonly password_from_bootstrap: boolean;
  readonly failed_attempts: number;
  readonly locked_until: number | null;
  readonly disabled_at: number | null;
}

async function attempt(
  context: SystemContext,
  { username, password }: Body,
  address: string,
): Promise<Session & { readonly token: string }> {
  const now = context.now();
  const note = (tx: Tx, action: string): Promise<void> =>
    auditVisitor(tx, { at: now, username, address }, { action, subject: `account/${username}` });
  const account = await context.transaction((tx) => loadAccount(tx, username));
  const lockedUntil = account ? (account.locked_until ?? 0) : strangers.lockedUntil(username, now);
  if (lockedUntil > now) {
    await context.transaction((tx) => note(tx, 'session.locked'));
    throw new AppError('session.locked', { minutes: Math.ceil((lockedUntil - now) / 60_000) });
  }

  dummy ??= hashPassword('nobody');
  const right = await verifyPassword(password, account?.password_hash ?? (await dummy));
  if (!account || !right || account.disabled_at !== null) {
    await context.transaction(async (tx) => {
      if (account) await countFailure(tx, account, now);
      else strangers.fail(username, now);
      await note(tx, 'session.refused');
    });
    throw new AppError('session.refused');
  }

  const token = newToken();
  return context.transaction(async (tx) => {
    await openSession(tx, account, { token, now, address });
    await note(tx, 'session.opened');
    const rights = await loadRights(tx, account.id, now);
    const person = { ...account, firstPassword: account.password_from_bootstrap };
    return { ...showSession(person, rights, now + IDLE_MS), token };
  });
}

async function loadAccount(tx: Tx, username: string): Promise<Account | undefined> {
  return tx
    .selectFrom('account')
    .select([
      'id',
      'username',
      'name',
      'password_hash',
      'password_from_bootstrap',
      'failed_attempts',
      'locked_until',
      'disabled_at',
    ])
    .where('username', '=', username)
    .executeTakeFirst();
}

/** A failure after a lock that has run out is the first of a new row. */
async function countFailure(tx: Tx, account: Account, now: number): Promise<void> {
  await sql`update account set
      failed_attempts = case when locked_until is null then failed_attempts + 1 else 1 end,
      locked_until = case when locked_until is null and failed_attempts + 1 >= ${FAILURES_TO_LOCK}
        then ${new Date(now + LOCK_MS)}::timestamptz end
    where id = ${account.id}`.execute(tx);
}

async function openSession(
  tx: Tx,
  account: Account,
  made: { readonly token: string; readonly now: number; readonly address: string },
): Promise<void> {
  await tx
    .updateTable('account')
    .set({ failed_attempts: 0, locked_until: null })
    .where('id', '=', account.id)
    .execute();
  const at = new Date(made.now);
  await sql`delete from session where account_id = ${account.id}
    and (expires_at <= ${at} or last_used_at <= ${new Date(made.now - IDLE_MS)})`.execute(tx);
  await tx
    .insertInto('session')
    .values({
      account_id: account.id,
      token_hash: hashToken(made.token),
      created_at: at,
      last_used_at: at,
      expires_at: new Date(made.now + LONGEST_MS),
      address: made.address,
    })
    .execute();
}
