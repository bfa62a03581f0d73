import { useCallback, useEffect, useRef, useState } from 'react';

import { useSession } from '../../../app/session.ts';
import type { QuickReportDraft } from '../queue/kept-work.ts';
import { unlessFull } from '../queue/work-base.ts';
import { readReportDraft, removeReportDraft, writeReportDraft } from '../queue/work-store.ts';
import { EMPTY_REPORT } from './quick-report-draft.ts';

type Change = Partial<QuickReportDraft>;

export interface ReportDraftHold {
  readonly draft: QuickReportDraft;
  /** Replaces parts; a function sees the draft as it is at that moment (a picture is ready long after it was taken). */
  readonly change: (part: Change | ((draft: QuickReportDraft) => Change)) => void;
  /** Handed in. */
  readonly clear: () => void;
}

/** The report that is being written, kept on this phone until it is handed in: neither a reload nor a closed page loses it. */
export function useReportDraft(): ReportDraftHold {
  const account = useSession()?.user.username ?? '';
  const [draft, setDraft] = useState(EMPTY_REPORT);
  const current = useRef(EMPTY_REPORT);
  const set = useCallback((after: QuickReportDraft): void => {
    current.current = after;
    setDraft(after);
  }, []);
  useEffect(() => {
    let gone = false;
    void readReportDraft(account).then((found) => {
      // Whatever was chosen in the blink before it was read counts.
      if (found && !gone && current.current === EMPTY_REPORT) set(found);
    });
    return () => {
      gone = true;
    };
  }, [account, set]);
  const change = useCallback<ReportDraftHold['change']>(
    (part) => {
      const before = current.current;
      const after = { ...before, ...(typeof part === 'function' ? part(before) : part) };
      current.current = after;
      // A picture is shown once it is kept (or cannot be): whoever sees it may put the phone away.
      const isKeptFirst = after.photos.length > before.photos.length;
      if (!isKeptFirst) setDraft(after);
      void unlessFull(writeReportDraft(account, after, before.photos)).finally(() => {
        if (isKeptFirst) setDraft(current.current);
      });
    },
    [account],
  );
  const clear = useCallback((): void => {
    set(EMPTY_REPORT);
    void unlessFull(removeReportDraft(account));
  }, [account, set]);
  return { draft, change, clear };
}
