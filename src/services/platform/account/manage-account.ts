import { AppError } from '#base';
import type { Account } from '#contract/platform';
import { ACCOUNT_STATE_TEXT, ROLE_TEXT } from '#model/platform';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { isPossible, type Verb } from './account-actions.ts';
import { type AccountRow, mayManage, separatedRolesOf, stateOf } from './account-row.ts';
import { showAccount } from './account-view.ts';
import { endAccess } from './end-access.ts';
import { forgetPeople } from './forget-people.ts';
import { loadAccount } from './get-account.ts';
import { keepAdministrators } from './last-administrators.ts';

const VERB_TEXT: Readonly<Record<Verb, string>> = {
  disable: '停用',
  enable: '启用',
  unlock: '解除锁定',
  'reset-password': '重置口令',
  'reset-second-factor': '重置第二因素',
};

interface Input {
  readonly params: { readonly id: number };
  readonly body: { readonly reason: string };
}

/** Switches an account off; sessions, person tokens and bound devices end at once, what it did stays. */
export function disableAccount(context: RequestContext, { params, body }: Input): Promise<Account> {
  return managing(context, params.id, 'disable', async (tx, row) => {
    await keepAdministrators(
      tx,
      row,
      row.roles.map(({ role }) => role),
      context.now(),
    );
    await endAccess(tx, row.id, { at: new Date(context.now()), reason: body.reason });
    return { state: 'disabled', reason: body.reason };
  });
}

/** Switches an account on again, also one of somebody who had left: its roles have to be asked for anew then. */
export function enableAccount(context: RequestContext, { params, body }: Input): Promise<Account> {
  return managing(context, params.id, 'enable', async (tx, row) => {
    await sql`update account set disabled_at = null, disabled_reason = null, left_at = null, stale_flagged_at = null,
      enabled_at = ${new Date(context.now())} where id = ${row.id}`.execute(tx);
    return { state: 'open', reason: body.reason };
  });
}

/** Opens the lock of wrong passwords before its time. */
export function unlockAccount(context: RequestContext, { params }: Pick<Input, 'params'>): Promise<Account> {
  return managing(context, params.id, 'unlock', async (tx, row) => {
    await sql`update account set locked_until = null, failed_attempts = 0 where id = ${row.id}`.execute(tx);
    return { lockedUntil: null };
  });
}

/** What every act on somebody's account has in common. */
async function managing(
  context: RequestContext,
  id: number,
  verb: Verb,
  act: (tx: Tx, row: AccountRow) => Promise<object>,
): Promise<Account> {
  context.authorize('account.manage');
  const account = await context.transaction(async (tx) => {
    const row = await lockManaged(context, tx, id, verb);
    const after = await act(tx, row);
    await auditManaged(context, tx, row, { verb, after });
    return showAccount(context, await loadAccount(tx, context.now(), id));
  });
  forgetPeople([id]);
  return account;
}

/** Writes what was done to an account. */
export async function auditManaged(
  context: RequestContext,
  tx: Tx,
  row: AccountRow,
  { verb, after }: { readonly verb: Verb; readonly after: object },
): Promise<void> {
  await audit(context, tx, {
    action: `account.${verb}`,
    subject: `account/${row.username}`,
    before: { state: stateOf(row, context.now()) },
    after,
    place: row.place,
    scenario: row.scenario,
  });
}

/**
 * The account, held, when the caller may do this to it now. Throws `record.not-found`, `account.not-yourself`,
 * `account.not-manageable`, `account.four-eyes`, `account.illegal-action`.
 */
export async function lockManaged(
  context: RequestContext,
  tx: Tx,
  id: number,
  verb: Verb,
): Promise<AccountRow> {
  await sql`select from account where id = ${id} for update`.execute(tx);
  const row = await loadAccount(tx, context.now(), id);
  const action = VERB_TEXT[verb];
  context.authorizeRecord('account.manage', row);
  if (row.id === context.actor.accountId) throw new AppError('account.not-yourself', { action });
  if (!mayManage(context, row)) throw new AppError('account.not-manageable', { action });
  const [separated] = separatedRolesOf(row);
  if (verb === 'reset-password' && separated !== undefined)
    throw new AppError('account.four-eyes', { action, role: ROLE_TEXT[separated] });
  if (!isPossible(row, verb, context.now()))
    throw new AppError('account.illegal-action', {
      state: ACCOUNT_STATE_TEXT[stateOf(row, context.now())],
      action,
    });
  return row;
}
