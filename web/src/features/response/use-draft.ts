import { useMemo } from 'react';

import { type Draft, EMPTY_DRAFT, leftOf } from './draft.ts';
import { readDraft, removeDraft, writeDraft } from './queue/work-store.ts';
import { type DraftHold as Hold, type DraftKind, useKeptDraft } from './use-kept-draft.ts';

export type DraftHold = Hold<Draft>;

/** The draft of one order. Mount anew (by key) for another order. */
export function useDraft(order: number): DraftHold {
  const kind = useMemo<DraftKind<Draft>>(
    () => ({
      empty: EMPTY_DRAFT,
      read: (account) => readDraft(account, order),
      write: (account, draft) => writeDraft(account, order, draft),
      remove: (account) => removeDraft(account, order),
      leftOf,
    }),
    [order],
  );
  return useKeptDraft(kind);
}
