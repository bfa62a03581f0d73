import { useMutation, type UseMutationResult } from '@tanstack/react-query';

import { useSession } from '../../../app/session.ts';
import { judgeAnswer } from '../queue/judge-answer.ts';
import type { KeptReport, QuickReportDraft } from '../queue/kept-work.ts';
import { sendUnkept } from '../queue/send-reports.ts';
import { StoreFullError } from '../queue/work-base.ts';
import { report } from '../queue/work-queue.ts';
import { reportOf } from './quick-report-draft.ts';
import { TEXT } from './text.ts';

interface Sending {
  readonly draft: QuickReportDraft;
  readonly key: string;
}

/** Writes a report down on the phone and sends it; gives what came of it, in words. What was refused is told under 我报过的. */
export function useQuickReport(
  onTaken: (handed: QuickReportDraft) => void,
): UseMutationResult<string | undefined, Error, Sending> {
  const account = useSession()?.user.username ?? '';
  return useMutation({
    mutationFn: async ({ draft, key }: Sending) => {
      const left = await handIn(reportOf(draft, { account, key, at: Date.now() }));
      if (left?.state === 'refused') return undefined;
      return left === undefined ? TEXT.sent(draft.kind) : TEXT.kept(draft.kind);
    },
    onSuccess: (_, { draft }) => onTaken(draft),
  });
}

/** Where the phone has no room to keep it, it is sent at once; without a line it stays on the screen, and that is said. */
async function handIn(given: KeptReport): Promise<KeptReport | undefined> {
  try {
    return await report(given);
  } catch (full) {
    if (!(full instanceof StoreFullError)) throw full;
    try {
      await sendUnkept(given);
    } catch (error) {
      throw judgeAnswer(error) === 'again' ? full : error;
    }
    return undefined;
  }
}
