import { useMutation, type UseMutationResult } from '@tanstack/react-query';

import { useSession } from '../../../app/session.ts';
import { report } from '../queue/work-queue.ts';
import { type QuickReportDraft, reportOf } from './quick-report-draft.ts';
import { TEXT } from './text.ts';

interface Sending {
  readonly draft: QuickReportDraft;
  readonly key: string;
}

/** Writes a report down on the phone and sends it; gives what came of it, in words. What was refused is told under 我报过的. */
export function useQuickReport(onTaken: () => void): UseMutationResult<string | undefined, Error, Sending> {
  const account = useSession()?.user.username ?? '';
  return useMutation({
    mutationFn: async ({ draft, key }: Sending) => {
      const left = await report(reportOf(draft, { account, key, at: Date.now() }));
      if (left?.state === 'refused') return undefined;
      return left === undefined ? TEXT.sent(draft.kind) : TEXT.kept(draft.kind);
    },
    onSuccess: onTaken,
  });
}
