import { type Delegation, deputyRoutes } from '#contract/platform';
import { Button, Popconfirm } from 'antd';
import type { ReactElement } from 'react';

import { call } from '../../app/call.ts';
import { StateTag } from '../../ui/state-tag.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { useChange } from './queries.ts';
import { DELEGATION_TEXT, TEXT } from './text.ts';

const TONE = { coming: 'waiting', running: 'active', over: 'quiet' } as const;

/** Who acts for whom, from when to when, and the way to end it. */
export function DelegationLine({ delegation }: { readonly delegation: Delegation }): ReactElement {
  const { id, principal, deputy, from, to, reason, arrangedBy, endedAt, state } = delegation;
  const ending = useChange(() => call(deputyRoutes.endDelegation, { params: { id } }));
  return (
    <li className="people-delegation">
      <div>
        <strong>{DELEGATION_TEXT.sentence(deputy.name, principal.name)}</strong>{' '}
        <StateTag tone={TONE[state]}>{DELEGATION_TEXT.states[state]}</StateTag>
        <p className="quiet">
          <TimeText at={from} whole /> – <TimeText at={endedAt ?? to} whole /> · {reason} ·{' '}
          {DELEGATION_TEXT.arranged} {arrangedBy}
        </p>
        {ending.error && <p role="alert">{ending.error.message}</p>}
      </div>
      {delegation.allowedActions.includes('end') && (
        <Popconfirm
          title={DELEGATION_TEXT.end}
          okText={DELEGATION_TEXT.end}
          cancelText={TEXT.cancel}
          onConfirm={() => ending.mutate(undefined)}
        >
          <Button loading={ending.isPending}>{DELEGATION_TEXT.end}</Button>
        </Popconfirm>
      )}
    </li>
  );
}
