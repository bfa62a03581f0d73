import { responseRoutes, type WorkOrderDetail } from '#contract/response';
import type { z } from 'zod';

import { call } from '../../../app/call.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { KeptAct } from './kept-work.ts';
import { sendPicture } from './send-picture.ts';
import { nextActs } from './supplement.ts';
import { putAct, putPhoto, readActs, readPhoto, removePhotos } from './work-store.ts';

type StepBody = z.input<typeof responseRoutes.advanceWorkOrder.body>;
type SupplementBody = z.input<typeof responseRoutes.supplementWorkOrder.body>;

/** Longer than this a line that swallows what is sent is not believed. */
const STEP_MS = 20_000;

/** How a round ended: everything sent that can be, or what it waits for. */
export type RoundEnd = 'done' | 'again' | 'signed-out';

export interface RoundFace {
  readonly onSending: (act: KeptAct | undefined) => void;
  readonly onSent: (act: KeptAct, order: WorkOrderDetail) => void;
  readonly onRefused: (act: KeptAct, error: unknown) => void;
}

/**
 * Sends what waits, of each order in the order in which it was done. Each act is written down before the next is sent, and
 * carries its key: cut off anywhere, the next round goes on where this one stood and does nothing twice.
 */
export async function sendActs(account: string, face: RoundFace): Promise<RoundEnd> {
  try {
    for (;;) {
      const heads = nextActs(await readActs(account));
      if (heads.length === 0) return 'done';
      for (const act of heads) {
        face.onSending(act);
        const end = await sendOne(act, face);
        if (end !== 'done') return end;
      }
    }
  } finally {
    face.onSending(undefined);
  }
}

async function sendOne(act: KeptAct, face: RoundFace): Promise<RoundEnd> {
  try {
    const order = await handIn(act);
    await putAct({ ...act, state: 'sent', problem: null, endedAt: Date.now() });
    await removePhotos(act.photos);
    face.onSent(act, order);
    return 'done';
  } catch (error) {
    const judged = judgeAnswer(error);
    if (judged === 'again' || judged === 'signed-out') return judged;
    const { code, text } = faultOf(error);
    await putAct({ ...act, state: 'conflict', problem: { code, text } });
    face.onRefused(act, error);
    return 'done';
  }
}

async function handIn(act: KeptAct): Promise<WorkOrderDetail> {
  const attachments: number[] = [];
  for (const id of act.photos) {
    const sent = await sendPhoto(id, act.action === 'supplement');
    if (sent !== undefined) attachments.push(sent);
  }
  const rest = {
    ...(attachments.length === 0 ? {} : { attachments }),
    idempotencyKey: act.idempotencyKey,
    acted: { at: act.at, sentAt: Date.now() },
  };
  const params = { id: act.order };
  const signal = AbortSignal.timeout(STEP_MS);
  if (act.action === 'supplement') {
    const body: SupplementBody = { ...(act.content as Pick<SupplementBody, 'note'>), ...rest };
    return call(responseRoutes.supplementWorkOrder, { params, body, signal });
  }
  const body: StepBody = { ...(act.content as StepBody), ...rest };
  return call(responseRoutes.advanceWorkOrder, { params, body, signal });
}

/** Brings a picture to the server once; gives its id there, or undefined for one that is no longer on the phone. */
export async function sendPhoto(id: string, supplement: boolean): Promise<number | undefined> {
  const photo = await readPhoto(id);
  if (!photo) return undefined;
  if (photo.attachment !== null) return photo.attachment;
  const sent = await sendPicture(photo, (raw, sha256, signal) =>
    call(responseRoutes.uploadAttachment, {
      params: { id: photo.order },
      query: {
        name: photo.name,
        takenAt: photo.takenAt,
        ...photo.place,
        ...(sha256 === null ? {} : { sha256 }),
        ...(supplement ? { supplement: 'true' as const } : {}),
      },
      raw,
      signal,
    }),
  );
  await putPhoto({ ...photo, attachment: sent.id });
  return sent.id;
}

function faultOf(error: unknown): { readonly code: string; readonly text: string } {
  const text = error instanceof Error ? error.message : String(error);
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return { code, text };
}
