import { responseRoutes, type WorkOrderDetail } from '#contract/response';
import type { WorkOrderAction } from '#model/response';
import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';

import { momentOf } from '../../app/beijing-input.ts';
import { call, CallError } from '../../app/call.ts';
import { useSession } from '../../app/session.ts';
import { type Draft, EMPTY_DRAFT, noteOf } from './draft.ts';
import { isMeasured } from './missing.ts';
import { orderQuery, takeOrder } from './queries.ts';
import { FIELD_ACTIONS } from './queue/field-actions.ts';
import { sendPhoto } from './queue/send-acts.ts';
import type { NewAct } from './queue/kept-work.ts';
import { StoreFullError } from './queue/work-base.ts';
import { handOver, takeBack } from './queue/work-queue.ts';
import { removePhotos } from './queue/work-store.ts';
import { randomKey } from '../../app/random-key.ts';
import { SendKey } from '../../app/send-key.ts';
import type { DraftHold } from './use-draft.ts';

interface HandIn {
  readonly action: WorkOrderAction;
  /** What the same press did before it: to accept, to arrive. */
  readonly before?: readonly WorkOrderAction[];
  /** Taken at the press of the button; the draft's own place is used where there is none. */
  readonly location?: Draft['location'];
}
/** `waits`: it is on the phone and goes on by itself. */
type HandedIn = 'sent' | 'waits';
export type Advance = UseMutationResult<HandedIn, Error, HandIn>;

/**
 * Hands in one action with what was drafted. What is done on the spot is written down on the phone first and goes by the
 * queue; everything else is asked of the server, and nothing of it is shown as done before the server says so.
 */
export function useAdvance(order: WorkOrderDetail, hold: DraftHold): Advance {
  const account = useSession()?.user.username ?? '';
  const ask = useAsk(order);
  return useMutation({
    mutationFn: async ({ action, before = [], location }: HandIn): Promise<HandedIn> => {
      const { draft, release, change } = hold;
      const content = contentOf({ action, location }, draft, order);
      const contents = [
        ...before.map((one) => ({ action: one, ...(location ? { location } : {}) })),
        content,
      ];
      const askAll = async (): Promise<HandedIn> => {
        for (const [i, one] of contents.entries())
          await ask(one, {
            photos: one === content ? draft.photos : [],
            version: i === 0 ? order.version : undefined,
          });
        release(draft);
        return 'sent';
      };
      if (!FIELD_ACTIONS.includes(action)) return askAll();
      const acts = contents.map((one) =>
        actOf(account, order, { content: one, draft, whole: one === content }),
      );
      const handed = await handOver(acts).catch((error: unknown) => {
        if (error instanceof StoreFullError) return undefined;
        throw error;
      });
      // No room to write it down: it is asked of the server at once, as everything was before there were queues.
      if (handed === undefined) return askAll();
      const { kept, delivery } = handed;
      if (delivery.kind === 'refused') {
        // Whoever still stands before the form mends it there.
        await takeBack(kept);
        // It is all still on the screen; only what is kept on the phone went with the act.
        change({});
        throw delivery.error;
      }
      release(draft);
      return delivery.kind;
    },
  });
}

interface Given {
  readonly content: Pick<Content, 'action'>;
  readonly draft: Draft;
  /** Takes the draft along; what the same press did before it does not. */
  readonly whole: boolean;
}

function actOf(
  account: string,
  { id, code, object }: WorkOrderDetail,
  { content, draft, whole }: Given,
): NewAct {
  return {
    account,
    order: id,
    code,
    object: object.name,
    action: content.action,
    content,
    draft: whole ? draft : EMPTY_DRAFT,
    photos: whole ? draft.photos.map((photo) => photo.id) : [],
    idempotencyKey: randomKey(),
    at: Date.now(),
  };
}

type Content = ReturnType<typeof contentOf>;

interface Beside {
  readonly photos: Draft['photos'];
  /** As it was seen; undefined for what follows an act of the same press. */
  readonly version: number | undefined;
}

/** Asks the server now, with what pictures there are. A broken line keeps the key, so that the same sent again is done once. */
function useAsk(order: WorkOrderDetail): (content: Pick<Content, 'action'>, beside: Beside) => Promise<void> {
  const client = useQueryClient();
  const sendKey = useRef(new SendKey(randomKey));
  return async (content, { photos, version }) => {
    const ids = photos.map(({ id }) => id);
    const sent = await Promise.all(ids.map((id) => sendPhoto(id, false)));
    const attachments = sent.filter((id) => id !== undefined);
    const idempotencyKey = sendKey.current.for(JSON.stringify(content));
    try {
      const advanced = await call(responseRoutes.advanceWorkOrder, {
        params: { id: order.id },
        body: {
          ...content,
          ...(attachments.length === 0 ? {} : { attachments }),
          ...(version === undefined ? {} : { version }),
          idempotencyKey,
        },
      });
      await removePhotos(ids);
      sendKey.current.answered();
      void takeOrder(client, advanced);
    } catch (error) {
      // No answer: it may have been done. The key is kept for the same content sent again.
      if (error instanceof CallError && error.status !== 0 && error.status < 500) {
        sendKey.current.answered();
        void client.invalidateQueries({ queryKey: orderQuery(order.id).queryKey });
      }
      throw error;
    }
  };
}

/** The body but for pictures, which the queue brings along. */
function contentOf({ action, location }: HandIn, draft: Draft, order: WorkOrderDetail) {
  const place = location ?? draft.location;
  const note = noteOf(draft, order.steps);
  const reason = draft.reason.trim();
  return {
    action,
    ...(note === '' ? {} : { note }),
    ...(reason === '' ? {} : { reason }),
    ...(draft.steps.length === 0 ? {} : { steps: draft.steps }),
    ...resultsOf(draft, order),
    ...(draft.verdict ? { verdict: draft.verdict } : {}),
    ...(place ? { location: place } : {}),
    ...asideOf(draft),
  };
}

function resultsOf({ results }: Draft, order: WorkOrderDetail) {
  const told = order.results.flatMap(({ type, field }) => {
    const value = results[`${type}.${field}`]?.trim() ?? '';
    return value === '' ? [] : [{ type, field, value }];
  });
  return told.length === 0 ? {} : { results: told };
}

/** What the ways aside bring along. */
function asideOf({ unit = '', until = '', into, verdict, falseAlarm, ...draft }: Draft) {
  const moment = momentOf(until);
  return {
    ...(unit.trim() === '' ? {} : { unit: unit.trim() }),
    ...(moment === null ? {} : { until: moment }),
    ...(into === undefined ? {} : { into }),
    ...measuredOf(draft),
    ...(falseAlarm && (verdict === undefined || verdict === 'false-alarm') ? { falseAlarm } : {}),
  };
}

function measuredOf({ measured, confirmMeasured }: Pick<Draft, 'measured' | 'confirmMeasured'>) {
  const said = measured !== undefined && isMeasured(measured);
  return {
    ...(said ? { measured: { value: Number(measured.value), unit: measured.unit.trim() } } : {}),
    ...(confirmMeasured === true ? { confirmMeasured } : {}),
  };
}
