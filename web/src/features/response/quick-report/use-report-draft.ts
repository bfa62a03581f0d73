import type { QuickReportDraft } from '../queue/kept-work.ts';
import { readReportDraft, removeReportDraft, writeReportDraft } from '../queue/work-store.ts';
import { type DraftHold, type DraftKind, useKeptDraft } from '../use-kept-draft.ts';
import { EMPTY_REPORT, leftOfReport } from './quick-report-draft.ts';

export type ReportDraftHold = DraftHold<QuickReportDraft>;

const KIND: DraftKind<QuickReportDraft> = {
  empty: EMPTY_REPORT,
  read: readReportDraft,
  write: (account, draft, before) => writeReportDraft(account, draft, before.photos),
  remove: removeReportDraft,
  leftOf: leftOfReport,
};

/** The report that is being written. */
export function useReportDraft(): ReportDraftHold {
  return useKeptDraft(KIND);
}
