import type { Tx } from '#storage';
import { sql } from 'kysely';

import { mayEnter } from '../account/account-state.ts';
import type { Credential } from './credential.ts';
import { obligationOf } from './obligation.ts';
import { loadRights } from './rights.ts';
import { awake, MINUTE_MS } from './idle.ts';
import { keepsDuty } from './session-view.ts';

export const NOTED_EVERY_MS = 60_000;

/** The session of a secret's hash, while it lasts. Its use is noted, unless the page asked by itself for somebody off duty. */
export async function findSession(
  tx: Tx,
  hash: Buffer,
  { now, automatic }: { readonly now: number; readonly automatic: boolean },
): Promise<Credential | undefined> {
  const at = new Date(now);
  const row = await tx
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .leftJoin('bound_device', (join) =>
      join.onRef('bound_device.id', '=', 'session.bound_device_id').on('bound_device.ended_at', 'is', null),
    )
    .select(['session.id as session', 'session.last_used_at', 'session.expires_at', 'session.opened_with'])
    .select('session.idle_minutes')
    .select(['bound_device.id as device', 'account.id', 'account.username', 'account.name', 'account.kind'])
    .select(['account.password_from_bootstrap', 'account.must_change_password', 'account.created_at'])
    .select(['account.password_changed_at', 'account.totp_enrolled_at'])
    .select(sql<boolean>`account.password_hash is not null`.as('has_password'))
    .where('session.token_hash', '=', hash)
    .where(awake(now))
    .where(mayEnter(now))
    .executeTakeFirst();
  if (!row) return undefined;
  const { id, username, name } = row;
  const rights = await loadRights(tx, id, now);
  const used = !automatic || keepsDuty(rights);
  if (used && now - row.last_used_at >= NOTED_EVERY_MS) {
    await sql`update session set last_used_at = ${at} where id = ${row.session}`.execute(tx);
  }
  const owes = row.opened_with === 'identity' ? undefined : obligationOf(row, row.device !== null, now);
  return {
    actor: { accountId: id, username, name, rights, ...(owes === undefined ? {} : { owes }) },
    endsAt: row.expires_at,
    idleEndsAt: (used ? now : row.last_used_at) + row.idle_minutes * MINUTE_MS,
    session: { id: row.session, openedWith: row.opened_with, device: row.device ?? undefined },
    token: undefined,
    firstPassword: row.password_from_bootstrap,
    secondFactor: row.totp_enrolled_at !== null,
  };
}
