import { useCallback, useEffect, useRef, useState } from 'react';

import { useSession } from '../../app/session.ts';
import { changedParts } from './changed-parts.ts';
import { unlessFull } from './queue/work-base.ts';

/** Anything that people write piece by piece, with pictures. */
interface Written {
  readonly photos: readonly unknown[];
}

/** One kind of draft: what it is while nothing was written, where it is kept, and what is left of it. */
export interface DraftKind<D extends Written> {
  readonly empty: D;
  readonly read: (account: string) => Promise<D | undefined>;
  /** `before`: as it was kept last, for parts that are written only where they are others. */
  readonly write: (account: string, draft: D, before: D) => Promise<void>;
  readonly remove: (account: string) => Promise<void>;
  /** What was written since `handed` was. */
  readonly leftOf: (draft: D, handed: D) => D;
}

export interface DraftHold<D> {
  readonly draft: D;
  /** Replaces parts; a function sees the draft as it is at that moment (a picture is ready long after it was taken). */
  readonly change: (part: Partial<D> | ((draft: D) => Partial<D>)) => void;
  /** Handed in as it was then: what has been drafted since stays. */
  readonly release: (handed: D) => void;
}

/**
 * A draft, kept on this device for whoever is signed in until it is handed in: neither a lost session nor a closed browser loses it.
 * `kind` has to stay the same object from one call to the next.
 */
export function useKeptDraft<D extends Written>(kind: DraftKind<D>): DraftHold<D> {
  const account = useSession()?.user.username ?? '';
  const [draft, setDraft] = useState(kind.empty);
  const current = useRef(kind.empty);
  const set = useCallback((after: D): void => {
    current.current = after;
    setDraft(after);
  }, []);
  useEffect(() => {
    let gone = false;
    void kind.read(account).then((found) => {
      // What was written in the blink before it was read goes on top.
      if (found && !gone) set({ ...found, ...changedParts(current.current, kind.empty) });
    });
    return () => {
      gone = true;
    };
  }, [account, kind, set]);
  const change = useCallback<DraftHold<D>['change']>(
    (part) => {
      const before = current.current;
      const after = { ...before, ...(typeof part === 'function' ? part(before) : part) };
      current.current = after;
      // A picture is shown once it is kept (or cannot be): whoever sees it may put the phone away.
      const isKeptFirst = after.photos.length > before.photos.length;
      if (!isKeptFirst) setDraft(after);
      void unlessFull(kind.write(account, after, before)).finally(() => {
        if (isKeptFirst) setDraft(current.current);
      });
    },
    [account, kind],
  );
  const release = useCallback<DraftHold<D>['release']>(
    (handed) => {
      const before = current.current;
      const left = kind.leftOf(before, handed);
      const isEmpty = JSON.stringify(left) === JSON.stringify(kind.empty);
      set(isEmpty ? kind.empty : left);
      void unlessFull(isEmpty ? kind.remove(account) : kind.write(account, left, before));
    },
    [account, kind, set],
  );
  return { draft, change, release };
}
