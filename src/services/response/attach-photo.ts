import { createHash } from 'node:crypto';

import { AppError } from '#base';
import type { WorkOrderDetail } from '#contract/response';
import { photoTypeOf } from '#model/platform';
import { WORK_ORDER_STATE_TEXT } from '#model/response';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { lockOrder } from './advance-work-order.ts';

import { PARTY_TEXT } from './order-text.ts';
import { momentOf, type OrderRow, showOrder } from './order-view.ts';

export type Attachment = WorkOrderDetail['entries'][number]['attachments'][number];

/** Largest photo, in bytes. */
export const PHOTO_LIMIT = 8_000_000;

interface Photo {
  readonly name: string;
  readonly mediaType?: string | undefined;
  readonly content: Uint8Array;
  /** For a 补充记录, which is written whatever the order's state. */
  readonly supplement?: boolean | undefined;
}

/**
 * Keeps a photo for an order; a later step takes it into the timeline by its id. Its type is told by its bytes; the
 * declared `mediaType` is only named in a refusal. The same photo sent again is the
 * same attachment. Throws `attachment.unsupported`, `attachment.too-large`, `work-order.not-yours` for people who have
 * nothing to do on the order, `work-order.illegal-action` once it is closed.
 */
export async function attachPhoto(context: RequestContext, id: number, photo: Photo): Promise<Attachment> {
  context.authorize('work-order.read');
  if (photo.content.length > PHOTO_LIMIT) throw new AppError('attachment.too-large', { limit: '8 MB' });
  const mediaType = photoTypeOf(photo.content);
  if (!mediaType)
    throw new AppError('attachment.unsupported', { type: `${photo.mediaType ?? ''}（内容不是图片）` });
  return context.transaction(async (tx) => {
    const order = await lockOrder(tx, id);
    context.authorizeRecord('work-order.read', order);
    if (photo.supplement === true) context.authorizeRecord('work-order.dispose', order);
    else mayAttach(context, order);
    const sha256 = createHash('sha256').update(photo.content).digest();
    const { rows } = await sql<{ id: number }>`
      insert into attachment (work_order_id, place, scenario, name, media_type, sha256, content, at, by)
      values (${id}, ${order.place}, ${order.scenario}, ${photo.name}, ${mediaType}, ${sha256},
        ${Buffer.from(photo.content)}, ${new Date(momentOf(order, context.now()))}, ${context.actor.name})
      on conflict (work_order_id, sha256) do nothing returning id`.execute(tx);
    if (rows[0]) {
      const after = { attachment: rows[0].id, name: photo.name, sha256: sha256.toString('hex') };
      await audit(context, tx, { action: 'work-order.attach', subject: order.code, after });
    }
    return kept(tx, id, sha256);
  });
}

function mayAttach(context: RequestContext, order: OrderRow): void {
  if (order.state === 'closed') {
    const state = WORK_ORDER_STATE_TEXT.closed;
    throw new AppError('work-order.illegal-action', {
      state,
      action: '上传照片',
      allowed: '重开工单后再上传',
    });
  }
  const { allowedActions } = showOrder(order, [], { actor: context.actor, now: context.now() });
  if (allowedActions.length > 0) return;
  throw new AppError('work-order.not-yours', { holder: order.handler_name ?? PARTY_TEXT.responder });
}

async function kept(tx: Tx, order: number, sha256: Buffer): Promise<Attachment> {
  const row = await tx
    .selectFrom('attachment')
    .select(['id', 'name', 'media_type', 'at', 'by'])
    .select(sql<number>`length(content)`.as('bytes'))
    .where('work_order_id', '=', order)
    .where('sha256', '=', sha256)
    .executeTakeFirstOrThrow();
  return { id: row.id, name: row.name, mediaType: row.media_type, bytes: row.bytes, at: row.at, by: row.by };
}
