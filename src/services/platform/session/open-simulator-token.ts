import type { SystemContext } from '#services/context';

import { hashToken } from './token-text.ts';

const NAME = '模拟设备';

/**
 * Gives the simulator's process its token: that of the person `district`, so that it registers, opens replay sessions
 * and sends like an integrator would. The one of an earlier start ends.
 */
export async function openSimulatorToken(context: SystemContext, token: string): Promise<void> {
  await context.transaction(async (tx) => {
    const now = new Date(context.now());
    const owner = await tx
      .selectFrom('account')
      .select('id')
      .where('username', '=', 'district')
      .executeTakeFirstOrThrow();
    await tx
      .updateTable('token')
      .set({ revoked_at: now })
      .where('name', '=', NAME)
      .where('revoked_at', 'is', null)
      .execute();
    await tx
      .insertInto('token')
      .values({
        name: NAME,
        kind: 'person',
        token_hash: hashToken(token),
        account_id: owner.id,
        device_id: null,
      })
      .execute();
  });
}
