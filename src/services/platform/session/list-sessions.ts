import type { BoundDevice, OwnSession } from '#contract/platform';
import type { RequestContext } from '#services/context';

import { loadBoundDevices } from './bound-device.ts';
import { requireSession } from './credential.ts';
import { awake } from './idle.ts';

/** One's own open sessions, newest use first, and the phones that are bound. */
export async function listSessions(
  context: RequestContext,
): Promise<{ readonly items: OwnSession[]; readonly devices: BoundDevice[] }> {
  const { session } = requireSession(context);
  context.authorizeSelf();
  const now = context.now();
  const account = context.actor.accountId;
  return context.transaction(async (tx) => {
    const rows = await tx
      .selectFrom('session')
      .select(['id', 'created_at', 'last_used_at', 'expires_at', 'address', 'client', 'opened_with'])
      .select('bound_device_id')
      .where('account_id', '=', account)
      .where(awake(now))
      .orderBy('last_used_at', 'desc')
      .orderBy('id', 'desc')
      .execute();
    const items = rows.map((row) => ({
      id: row.id,
      openedAt: row.created_at,
      lastUsedAt: row.last_used_at,
      expiresAt: row.expires_at,
      address: row.address,
      client: row.client,
      openedWith: row.opened_with,
      device: row.bound_device_id,
      current: row.id === session.id,
    }));
    return { items, devices: await loadBoundDevices(tx, { account, now, current: session.device }) };
  });
}
