import { ClockCircleFilled } from '@ant-design/icons';
import type { WorkOrder } from '#contract/response';
import { DEADLINE_TEXT } from '#model/response';
import type { ReactElement } from 'react';

import { formatDateTime, formatDuration, type Remaining, remaining } from '../app/format.ts';

type Deadline = Omit<WorkOrder['deadlines'][number], 'turn' | 'missed'>;

interface DeadlineBarProps {
  readonly deadline: Deadline;
  /** When the order opened: where the bar begins. */
  readonly from: number;
  /** The record's now: a replayed order lives by its recording's clock, which may not be known yet. */
  readonly now: number | undefined;
}

/** One limit: its name, what is left of it in words, and a bar of what is used. Late is a word and an icon too. */
export function DeadlineBar({ deadline, from, now }: DeadlineBarProps): ReactElement {
  const { late, text, share } = stand(deadline, from, now);
  const { kind, dueAt, metAt } = deadline;
  return (
    <div
      className={late ? 'deadline deadline-late' : 'deadline'}
      title={`${DEADLINE_TEXT[kind]}时限 ${formatDateTime(dueAt)}`}
    >
      <span className="deadline-words">
        <span>{DEADLINE_TEXT[kind]}</span>
        <span className="figures">
          {late && <ClockCircleFilled aria-hidden />} {text}
        </span>
      </span>
      <span className="deadline-track" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} className={metAt === null ? '' : 'deadline-met'} />
      </span>
    </div>
  );
}

function stand(
  { dueAt, metAt, overdue, pausedAt }: Deadline,
  from: number,
  wallNow: number | undefined,
): Remaining {
  if (metAt !== null) {
    return {
      late: overdue,
      text: overdue ? `超期 ${formatDuration(metAt - dueAt)}完成` : '按时完成',
      share: 1,
    };
  }
  const now = pausedAt ?? wallNow;
  if (now === undefined) return { late: overdue, text: formatDateTime(dueAt), share: overdue ? 1 : 0 };
  const left = remaining({ from, dueAt }, now);
  return { ...left, text: pausedAt === null ? left.text : `停表，${left.text}`, late: overdue || left.late };
}

/** The limit that comes next: the earliest not yet met. */
export function nextDeadline(deadlines: readonly Deadline[]): Deadline | undefined {
  return deadlines.filter((deadline) => deadline.metAt === null).toSorted((a, b) => a.dueAt - b.dueAt)[0];
}
