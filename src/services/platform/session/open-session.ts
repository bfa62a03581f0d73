import { limitAt } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { awake, MINUTE_MS } from './idle.ts';
import { LONGEST_MS } from './session-view.ts';
import { hashToken, newToken } from './token-text.ts';

export type OpenedWith = 'password' | 'code' | 'recovery-code' | 'pin' | 'identity';

export interface Opening {
  readonly account: number;
  readonly now: number;
  readonly address: string;
  /** In short, see `client-name.ts`. */
  readonly client: string;
  readonly openedWith: OpenedWith;
  /** The bound device it runs on. */
  readonly device?: number | undefined;
  /** Secret of the session this browser had: it ends, so that none is left behind or fixed beforehand. */
  readonly previous?: string | undefined;
}

export interface Opened {
  /** The session's secret. */
  readonly token: string;
  /** The session that the browser had before. */
  readonly ended: number | undefined;
  /** When it ends if it is not used, epoch ms. */
  readonly idleEndsAt: number;
}

/** Opens a session; those of the account that ran out are removed. */
export async function openSession(tx: Tx, opening: Opening): Promise<Opened> {
  const { account, now } = opening;
  const at = new Date(now);
  await tx
    .updateTable('account')
    .set({ failed_attempts: 0, locked_until: null, last_sign_in_at: at })
    .where('id', '=', account)
    .execute();
  await sql`delete from session where account_id = ${account}
    and not ${awake(now)}`.execute(tx);
  const ended = opening.previous === undefined ? undefined : await endByToken(tx, opening.previous);
  const token = newToken();
  const { idle_minutes } = await tx
    .insertInto('session')
    .values({
      account_id: account,
      token_hash: hashToken(token),
      created_at: at,
      last_used_at: at,
      expires_at: new Date(now + LONGEST_MS),
      idle_minutes: sql`(select ${limitAt('session.idle-minutes', sql.ref('a.platform_id'))} from account a where a.id = ${account})`,
      address: opening.address,
      client: opening.client,
      opened_with: opening.openedWith,
      bound_device_id: opening.device ?? null,
    })
    .returning('idle_minutes')
    .executeTakeFirstOrThrow();
  return { token, ended, idleEndsAt: now + idle_minutes * MINUTE_MS };
}

async function endByToken(tx: Tx, token: string): Promise<number | undefined> {
  const hash = hashToken(token);
  return (await tx.deleteFrom('session').where('token_hash', '=', hash).returning('id').executeTakeFirst())
    ?.id;
}
