import { useCallback, useEffect, useRef, useState } from 'react';

import { useSession } from '../../app/session.ts';
import { type Draft, EMPTY_DRAFT, leftOf } from './draft.ts';
import { unlessFull } from './queue/work-base.ts';
import { readDraft, removeDraft, writeDraft } from './queue/work-store.ts';

type Change = Partial<Draft>;

export interface DraftHold {
  readonly draft: Draft;
  /** Replaces parts; a function sees the draft as it is at that moment (a picture is ready long after it was taken). */
  readonly change: (part: Change | ((draft: Draft) => Change)) => void;
  /** Handed in as it was then: what has been drafted since stays. */
  readonly release: (handed: Draft) => void;
}

/**
 * The draft of one order, kept on this device for whoever is signed in until it is handed in: neither a lost session nor a
 * closed browser loses it. Mount anew (by key) for another order.
 */
export function useDraft(order: number): DraftHold {
  const account = useSession()?.user.username ?? '';
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const current = useRef(EMPTY_DRAFT);
  const set = useCallback((after: Draft): void => {
    current.current = after;
    setDraft(after);
  }, []);
  const touched = useRef(false);
  useEffect(() => {
    let gone = false;
    void readDraft(account, order).then((found) => {
      // What was typed in the blink before it was read goes on top.
      if (found && !gone) set(touched.current ? { ...found, ...changed(current.current) } : found);
    });
    return () => {
      gone = true;
    };
  }, [account, order, set]);
  const change = useCallback<DraftHold['change']>(
    (part) => {
      touched.current = true;
      const before = current.current;
      const after = { ...before, ...(typeof part === 'function' ? part(before) : part) };
      set(after);
      void unlessFull(writeDraft(account, order, after));
    },
    [account, order, set],
  );
  const release = useCallback<DraftHold['release']>(
    (handed) => {
      const left = leftOf(current.current, handed);
      const isEmpty = JSON.stringify(left) === JSON.stringify(EMPTY_DRAFT);
      touched.current = !isEmpty;
      set(isEmpty ? EMPTY_DRAFT : left);
      void unlessFull(isEmpty ? removeDraft(account, order) : writeDraft(account, order, left));
    },
    [account, order, set],
  );
  return { draft, change, release };
}

function changed(draft: Draft): Change {
  return Object.fromEntries(
    Object.entries(draft).filter(([name, value]) => value !== EMPTY_DRAFT[name as keyof Draft]),
  );
}
