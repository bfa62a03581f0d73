import { AppError } from '#base';
import type { BoundDevice } from '#contract/platform';
import { isTrivialPin, PIN_FORM } from '#model/platform';
import { audit, type RequestContext } from '#services/context';

import { BOUND_MS, endBindings, findBoundDevice, loadBoundDevices, pinText } from './bound-device.ts';
import { clientName } from './client-name.ts';
import { forgetCredentials, requireSession } from './credential.ts';
import { hashPassword } from './password.ts';
import { mayBindDevice } from './session-view.ts';
import type { Visit } from './sign-in.ts';
import { hashToken, newToken } from './token-text.ts';

/**
 * Binds the device that asks to its person; `secret` is for its cookie and nowhere else. An earlier binding of the same
 * device ends. Throws `session.person-required` unless the session was opened with the password, `session.pin-weak`, and
 * `session.second-factor-required` where a device is bound already and neither it nor a code vouches for this session.
 */
export async function bindDevice(
  context: RequestContext,
  body: { readonly name: string; readonly pin: string },
  visit: Visit,
): Promise<{ readonly device: BoundDevice; readonly secret: string }> {
  const { session } = requireSession(context);
  context.authorizeSelf();
  if (session.openedWith === 'pin') throw new AppError('session.person-required');
  if (!mayBindDevice(context.actor.rights)) throw new AppError('session.device-not-for-role');
  if (!PIN_FORM.test(body.pin) || isTrivialPin(body.pin)) throw new AppError('session.pin-weak');
  const pinHash = await hashPassword(pinText(context.vault, body.pin));
  const secret = newToken();
  const now = context.now();
  const { accountId: account, username, owes } = context.actor;
  const device = await context.transaction(async (tx) => {
    const held = await loadBoundDevices(tx, { account, now, current: undefined });
    if (owes === 'second-factor' && held.length > 0) throw new AppError('session.second-factor-required');
    const before = await findBoundDevice(tx, visit.device, now);
    if (before)
      await tx.updateTable('session').set({ bound_device_id: null }).where('id', '=', session.id).execute();
    if (before) await endBindings(tx, [before.id], now);
    const { id } = await tx
      .insertInto('bound_device')
      .values({
        account_id: account,
        name: body.name,
        secret_hash: hashToken(secret),
        pin_hash: pinHash,
        client: clientName(visit.userAgent),
        address: context.actor.address,
        bound_at: new Date(now),
        last_used_at: new Date(now),
        expires_at: new Date(now + BOUND_MS),
        ended_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx.updateTable('session').set({ bound_device_id: id }).where('id', '=', session.id).execute();
    await audit(context, tx, {
      action: 'device.bind',
      subject: `account/${username}`,
      after: { device: id, name: body.name },
    });
    return (await loadBoundDevices(tx, { account, now, current: id })).find((one) => one.id === id);
  });
  forgetCredentials(({ actor }) => actor.accountId === account);
  if (device === undefined) throw new Error('a device that was bound now is not there');
  return { device, secret };
}
