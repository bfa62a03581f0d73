import type { AccountRequest } from '#contract/platform';
import { Button } from 'antd';
import type { ReactElement } from 'react';

import { formatDate } from '../../app/format.ts';
import { StateTag } from '../../ui/state-tag.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { ACCOUNT_TEXT, FORM_TEXT, REQUEST_TEXT } from './text.ts';

interface RequestCardProps {
  readonly request: AccountRequest;
  readonly pending?: boolean;
  /** Without it the card only tells. */
  readonly onDecide?: (verb: AccountRequest['allowedActions'][number]) => void;
}

const TONE = { pending: 'waiting', approved: 'done', refused: 'quiet', withdrawn: 'quiet' } as const;

/** What is asked for, by whom and why, and the buttons of whoever may decide. */
export function RequestCard({ request, pending = false, onDecide }: RequestCardProps): ReactElement {
  const { requestedBy, requestedFor, decidedBy } = request;
  return (
    <li className="panel people-request">
      <header>
        <h3>
          {REQUEST_TEXT.actions[request.action]} · {request.name}{' '}
          <span className="quiet">{request.username}</span>
        </h3>
        <StateTag tone={TONE[request.state]}>{REQUEST_TEXT.states[request.state]}</StateTag>
        {request.batch !== null && <StateTag tone="quiet">{REQUEST_TEXT.batch(request.batch)}</StateTag>}
      </header>
      <ul className="people-wanted">
        {wantedLines(request).map(([label, value]) => (
          <li key={`${label} ${value}`}>
            <span className="quiet">{label}</span> {value}
          </li>
        ))}
      </ul>
      <p>{request.reason}</p>
      <p className="quiet">
        {REQUEST_TEXT.by} {requestedBy.name}
        {requestedFor && `（${REQUEST_TEXT.actingFor(requestedFor.name)}）`}{' '}
        <TimeText at={request.requestedAt} />
        {decidedBy && request.decidedAt !== null && (
          <>
            {' · '}
            {REQUEST_TEXT.decided} {decidedBy.name} <TimeText at={request.decidedAt} />
          </>
        )}
        {request.note !== null && ` · ${request.note}`}
      </p>
      {onDecide && request.allowedActions.length > 0 && (
        <div className="people-acts">
          {request.allowedActions.map((verb) => (
            <Button
              key={verb}
              type={verb === 'approve' ? 'primary' : 'default'}
              loading={pending}
              onClick={() => onDecide(verb)}
            >
              {REQUEST_TEXT[verb]}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}

function wantedLines({ platform, wanted, action }: AccountRequest): readonly (readonly [string, string])[] {
  const { name, unit, title, phone, expiresAt, roles, left } = wanted;
  const text = (label: string, value: string | null | undefined): readonly (readonly [string, string])[] =>
    value === undefined || (value === null && action === 'open')
      ? []
      : [[label, value ?? REQUEST_TEXT.cleared]];
  const end = typeof expiresAt === 'number' ? formatDate(expiresAt) : expiresAt;
  return [
    [FORM_TEXT.home, platform.name],
    ...text(FORM_TEXT.name, action === 'open' ? undefined : name),
    ...text(FORM_TEXT.unit, unit),
    ...text(FORM_TEXT.title, title),
    ...text(FORM_TEXT.phone, phone),
    ...text(FORM_TEXT.expires, end),
    ...(left === true ? ([[FORM_TEXT.left, '✓']] as const) : []),
    ...(roles ?? []).map(({ roleName, platformName, validTo }) => {
      const until = validTo === null ? '' : `（${ACCOUNT_TEXT.until} ${formatDate(validTo)}）`;
      return [FORM_TEXT.role, `${platformName} ${roleName}${until}`] as const;
    }),
  ];
}
