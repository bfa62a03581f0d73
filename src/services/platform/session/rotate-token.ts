import { AppError } from '#base';
import { audit, type RequestContext } from '#services/context';

import { forgetCredentials } from './credential.ts';
import { tokenDevice } from './token-device.ts';
import { hashToken, newToken } from './token-text.ts';

const MINUTE_MS = 60_000;

/**
 * Gives a token a successor; the old one lives on for a grace, so that what sends can be changed over. Whoever rotates
 * answers for the new one, and it reaches no further than they do. Throws `record.not-found`, `token.ended`,
 * `token.not-yours` for another person's own token.
 */
export async function rotateToken(
  context: RequestContext,
  {
    params,
    body,
  }: { readonly params: { readonly id: number }; readonly body: { readonly graceMinutes: number } },
): Promise<{ readonly id: number; readonly token: string; readonly oldExpiresAt: number }> {
  context.authorize('token.issue');
  const now = context.now();
  const account = context.actor.accountId;
  const text = newToken();
  const rotated = await context.transaction(async (tx) => {
    const old = await tx
      .selectFrom('token')
      .select(['name', 'kind', 'account_id', 'device_id', 'platform_id', 'only_scenarios', 'created_at'])
      .select(['expires_at', 'revoked_at', 'replaced_by'])
      .where('id', '=', params.id)
      .forUpdate()
      .executeTakeFirst();
    if (!old) throw new AppError('record.not-found', { what: '令牌', id: params.id });
    if (old.revoked_at !== null || old.replaced_by !== null || (old.expires_at ?? now + 1) <= now)
      throw new AppError('token.ended');
    if (old.kind === 'person' && old.account_id !== account) throw new AppError('token.not-yours');
    if (old.device_id !== null) await tokenDevice(tx, { id: old.device_id });
    // A token that was issued for some time gets the same time again.
    const expiresAt = old.expires_at === null ? null : new Date(now + old.expires_at - old.created_at);
    const { name, kind, device_id, platform_id, only_scenarios } = old;
    const { id } = await tx
      .insertInto('token')
      .values({
        name,
        kind,
        device_id,
        platform_id,
        only_scenarios,
        token_hash: hashToken(text),
        account_id: account,
        created_at: new Date(now),
        expires_at: expiresAt,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const oldExpiresAt = Math.min(old.expires_at ?? Infinity, now + body.graceMinutes * MINUTE_MS);
    const ending = { expires_at: new Date(oldExpiresAt), replaced_by: id };
    await tx.updateTable('token').set(ending).where('id', '=', params.id).execute();
    const after = { id, oldExpiresAt };
    await audit(context, tx, { action: 'token.rotate', subject: `token/${params.id}`, after });
    return { id, token: text, oldExpiresAt };
  });
  forgetCredentials(({ token }) => token === params.id);
  return rotated;
}
