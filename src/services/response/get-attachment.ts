import { AppError } from '#base';
import type { RequestContext } from '#services/context';

export interface AttachmentContent {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

/** The bytes of a photo, for those who may see its order. Throws `record.not-found`. */
export async function getAttachment(context: RequestContext, id: number): Promise<AttachmentContent> {
  context.authorize('work-order.read');
  return context.transaction(async (tx) => {
    const row = await tx
      .selectFrom('attachment')
      .select(['name', 'media_type', 'content', 'place', 'scenario'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw new AppError('record.not-found', { what: '附件', id });
    context.authorizeRecord('work-order.read', row);
    return { name: row.name, mediaType: row.media_type, content: row.content };
  });
}
