import { type Ground, type RequestContext, SystemContext } from '#services/context';

import { mayEnter } from '../account/account-state.ts';
import { findBoundDevice } from './bound-device.ts';
import type { Visit } from './sign-in.ts';

/** Whether the device that asks is bound, and to whom: only the holder of its secret hears that. */
export async function getBoundDevice(
  _context: RequestContext,
  ground: Ground,
  visit: Visit,
): Promise<{ readonly bound: boolean; readonly name: string; readonly person: string }> {
  const system = new SystemContext(ground);
  if (visit.device === undefined) return { bound: false, name: '', person: '' };
  return system.transaction(async (tx) => {
    const now = system.now();
    const device = await findBoundDevice(tx, visit.device, now);
    const person =
      device &&
      (await tx
        .selectFrom('account')
        .select('name')
        .where('id', '=', device.account_id)
        .where(mayEnter(now))
        .executeTakeFirst());
    return device && person
      ? { bound: true, name: device.name, person: person.name }
      : { bound: false, name: '', person: '' };
  });
}
