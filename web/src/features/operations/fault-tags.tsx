import { ClockCircleFilled } from '@ant-design/icons';
import type { Fault } from '#contract/operations';
import type { FaultState } from '#model/operations';
import type { ReactElement } from 'react';

import { formatDateTime, formatDuration, remaining } from '../../app/format.ts';
import { useNow } from '../../app/use-now.ts';
import { OverdueTag, StateTag } from '../../ui/state-tag.tsx';
import { TEXT } from './text.ts';

const TONE: Readonly<Record<FaultState, 'waiting' | 'active' | 'quiet' | 'done'>> = {
  open: 'waiting',
  assigned: 'waiting',
  'in-progress': 'active',
  resolved: 'quiet',
  closed: 'done',
  reopened: 'waiting',
};

export function FaultTags({ fault }: { readonly fault: Fault }): ReactElement {
  return (
    <span className="tags">
      <StateTag tone={TONE[fault.state]}>{fault.stateText}</StateTag>
      {fault.overdue && <OverdueTag />}
      {fault.returned > 0 && <StateTag tone="quiet">{TEXT.returned(fault.returned)}</StateTag>}
      {fault.simulated && <StateTag tone="quiet">{TEXT.simulated}</StateTag>}
    </span>
  );
}

/** Until when it should recover: what is left in words, and a bar of what is used; or how it did. */
export function FaultLimit({ fault }: { readonly fault: Fault }): ReactElement {
  const now = useNow(60_000);
  const { openedAt, dueAt, resolvedAt, overdue } = fault;
  const left = remaining({ from: openedAt, dueAt }, resolvedAt ?? now);
  const late = overdue || left.late;
  const recovered = late ? TEXT.recoveredLate(formatDuration((resolvedAt ?? now) - dueAt)) : TEXT.recovered;
  return (
    <div
      className={late ? 'deadline deadline-late' : 'deadline'}
      title={`${TEXT.facts.due} ${formatDateTime(dueAt)}`}
    >
      <span className="deadline-words">
        <span>{TEXT.limit}</span>
        <span className="figures">
          {late && <ClockCircleFilled aria-hidden />} {resolvedAt === null ? left.text : recovered}
        </span>
      </span>
      <span className="deadline-track" aria-hidden="true">
        <span
          style={{ width: `${(resolvedAt === null ? left.share : 1) * 100}%` }}
          className={resolvedAt === null ? '' : 'deadline-met'}
        />
      </span>
    </div>
  );
}

export function ownerText({ owner }: Fault): string {
  return [owner.account?.name, owner.unit].filter(Boolean).join('、') || TEXT.nobody;
}
