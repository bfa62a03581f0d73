import { AppError } from '#base';
import { audit, type RequestContext } from '#services/context';

import { endBindings, loadBoundDevices } from './bound-device.ts';
import { forgetCredentials, requireSession } from './credential.ts';

/** Ends the binding of one of one's own phones, and the sessions on it, at once. Throws `record.not-found` for anybody else's. */
export async function endBoundDevice(context: RequestContext, id: number): Promise<null> {
  requireSession(context);
  context.authorizeSelf();
  const { accountId: account, username } = context.actor;
  const now = context.now();
  await context.transaction(async (tx) => {
    const own = await loadBoundDevices(tx, { account, now, current: undefined });
    const device = own.find((one) => one.id === id);
    if (!device) throw new AppError('record.not-found', { what: '绑定的手机', id });
    await endBindings(tx, [id], now);
    const before = { device: id, name: device.name };
    await audit(context, tx, { action: 'device.unbind', subject: `account/${username}`, before });
  });
  forgetCredentials(({ session }) => session?.device === id);
  return null;
}
