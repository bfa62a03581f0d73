import type { AlarmProposal } from '#contract/warning';
import { PROPOSAL_KIND_TEXT, PROPOSAL_STATE_TEXT, type ProposalState } from '#model/warning';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { StateTag } from '../../../ui/state-tag.tsx';
import { Failure } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { ProposalResult } from './proposal-result.tsx';
import { useMend, useReject, useRehearse, useTake } from './queries.ts';
import { changeText, PERFORMANCE_TEXT } from './text.ts';

const T = PERFORMANCE_TEXT.detail;
const TONE = {
  open: 'waiting',
  rehearsed: 'active',
  taken: 'done',
  rejected: 'quiet',
} as const satisfies Readonly<Record<ProposalState, string>>;

/** A proposal as it was made, what its rehearsal came to, and what may be done with it. */
export function ProposalCard({ proposal: one }: { readonly proposal: AlarmProposal }): ReactElement {
  return (
    <article className="performance-proposal">
      <p className="tags">
        <StateTag tone={TONE[one.state]}>{PROPOSAL_STATE_TEXT[one.state]}</StateTag>
        <strong>{PROPOSAL_KIND_TEXT[one.kind]}</strong>
        {one.change && <span className="figures">{changeText(one.change)}</span>}
      </p>
      <p>{one.why}。</p>
      <p className="quiet">
        {T.made} {one.madeBy} <TimeText at={one.madeAt} />
        {one.decided && (
          <>
            ；{T.decided} {one.decided.by} <TimeText at={one.decided.at} />
            {one.decided.why !== null && `：${one.decided.why}`}
          </>
        )}
      </p>
      {one.rehearsal !== null && <ProposalResult proposal={one} rehearsal={one.rehearsal} />}
      <Links proposal={one} />
      {one.allowedActions.length > 0 && <Acts proposal={one} />}
    </article>
  );
}

function Links({ proposal: { draft, fault } }: { readonly proposal: AlarmProposal }): ReactElement | null {
  if (draft === null && fault === null) return null;
  return (
    <p className="tags">
      {draft !== null && (
        <Link to="/standard/drafts/$id" params={{ id: String(draft) }}>
          {T.draft}
        </Link>
      )}
      {fault !== null && (
        <Link to="/operations" search={{ show: 'all', search: fault }}>
          {T.fault(fault)}
        </Link>
      )}
    </p>
  );
}

function Acts({ proposal: { id, allowedActions } }: { readonly proposal: AlarmProposal }): ReactElement {
  const rehearse = useRehearse();
  const mend = useMend();
  const take = useTake();
  const [rejecting, setRejecting] = useState(false);
  const may = (action: (typeof allowedActions)[number]): boolean => allowedActions.includes(action);
  const error = rehearse.error ?? mend.error ?? take.error;
  return (
    <>
      <p className="tags">
        {may('rehearse') && (
          <>
            <Button
              type={may('take') ? 'default' : 'primary'}
              loading={rehearse.isPending}
              onClick={() => rehearse.mutate({ id, over: 'object' })}
            >
              {T.rehearse}
            </Button>
            <Button disabled={rehearse.isPending} onClick={() => rehearse.mutate({ id, over: 'scenario' })}>
              {T.rehearseWhole}
            </Button>
          </>
        )}
        {may('mend') && (
          <Button type="primary" loading={mend.isPending} onClick={() => mend.mutate(id)}>
            {T.mend}
          </Button>
        )}
        {may('take') && (
          <Button type="primary" loading={take.isPending} onClick={() => take.mutate(id)}>
            {T.take}
          </Button>
        )}
        {may('reject') && <Button onClick={() => setRejecting(!rejecting)}>{T.reject}</Button>}
      </p>
      {rejecting && <RejectForm id={id} />}
      {error && <Failure error={error} />}
    </>
  );
}

function RejectForm({ id }: { readonly id: number }): ReactElement {
  const reject = useReject();
  const field = useId();
  const [why, setWhy] = useState('');
  return (
    <form
      className="performance-reject"
      onSubmit={(event) => {
        event.preventDefault();
        reject.mutate({ id, why: why.trim() });
      }}
    >
      <label htmlFor={field}>{T.why}</label>
      <Input.TextArea
        id={field}
        rows={2}
        maxLength={500}
        value={why}
        onChange={(event) => setWhy(event.target.value)}
      />
      <Button htmlType="submit" loading={reject.isPending}>
        {T.sendReject}
      </Button>
      {reject.error && <Failure error={reject.error} />}
    </form>
  );
}
