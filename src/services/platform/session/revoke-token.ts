import { AppError } from '#base';
import { audit, type RequestContext } from '#services/context';

import { forgetCredentials } from './credential.ts';

/** Revokes a token at once; one that is revoked stays so. Throws `record.not-found` for one that is not the person's to see. */
export async function revokeToken(
  context: RequestContext,
  { params }: { readonly params: { readonly id: number } },
): Promise<null> {
  context.authorize('token.issue');
  await context.transaction(async (tx) => {
    const token = await tx
      .selectFrom('token')
      .select(['name', 'kind', 'revoked_at'])
      .where('id', '=', params.id)
      .forUpdate()
      .executeTakeFirst();
    if (!token) throw new AppError('record.not-found', { what: '令牌', id: params.id });
    if (token.revoked_at !== null) return;
    const at = new Date(context.now());
    await tx.updateTable('token').set({ revoked_at: at }).where('id', '=', params.id).execute();
    const before = { name: token.name, kind: token.kind };
    await audit(context, tx, { action: 'token.revoke', subject: `token/${params.id}`, before });
  });
  forgetCredentials(({ token }) => token === params.id);
  return null;
}
