import { AppError } from '#base';
import { photoTypeOf } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { PictureStore } from '#storage';

/** A picture of a suspected event (`number` from 1 on), for those who may see the event. Throws `record.not-found`. */
export async function getPicture(
  context: RequestContext,
  pictures: PictureStore,
  { id, number }: { readonly id: number; readonly number: number },
): Promise<{ readonly mediaType: string; readonly content: Buffer }> {
  context.authorize('event.read');
  const row = await context.transaction((tx) =>
    tx
      .selectFrom('suspected_event')
      .select(['picture', 'more_pictures', 'place', 'scenario'])
      .where('id', '=', id)
      .executeTakeFirst(),
  );
  if (!row) throw new AppError('record.not-found', { what: '疑似事件', id });
  context.authorizeRecord('event.read', row);
  const kept = [...(row.picture === null ? [] : [row.picture]), ...row.more_pictures];
  const picture = kept[number - 1];
  const content = picture === undefined ? undefined : await pictures.get(picture);
  const mediaType = content && photoTypeOf(content);
  if (!content || !mediaType) throw new AppError('record.not-found', { what: '疑似事件的图片', id });
  return { mediaType, content };
}
