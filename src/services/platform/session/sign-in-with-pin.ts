import { AppError } from '#base';
import type { Session } from '#contract/platform';
import { auditVisitor, type Ground, type RequestContext, SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { mayEnter } from '../account/account-state.ts';
import { type Bound, endBindings, findBoundDevice, pinText, WRONG_PINS } from './bound-device.ts';
import { clientName } from './client-name.ts';
import { forgetCredentials, forgetSession } from './credential.ts';
import { obligationOf, type Obliged } from './obligation.ts';
import { openSession } from './open-session.ts';
import { verifyPassword } from './password.ts';
import { loadRights } from './rights.ts';
import { showSession } from './session-view.ts';
import type { Visit } from './sign-in.ts';
import { hashToken } from './token-text.ts';
import { inTurn } from './turn.ts';

/**
 * Opens a session on a bound device. Throws `session.device-unknown` where the binding does not hold (any more), and
 * `session.pin-refused` with the tries left; the fifth wrong PIN in a row ends the binding.
 */
export function signInWithPin(
  context: RequestContext,
  ground: Ground,
  body: { readonly pin: string },
  visit: Visit,
): Promise<Session & { readonly token: string }> {
  if (visit.device === undefined) throw new AppError('session.device-unknown');
  const about = `device ${hashToken(visit.device).toString('hex')}`;
  const system = new SystemContext(ground);
  return inTurn(about, () => attempt(system, { pin: body.pin, visit, address: context.actor.address }));
}

interface Attempt {
  readonly pin: string;
  readonly visit: Visit;
  readonly address: string;
}

async function attempt(
  context: SystemContext,
  { pin, visit, address }: Attempt,
): Promise<Session & { readonly token: string }> {
  const now = context.now();
  const found = await context.transaction(async (tx) => {
    const device = await findBoundDevice(tx, visit.device, now);
    const account = device && (await loadHolder(tx, device.account_id, now));
    return account && { device, account, pinHash: await loadPinHash(tx, device.id) };
  });
  if (!found) throw new AppError('session.device-unknown');
  const { device, account, pinHash } = found;
  const who = { at: now, username: account.username, address };
  const subject = `account/${account.username}`;

  if (!(await verifyPassword(pinText(context.vault, pin), pinHash))) {
    const left = await context.transaction(async (tx) => {
      await auditVisitor(tx, who, { action: 'session.pin-refused', subject, after: { device: device.id } });
      return countWrong(tx, device, now);
    });
    if (left > 0) throw new AppError('session.pin-refused', { left });
    forgetCredentials(({ session }) => session?.device === device.id);
    throw new AppError('session.device-unknown');
  }

  const { shown, ended } = await context.transaction(async (tx) => {
    await sql`update bound_device set wrong_pins = 0, last_used_at = ${new Date(now)} where id = ${device.id}`.execute(
      tx,
    );
    const client = clientName(visit.userAgent);
    const opening = { account: account.id, now, address, client, previous: visit.previous };
    const { token, ended, idleEndsAt } = await openSession(tx, {
      ...opening,
      openedWith: 'pin',
      device: device.id,
    });
    const after = { openedWith: 'pin', device: device.id };
    await auditVisitor(tx, who, { action: 'session.opened', subject, after });
    const person = {
      ...account,
      firstPassword: account.password_from_bootstrap,
      secondFactor: account.totp_enrolled_at !== null,
      owes: obligationOf(account, true, now),
    };
    const rights = await loadRights(tx, account.id, now);
    return { shown: { ...showSession(person, rights, idleEndsAt), token }, ended };
  });
  forgetSession(ended);
  return shown;
}

interface Holder extends Obliged {
  readonly id: number;
  readonly username: string;
  readonly name: string;
}

async function loadHolder(tx: Tx, id: number, now: number): Promise<Holder | undefined> {
  return tx
    .selectFrom('account')
    .select(['id', 'username', 'name', 'kind', 'password_from_bootstrap', 'must_change_password'])
    .select(['password_changed_at', 'totp_enrolled_at', 'created_at'])
    .select(sql<boolean>`password_hash is not null`.as('has_password'))
    .where('id', '=', id)
    .where(mayEnter(now))
    .executeTakeFirst();
}

async function loadPinHash(tx: Tx, device: number): Promise<string> {
  const held = tx.selectFrom('bound_device').select('pin_hash').where('id', '=', device);
  return (await held.executeTakeFirstOrThrow()).pin_hash;
}

/** Gives the tries that are left. */
async function countWrong(tx: Tx, { id, wrong_pins }: Bound, now: number): Promise<number> {
  await sql`update bound_device set wrong_pins = wrong_pins + 1 where id = ${id}`.execute(tx);
  const left = WRONG_PINS - wrong_pins - 1;
  if (left <= 0) await endBindings(tx, [id], now);
  return left;
}
