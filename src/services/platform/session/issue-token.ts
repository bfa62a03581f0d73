import { AppError } from '#base';
import type { platformRoutes } from '#contract/platform';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { hashToken, newToken } from './token-text.ts';

type Body = z.output<typeof platformRoutes.issueToken.body>;
type Reply = z.output<typeof platformRoutes.issueToken.reply>;

/**
 * Issues a token; its text is in this answer and nowhere else. Throws `input.invalid` when a device token names no device
 * or an end that is past, `record.not-found` for a device that is unknown or whose points the issuer may not see.
 */
export async function issueToken(context: RequestContext, { body }: { readonly body: Body }): Promise<Reply> {
  context.authorize('token.issue');
  const { name, kind, expiresAt } = body;
  if (expiresAt !== undefined && expiresAt <= context.now()) {
    throw new AppError('input.invalid', { issues: 'expiresAt 须晚于现在' });
  }
  const token = newToken();
  return context.transaction(async (tx) => {
    const device = await deviceOf(tx, body);
    const { id } = await tx
      .insertInto('token')
      .values({
        name,
        kind,
        token_hash: hashToken(token),
        account_id: context.actor.accountId,
        device_id: device,
        created_at: new Date(context.now()),
        expires_at: expiresAt === undefined ? null : new Date(expiresAt),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const after = { name, kind, device: body.device ?? null, expiresAt: expiresAt ?? null };
    await audit(context, tx, { action: 'token.issue', subject: `token/${id}`, after });
    return { id, token };
  });
}

async function deviceOf(tx: Tx, { kind, device }: Body): Promise<number | null> {
  if (kind !== 'device') {
    if (device === undefined) return null;
    throw new AppError('input.invalid', { issues: '只有 kind 为 device 的令牌可以写 device' });
  }
  if (device === undefined)
    throw new AppError('input.invalid', { issues: '设备令牌须写明 device（设备编码）' });
  const { rows } = await sql<{ id: number; foreign: boolean }>`
    select d.id, exists (
      select from device_factor f left join point p on p.id = f.point_id where f.device_id = d.id and p.id is null
    ) as foreign
    from device d where d.code = ${device} limit 2`.execute(tx);
  const [row] = rows;
  if (!row || row.foreign) throw new AppError('record.not-found', { what: '设备', id: device });
  if (rows.length > 1) {
    throw new AppError('input.invalid', {
      issues: `设备编码“${device}”在几种协议下都有，请先改成不同的编码`,
    });
  }
  return row.id;
}
