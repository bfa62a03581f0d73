import type { OwnLimit, OwnLimitState } from '#contract/standard';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { StateTag } from '../../../ui/state-tag.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { OwnLimitActs } from './own-limit-acts.tsx';
import { OwnLimitCell } from './own-limit-cell.tsx';
import { OWN_TEXT, STATE_TEXT } from './text.ts';

const TONE = {
  proposed: 'waiting',
  'in-force': 'active',
  refused: 'quiet',
  ended: 'quiet',
  off: 'late',
} as const satisfies Record<OwnLimitState, string>;

const [, LIMITS, STATE, REASON, WHO] = OWN_TEXT.columns;

/** An own limit in a list: whose it is, what it says, who asked for it and who decided. */
export function OwnLimitRow({ own }: { readonly own: OwnLimit }): ReactElement {
  const { object, sign, decidedBy, decidedAt, overBy } = own;
  return (
    <tr>
      <th scope="row">
        <Link to="/standard/own-limits/$id" params={{ id: String(object.id) }}>
          {object.name}
        </Link>
        <span className="quiet row-code">{[object.code, object.town ?? ''].join(' ').trim()}</span>
        <Link className="standard-line" to="/standard/signs/$code" params={{ code: sign.code }}>
          {sign.name}
        </Link>
      </th>
      <td data-label={LIMITS}>
        <OwnLimitCell own={own} />
      </td>
      <td data-label={STATE}>
        <StateTag tone={TONE[own.state]}>{STATE_TEXT[own.state]}</StateTag>
      </td>
      <td data-label={REASON}>
        {own.reason}
        {own.decisionNote !== null && <span className="quiet standard-line">{own.decisionNote}</span>}
        {own.overWhy !== null && (
          <span className={own.state === 'off' ? 'standard-fault' : 'quiet standard-line'}>
            {own.overWhy}
          </span>
        )}
      </td>
      <td data-label={WHO}>
        <span className="standard-line">
          {own.proposedBy.name} <TimeText at={own.proposedAt} />
        </span>
        {decidedBy && decidedAt !== null && (
          <span className="standard-line">
            {decidedBy.name} <TimeText at={decidedAt} />
          </span>
        )}
        {own.overAt !== null && (
          <span className="quiet standard-line">
            {overBy?.name ?? ''} {STATE_TEXT[own.state]} <TimeText at={own.overAt} />
          </span>
        )}
      </td>
      <td>
        <OwnLimitActs own={own} />
      </td>
    </tr>
  );
}
