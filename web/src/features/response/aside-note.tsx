import type { WorkOrder } from '#contract/response';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { TimeText } from '../../ui/time-text.tsx';
import { TEXT } from './text.ts';

/** Why an order does not simply go on: handed on, suspended or asked to be, merged. Nothing for one that does. */
export function AsideNote({ order }: { readonly order: WorkOrder }): ReactElement | null {
  const { handedTo, suspension, mergedInto } = order;
  if (mergedInto) {
    return (
      <p className="aside-note">
        {TEXT.mergedInto}{' '}
        <Link to="/orders/$id" params={{ id: String(mergedInto.id) }} className="figures">
          {mergedInto.code}
        </Link>
      </p>
    );
  }
  if (handedTo !== null) return <p className="aside-note">{TEXT.handedTo(handedTo)}</p>;
  if (!suspension) return null;
  const { approvedBy, askedBy, reason, until } = suspension;
  return (
    <p className="aside-note">
      {approvedBy === null ? TEXT.suspensionAsked(askedBy) : TEXT.suspended(approvedBy)}
      {until !== null && (
        <>
          ，<TimeText at={until} whole /> {TEXT.suspendedUntil}
        </>
      )}
      <span className="quiet">（{reason}）</span>
    </p>
  );
}
