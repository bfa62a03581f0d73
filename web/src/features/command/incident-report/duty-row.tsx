import type { ReportDutyRecord } from '#contract/command';
import { DUTY_STANDING_TEXT, REPORT_CHANNEL_TEXT, REPORT_RECIPIENT_TEXT } from '#model/command';
import { Link } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';

import { formatDateTime, formatDuration } from '../../../app/format.ts';
import { useNow } from '../../../app/use-now.ts';
import { OriginTags } from '../../../ui/replay-tag.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { REPORT_TEXT } from './text.ts';

const TONES = {
  waiting: 'waiting',
  overdue: 'late',
  missing: 'late',
  late: 'late',
  'in-time': 'done',
  stopped: 'quiet',
} as const;
const TICK_MS = 10_000;

/** 电话报区总平台值班 · 续报 2 */
function wayText({ channel, recipient, kind, n }: ReportDutyRecord): string {
  const which =
    kind === 'update' ? REPORT_TEXT.nth(n) : kind === 'final' ? REPORT_TEXT.final : REPORT_TEXT.first;
  return `${REPORT_CHANNEL_TEXT[channel]}报${REPORT_RECIPIENT_TEXT[recipient]} · ${which}`;
}

interface DutyRowProps {
  readonly duty: ReportDutyRecord;
  /** In a list of many matters: which one, with its link. */
  readonly showMatter: boolean;
  readonly children?: ReactNode;
}

/** One report that is owed: until when, by whom, to whom, and what to do about it. */
export function DutyRow({ duty, showMatter, children }: DutyRowProps): ReactElement {
  const now = useNow(TICK_MS);
  const open = duty.fulfilledAt === null && duty.standing !== 'stopped';
  const left = duty.dueAt - now;
  return (
    <li className="report-duty" data-row={duty.id} data-standing={duty.standing}>
      <div className="report-duty-head">
        <strong>{wayText(duty)}</strong>
        <StateTag tone={TONES[duty.standing]}>{DUTY_STANDING_TEXT[duty.standing]}</StateTag>
        <OriginTags replaySession={duty.replaySession} simulated={duty.simulated} />
      </div>
      {showMatter && (
        <Link to="/command/reports/$id" params={{ id: String(duty.matter.id) }} className="row-link">
          {duty.matter.title}
        </Link>
      )}
      <span className="quiet figures">
        {duty.platform.name} · {REPORT_TEXT.due(formatDateTime(duty.dueAt).slice(5))}
        {open &&
          duty.replaySession === null &&
          ` · ${left >= 0 ? REPORT_TEXT.left(formatDuration(left)) : REPORT_TEXT.over(formatDuration(-left))}`}
        {duty.fulfilledAt !== null && ` · ${formatDateTime(duty.fulfilledAt).slice(5)} 已报`}
      </span>
      {children}
    </li>
  );
}
