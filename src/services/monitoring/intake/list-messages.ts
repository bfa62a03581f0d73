import { AppError } from '#base';
import type { intakeRoutes } from '#contract/monitoring';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import type { z } from 'zod';

type Route = typeof intakeRoutes.listIntakeMessages;

/** Messages that were kept as they came, newest first. Throws `record.not-found`. */
export async function listMessages(
  context: RequestContext,
  { params, query }: { readonly params: z.output<Route['params']>; readonly query: z.output<Route['query']> },
): Promise<z.output<Route['reply']>> {
  context.authorize('device.read');
  return context.transaction(async (tx) => {
    const source = await tx
      .selectFrom('intake_source')
      .select('id')
      .where('id', '=', params.id)
      .executeTakeFirst();
    if (!source) throw new AppError('record.not-found', { what: '接入源', id: params.id });
    const before = query.after === undefined ? Number.MAX_SAFE_INTEGER : readIdCursor(query.after);
    const rows = await tx
      .selectFrom('intake_message')
      .select(['id', 'received_at as receivedAt', 'device', 'message_type as messageType', 'body'])
      .where('source_id', '=', params.id)
      .where('id', '<', before)
      .orderBy('id', 'desc')
      .limit(query.limit + 1)
      .execute();
    const { page, next } = cutPage(rows, query.limit, ({ id }) => String(id));
    return { items: [...page], next };
  });
}
