import { AppError } from '#base';
import { placedFor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';

/** A webhook that is to be changed, held until the end of the transaction. Throws `record.not-found`. */
export async function lockWebhook(
  context: RequestContext,
  tx: Tx,
  id: number,
): Promise<{ readonly name: string; readonly url: string; readonly place: number }> {
  const row = await tx
    .selectFrom('webhook')
    .select(['name', 'url', 'place', 'scenarios'])
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new AppError('record.not-found', { what: '数据推送', id: String(id) });
  context.authorizeRecord('sharing.manage', placedFor(context, 'sharing.manage', row));
  return row;
}
