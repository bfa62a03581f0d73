import { commandRoutes } from '#contract/command';
import { useCallback, useState } from 'react';

import { useAct } from '../use-act.ts';
import { randomKey } from '../../../app/random-key.ts';
import { afterSent, bodyOf, keepLine, keyed, type LogDraft, readLine } from './draft.ts';

export interface LineHold {
  readonly draft: LogDraft;
  readonly change: (part: Partial<LogDraft>) => void;
  readonly send: () => void;
  readonly error: Error | null;
  readonly sending: boolean;
}

/** The line that is being typed: kept on this machine until the server has it. */
export function useLine(
  platform: string | undefined,
  about: { readonly warning?: number | undefined; readonly workOrder?: number | undefined },
): LineHold {
  const [draft, setDraft] = useState<LogDraft>(() => {
    const kept = readLine();
    if (about.warning === undefined && about.workOrder === undefined) return kept;
    return { ...kept, warning: about.warning ?? null, workOrder: about.workOrder ?? null };
  });
  const put = useCallback((next: LogDraft) => {
    keepLine(next);
    setDraft(next);
  }, []);
  const add = useAct(commandRoutes.addLogLine, ({ text }) =>
    setDraft((now) => {
      const next = afterSent(now, text);
      keepLine(next);
      return next;
    }),
  );
  const send = (): void => {
    if (draft.text.trim() === '' || add.isPending) return;
    const ready = keyed(draft, randomKey);
    put(ready);
    add.mutate({
      body: { ...bodyOf(ready), key: ready.key, ...(platform === undefined ? {} : { platform }) },
    });
  };
  return {
    draft,
    change: (part) => put({ ...draft, ...part }),
    send,
    error: add.error,
    sending: add.isPending,
  };
}
