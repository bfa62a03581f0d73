import { createHash } from 'node:crypto';

import { AppError } from '#base';
import { WORK_ORDER_STATE_TEXT } from '#model/response';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { allowedActions } from '#workflow';
import { sql } from 'kysely';

import { lockOrder } from './advance-work-order.ts';
import { PARTY_TEXT } from './order-text.ts';
import { type CleanPhoto, cleanPhoto } from './photo/clean-photo.ts';
import type { ExifFacts } from './photo/read-exif.ts';
import { factsOf, momentOf, orderActor, type OrderRow } from './order-view.ts';
import { NO_WORK } from './order-work.ts';

import { type Attachment, loadAttachments } from './photo/load-attachments.ts';

/** Largest photo, in bytes. */
export const PHOTO_LIMIT = 8_000_000;

/** A picture as it was handed in, and what the phone that took it told: the camera's own record counts for more. */
export interface GivenPhoto {
  readonly name: string;
  readonly mediaType?: string | undefined;
  readonly content: Uint8Array;
  /** Epoch ms. */
  readonly takenAt?: number | undefined;
  /** WGS 84, with how far it may be off (m). */
  readonly lat?: number | undefined;
  readonly lon?: number | undefined;
  readonly accuracy?: number | undefined;
  /** SHA-256 of the picture as the phone sealed it, in hex. */
  readonly sha256?: string | undefined;
  /** For a 补充记录, which is written whatever the order's state. */
  readonly supplement?: boolean | undefined;
}

/**
 * Keeps a photo for an order; a later step takes it into the timeline by its id. What is kept is made anew from its pixels, beside
 * the hash of the file as it came. The same photo sent again is the same attachment. Throws `attachment.unsupported` and
 * `attachment.too-many-pixels` by what the bytes are (a declared type is only named in a refusal), `attachment.too-large`,
 * `attachment.changed` where it is not what the phone sealed, `work-order.not-yours` for people who have nothing to do on the order,
 * `work-order.illegal-action` once it is closed.
 */
export async function attachPhoto(
  context: RequestContext,
  id: number,
  photo: GivenPhoto,
): Promise<Attachment> {
  context.authorize('work-order.read');
  if (photo.content.length > PHOTO_LIMIT) throw new AppError('attachment.too-large', { limit: '8 MB' });
  const sha256 = createHash('sha256').update(photo.content).digest();
  if (photo.sha256 !== undefined && photo.sha256 !== sha256.toString('hex'))
    throw new AppError('attachment.changed');
  // Nobody has pictures worked on for an order that is none of his business, and no order is held meanwhile.
  await context.transaction(async (tx) => void (await orderFor(context, tx, { id, photo })));
  const clean = await cleanPhoto(photo.content, photo.mediaType);
  return context.transaction(async (tx) => {
    const order = await orderFor(context, tx, { id, photo });
    const { attachment, isNew } = await savePhoto(tx, {
      order,
      photo,
      clean,
      sha256,
      at: momentOf(order, context.now()),
      by: context.actor.name,
    });
    if (isNew) {
      const after = { attachment: attachment.id, name: photo.name, sha256: sha256.toString('hex') };
      await audit(context, tx, { action: 'work-order.attach', subject: order.code, after });
    }
    return attachment;
  });
}

/** Writes a picture that was made anew; the same file sent again is the one that is there. */
export async function savePhoto(
  tx: Tx,
  { order, photo, clean, sha256, at, by }: PhotoToSave,
): Promise<{ readonly attachment: Attachment; readonly isNew: boolean }> {
  const taken = takenOf(photo, clean.exif);
  const { rows } = await sql<{ id: number }>`
    insert into attachment (work_order_id, place, scenario, name, media_type, sha256, content, at, by, taken_at, lat, lon, accuracy)
    values (${order.id}, ${order.place}, ${order.scenario}, ${photo.name}, 'image/jpeg', ${sha256}, ${clean.content},
      ${new Date(at)}, ${by}, ${taken.at === null ? null : new Date(taken.at)}::timestamptz, ${taken.lat}::float8,
      ${taken.lon}::float8, ${taken.accuracy}::float8)
    on conflict (work_order_id, sha256) do nothing returning id`.execute(tx);
  return { attachment: await kept(tx, order.id, sha256), isNew: rows.length > 0 };
}

interface PhotoToSave {
  readonly order: Pick<OrderRow, 'id' | 'place' | 'scenario'>;
  readonly photo: GivenPhoto;
  readonly clean: CleanPhoto;
  readonly sha256: Buffer;
  readonly at: number;
  readonly by: string;
}

async function orderFor(
  context: RequestContext,
  tx: Tx,
  { id, photo }: { readonly id: number; readonly photo: GivenPhoto },
): Promise<OrderRow> {
  const order = await lockOrder(tx, id);
  context.authorizeRecord('work-order.read', order);
  if (photo.supplement === true) context.authorizeRecord('work-order.dispose', order);
  else mayAttach(context, order);
  return order;
}

interface Taken {
  readonly at: number | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly accuracy: number | null;
}

/** When and where it was taken: as its camera wrote, else as the phone told. */
function takenOf({ takenAt, lat, lon, accuracy }: GivenPhoto, exif: ExifFacts): Taken {
  const at = exif.takenAt ?? takenAt ?? null;
  if (exif.lat !== undefined && exif.lon !== undefined)
    return { at, lat: exif.lat, lon: exif.lon, accuracy: null };
  if (lat === undefined || lon === undefined) return { at, lat: null, lon: null, accuracy: null };
  return { at, lat, lon, accuracy: accuracy ?? null };
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
  const at = momentOf(order, context.now());
  if (allowedActions(factsOf(order, NO_WORK), orderActor(context.actor, order), at).length > 0) return;
  throw new AppError('work-order.not-yours', { holder: order.handler_name ?? PARTY_TEXT.responder });
}

async function kept(tx: Tx, order: number, sha256: Buffer): Promise<Attachment> {
  const [row] = await loadAttachments(tx, sql`work_order_id = ${order} and sha256 = ${sha256}`);
  if (!row) throw new AppError('record.changed');
  return row.shown;
}
