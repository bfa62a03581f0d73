import { bulkRoutes, type WarningCard } from '#contract/warning';
import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { call } from '../../../app/call.ts';

export interface BulkAct {
  readonly cards: readonly WarningCard[];
  readonly action: 'acknowledge' | 'note';
  readonly reason?: string;
}

/** What came of it, over all cards. */
export interface BulkResult {
  readonly done: number;
  /** Reasons why some were left, and how many each. */
  readonly left: readonly (readonly [reason: string, count: number])[];
}

/** Acts on cards one after the other, each as it was seen; tells how many are done. */
export function useBulk(): UseMutationResult<BulkResult, Error, BulkAct> & {
  readonly progress: { readonly done: number; readonly all: number };
} {
  const client = useQueryClient();
  const [progress, setProgress] = useState({ done: 0, all: 0 });
  const mutation = useMutation({
    mutationFn: async ({ cards, action, reason }: BulkAct): Promise<BulkResult> => {
      const key = crypto.randomUUID();
      const left = new Map<string, number>();
      let done = 0;
      for (const [at, { key: card, newest, changedAt }] of cards.entries()) {
        setProgress({ done: at, all: cards.length });
        const reply = await call(bulkRoutes.actOnWarnings, {
          body: { target: { card, newest, changedAt }, action, key, ...(reason ? { reason } : {}) },
        });
        done += reply.done;
        for (const { reason: why } of reply.items) if (why !== null) left.set(why, (left.get(why) ?? 0) + 1);
      }
      return { done, left: [...left] };
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['warning'] }),
  });
  return { ...mutation, progress };
}
