import { type Ground, type RequestContext, SystemContext } from '#services/context';
import { sql } from 'kysely';

import { requireSession } from './credential.ts';
import { prove } from './proof.ts';

/**
 * Whoever is signed in proves once more that it is they, before something that a screen left open must not give away. Throws
 * `session.refused` and `session.locked` as a sign-in does; people who have no password here (统一身份) have proved it elsewhere.
 */
export async function proveSelf(context: RequestContext, ground: Ground, password: string): Promise<void> {
  requireSession(context);
  context.authorizeSelf();
  const { accountId: account, username, address } = context.actor;
  const system = new SystemContext(ground);
  const { rows } = await system.transaction((tx) =>
    sql<{ has: boolean }>`select password_hash is not null as has from account where id = ${account}`.execute(
      tx,
    ),
  );
  if (rows[0]?.has === false) return;
  await prove(system, { username, password, otp: null, address });
}
