import { bulkRoutes, type WarningCard } from '#contract/warning';
import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';

import { call } from '../../../app/call.ts';

type Asked = z.input<typeof bulkRoutes.actOnWarnings.body>;
/** What is asked of every warning: the act with its own words. */
type Work = Asked extends infer One ? (One extends Asked ? Omit<One, 'target' | 'key'> : never) : never;

export interface BulkAct {
  readonly cards: readonly WarningCard[];
  readonly work: Work;
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
    mutationFn: async ({ cards, work }: BulkAct): Promise<BulkResult> => {
      const key = crypto.randomUUID();
      const left = new Map<string, number>();
      let done = 0;
      for (const [at, { key: card, newest, changedAt }] of cards.entries()) {
        setProgress({ done: at, all: cards.length });
        const reply = await call(bulkRoutes.actOnWarnings, {
          body: { ...work, target: { card, newest, changedAt }, key },
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
