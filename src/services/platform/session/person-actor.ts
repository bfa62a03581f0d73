import type { Actor, SystemContext } from '#services/context';

import { mayEnter } from '../account/account-state.ts';
import { loadRights } from './rights.ts';

/**
 * Who somebody is that has proved it otherwise than by a session (an answer from their own phone), with what they may do now.
 * Undefined for one that may not come in. `address`: where the answer came from.
 */
export async function personActor(
  context: SystemContext,
  account: number,
  address: string,
): Promise<Actor | undefined> {
  return context.transaction(async (tx) => {
    const now = context.now();
    const row = await tx
      .selectFrom('account')
      .select(['username', 'name'])
      .where('id', '=', account)
      .where('kind', '=', 'person')
      .where(mayEnter(now))
      .executeTakeFirst();
    if (!row) return undefined;
    return { accountId: account, ...row, rights: await loadRights(tx, account, now), address };
  });
}
