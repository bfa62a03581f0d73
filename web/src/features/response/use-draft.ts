import { useCallback, useState } from 'react';

import { type Draft, EMPTY_DRAFT, keepDraft, readDraft } from './draft.ts';

type Change = Partial<Draft>;

export interface DraftHold {
  readonly draft: Draft;
  /** Replaces parts; a function sees the draft as it is at that moment (an upload ends long after it began). */
  readonly change: (part: Change | ((draft: Draft) => Change)) => void;
  readonly clear: () => void;
}

/** The draft of one order. Mount anew (by key) for another order. */
export function useDraft(order: number): DraftHold {
  const [draft, setDraft] = useState(() => readDraft(order));
  const change = useCallback<DraftHold['change']>(
    (part) => {
      setDraft((before) => {
        const after = { ...before, ...(typeof part === 'function' ? part(before) : part) };
        keepDraft(order, after);
        return after;
      });
    },
    [order],
  );
  const clear = useCallback(() => {
    keepDraft(order, EMPTY_DRAFT);
    setDraft(EMPTY_DRAFT);
  }, [order]);
  return { draft, change, clear };
}
