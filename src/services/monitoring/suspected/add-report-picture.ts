import { createHash } from 'node:crypto';

import { AppError } from '#base';
import type { SuspectedEvent } from '#contract/monitoring';
import { PICTURE_MOST, REPORT_PICTURES_MOST, SUSPECTED_STATE_TEXT } from '#model/monitoring';
import { audit, type RequestContext } from '#services/context';
import type { PictureStore, Tx } from '#storage';
import { sql } from 'kysely';

import { loadEvents } from './event-view.ts';
import type { EventRow } from './lock-event.ts';

/** Where pictures of reports are made anew and kept. */
export interface ReportPictures {
  readonly pictures: PictureStore;
  /** Makes a picture anew of its pixels; throws `attachment.*` for what is none. */
  readonly clean: (given: Uint8Array, declared: string) => Promise<{ readonly content: Buffer }>;
}

interface Given {
  readonly content: Buffer;
  readonly mediaType: string;
  /** As the phone sealed it, in hex. */
  readonly sha256?: string | undefined;
}

interface Own extends Pick<EventRow, 'id' | 'state' | 'place' | 'scenario'> {
  readonly picture: string | null;
  readonly more_pictures: readonly string[];
}

/**
 * Adds a picture to what the caller has reported; sent again it is the one that is there. Throws `record.not-found` (also for what
 * others reported), `event.illegal-action` (judged already, or there are as many as may be), `attachment.*`.
 */
export async function addReportPicture(
  context: RequestContext,
  { pictures, clean }: ReportPictures,
  { id, given }: { readonly id: number; readonly given: Given },
): Promise<SuspectedEvent> {
  context.authorize('event.report');
  if (given.content.length > PICTURE_MOST) throw new AppError('attachment.too-large', { limit: '8 MB' });
  const sha256 = createHash('sha256').update(given.content).digest('hex');
  if (given.sha256 !== undefined && given.sha256 !== sha256) throw new AppError('attachment.changed');
  // Nobody has pictures worked on for what is not his, and nothing is held meanwhile.
  await context.transaction(async (tx) => void (await lockOwn(context, tx, id)));
  const { content } = await clean(given.content, given.mediaType);
  const picture = await pictures.put(content);
  return context.transaction(async (tx) => {
    const own = await lockOwn(context, tx, id);
    const { place, scenario } = own;
    await tx.updateTable('suspected_event').set(withPicture(own, picture)).where('id', '=', id).execute();
    await audit(context, tx, {
      action: 'suspected-event.picture',
      subject: `suspected-event/${id}`,
      after: { sha256, picture },
      place,
      scenario,
    });
    const [event] = await loadEvents(tx, context.actor, sql`where e.id = ${id}`);
    if (!event) throw new AppError('record.not-found', { what: '疑似事件', id });
    return event;
  });
}

function withPicture({ picture: first, more_pictures: more }: Own, picture: string) {
  if (first === null || first === picture) return { picture };
  if (more.includes(picture)) return { more_pictures: [...more] };
  if (1 + more.length >= REPORT_PICTURES_MOST)
    throw new AppError('event.illegal-action', {
      state: `已有 ${REPORT_PICTURES_MOST} 张照片`,
      action: '再补照片',
    });
  return { more_pictures: [...more, picture] };
}

async function lockOwn(context: RequestContext, tx: Tx, id: number): Promise<Own> {
  const { rows } =
    await sql<Own>`select id, state, place, scenario, picture, more_pictures from suspected_event
    where id = ${id} and reporter_id = ${context.actor.accountId} for update`.execute(tx);
  const [own] = rows;
  if (!own) throw new AppError('record.not-found', { what: '本人上报的事', id });
  context.authorizeRecord('event.report', own);
  if (own.state !== 'suspected')
    throw new AppError('event.illegal-action', {
      state: SUSPECTED_STATE_TEXT[own.state],
      action: '补照片',
    });
  return own;
}
