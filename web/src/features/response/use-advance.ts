import { responseRoutes, type WorkOrderDetail } from '#contract/response';
import type { WorkOrderAction } from '#model/response';
import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';

import { momentOf } from '../../app/beijing-input.ts';
import { call, CallError } from '../../app/call.ts';
import { type Draft, noteOf } from './draft.ts';
import { isMeasured } from './missing.ts';
import { orderQuery } from './queries.ts';
import { randomKey, SendKey } from './send-key.ts';
import type { DraftHold } from './use-draft.ts';

interface HandIn {
  readonly action: WorkOrderAction;
  /** Taken at the press of the button; the draft's own place is used where there is none. */
  readonly location?: Draft['location'];
}
export type Advance = UseMutationResult<WorkOrderDetail, Error, HandIn>;

/** Hands in one action with what was drafted. Nothing is shown as done before the server says so. */
export function useAdvance(order: WorkOrderDetail, { draft, clear }: DraftHold): Advance {
  const client = useQueryClient();
  const sendKey = useRef(new SendKey(randomKey));
  return useMutation({
    mutationFn: (handIn: HandIn) => {
      const content = contentOf(handIn, draft, order);
      const idempotencyKey = sendKey.current.for(JSON.stringify(content));
      return call(responseRoutes.advanceWorkOrder, {
        params: { id: order.id },
        body: { ...content, version: order.version, idempotencyKey },
      });
    },
    onSuccess: (advanced) => {
      sendKey.current.answered();
      clear();
      client.setQueryData(orderQuery(order.id).queryKey, advanced);
      void client.invalidateQueries({ queryKey: ['response', 'list'] });
    },
    onError: (error) => {
      // No answer: it may have been done. The key is kept for the same content sent again.
      if (error instanceof CallError && (error.status === 0 || error.status >= 500)) return;
      sendKey.current.answered();
      void client.invalidateQueries({ queryKey: orderQuery(order.id).queryKey });
    },
  });
}

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
    ...(draft.photos.length === 0 ? {} : { attachments: draft.photos.map((photo) => photo.id) }),
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
