import { AppError } from '#base';
import { photoTypeOf } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { PictureStore } from '#storage';

/** The picture of a suspected event, for those who may see the event. Throws `record.not-found`. */
export async function getPicture(
  context: RequestContext,
  pictures: PictureStore,
  id: number,
): Promise<{ readonly mediaType: string; readonly content: Buffer }> {
  context.authorize('event.read');
  const row = await context.transaction((tx) =>
    tx
      .selectFrom('suspected_event')
      .select(['picture', 'place', 'scenario'])
      .where('id', '=', id)
      .executeTakeFirst(),
  );
  if (!row) throw new AppError('record.not-found', { what: '疑似事件', id });
  context.authorizeRecord('event.read', row);
  const content = row.picture === null ? undefined : await pictures.get(row.picture);
  const mediaType = content && photoTypeOf(content);
  if (!content || !mediaType) throw new AppError('record.not-found', { what: '疑似事件的图片', id });
  return { mediaType, content };
}
