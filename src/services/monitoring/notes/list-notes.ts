import { AppError } from '#base';
import type { DeviceNoteView, noteRoutes } from '#contract/monitoring';
import { photoTypeOf } from '#model/platform';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import type { PictureStore } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

/** Its place in the order of time. */
const placeOf = ({ wrongClock, observedAt, receivedAt }: DeviceNoteView): number =>
  wrongClock ? receivedAt : observedAt;

/** A page of what devices sent besides numbers, the newest first. */
export async function listNotes(
  context: RequestContext,
  { query }: { readonly query: z.output<typeof noteRoutes.listDeviceNotes.query> },
): Promise<{ items: DeviceNoteView[]; next: string | null }> {
  context.authorize('reading.read');
  const after = readCursor(query.after);
  const conditions = [
    context.reach('n'),
    ...(query.device === undefined ? [] : [sql`n.device_id = ${query.device}`]),
    ...(query.object === undefined
      ? []
      : [
          sql`n.device_id in (select p.device_id from point p join monitored_object o on o.id = p.object_id where o.code = ${query.object})`,
        ]),
    ...(query.from === undefined ? [] : [sql`n.at >= ${new Date(query.from)}`]),
    ...(query.to === undefined ? [] : [sql`n.at <= ${new Date(query.to)}`]),
    ...(after === undefined ? [] : [sql`(n.at, n.id) < (${new Date(after.at)}, ${after.id})`]),
  ];
  return context.transaction(async (tx) => {
    const { rows } = await sql<DeviceNoteView>`
      select n.id, n.kind, n.observed_at as "observedAt", n.received_at as "receivedAt", n.at <> n.observed_at as "wrongClock",
        n.picture_bytes as "pictureBytes", n.text, n.entries as values, n.replay_session_id as "replaySession", n.simulated,
        json_build_object('id', d.id, 'code', d.code, 'protocol', d.protocol) as device
      from device_note n join device d on d.id = n.device_id
      where ${sql.join(conditions, sql` and `)}
      order by n.at desc, n.id desc limit ${query.limit + 1}`.execute(tx);
    const { page, next } = cutPage(rows, query.limit, (note) => writeCursor(placeOf(note), note.id));
    return { items: [...page], next };
  });
}

/** The picture of a note, for those who may see the note. Throws `record.not-found`. */
export async function getNotePicture(
  context: RequestContext,
  pictures: PictureStore,
  id: number,
): Promise<{ readonly mediaType: string; readonly content: Buffer }> {
  context.authorize('reading.read');
  const row = await context.transaction((tx) =>
    tx.selectFrom('device_note').select('picture').where('id', '=', id).executeTakeFirst(),
  );
  if (!row) throw new AppError('record.not-found', { what: '图文报', id });
  const content = row.picture === null ? undefined : await pictures.get(row.picture);
  const mediaType = content && photoTypeOf(content);
  if (!content || !mediaType) throw new AppError('record.not-found', { what: '图片报的图片', id });
  return { mediaType, content };
}
