import { commandRoutes, type Swap } from '#contract/command';
import { SWAP_ACTION_TEXT, type SwapAction } from '#model/command';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { Failure, Resource } from '../../../ui/states.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { swapsQuery } from '../queries.ts';
import { TEXT } from '../text.ts';
import { useAct } from '../use-act.ts';
import { daySpan } from './span-text.ts';
import { SWAP_TEXT as WORDS } from './text.ts';

/** Swaps of a roster, newest first; whom each waits for is always said. */
export function SwapPanel({ roster }: { readonly roster: number }): ReactElement {
  const query = useQuery(swapsQuery(roster));
  return (
    <section className="panel no-print" aria-label={WORDS.title}>
      <h2>{WORDS.title}</h2>
      <div className="panel-body">
        <Resource query={query} rows={2}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="quiet">{WORDS.none}</p>
            ) : (
              <ul className="swaps">
                {items.map((swap) => (
                  <SwapItem key={swap.id} swap={swap} />
                ))}
              </ul>
            )
          }
        </Resource>
      </div>
    </section>
  );
}

function waitsFor(swap: Swap): string | undefined {
  if (swap.state === 'requested') return WORDS.waitsOther(swap.other.name);
  return swap.state === 'accepted' ? WORDS.waitsApprover : undefined;
}

const YES: readonly SwapAction[] = ['accept', 'approve'];

function SwapItem({ swap }: { readonly swap: Swap }): ReactElement {
  const [asked, setAsked] = useState<SwapAction>();
  const waits = waitsFor(swap);
  return (
    <li className="swap">
      <div className="swap-head">
        <strong>{WORDS.pair(swap.requester.name, swap.other.name)}</strong>
        <StateTag tone={waits === undefined ? (swap.state === 'approved' ? 'done' : 'quiet') : 'waiting'}>
          {waits ?? swap.stateName}
        </StateTag>
      </div>
      <p className="figures swap-spans">
        <span>
          {daySpan(swap.shift.from, swap.shift.to)} <span className="quiet">{swap.shift.seat.name}</span>
        </span>
        <span aria-hidden>与</span>
        <span>
          {daySpan(swap.withShift.from, swap.withShift.to)}{' '}
          <span className="quiet">{swap.withShift.seat.name}</span>
        </span>
      </p>
      <p className="quiet">
        {swap.reason} ·{' '}
        <span className="figures">{WORDS.requested(formatDateTime(swap.requestedAt).slice(5))}</span>
        {swap.decidedBy !== null && swap.decidedAt !== null && (
          <>
            {' · '}
            <span className="figures">
              {WORDS.decided(swap.decidedBy, formatDateTime(swap.decidedAt).slice(5))}
            </span>
          </>
        )}
        {swap.note !== null && swap.note !== '' && ` · ${swap.note}`}
      </p>
      {swap.allowedActions.length > 0 && (
        <div className="shift-acts">
          {swap.allowedActions.map((action) => (
            <Button
              key={action}
              type={YES.includes(action) ? 'primary' : 'default'}
              onClick={() => setAsked(action)}
            >
              {SWAP_ACTION_TEXT[action]}
            </Button>
          ))}
        </div>
      )}
      {asked && <DecideDialog swap={swap} action={asked} onClose={() => setAsked(undefined)} />}
    </li>
  );
}

function DecideDialog({
  swap,
  action,
  onClose,
}: {
  readonly swap: Swap;
  readonly action: SwapAction;
  readonly onClose: () => void;
}): ReactElement {
  const [note, setNote] = useState('');
  const decide = useAct(commandRoutes.decideSwap, onClose);
  return (
    <Modal
      open
      className="command-modal"
      title={WORDS.sure(SWAP_ACTION_TEXT[action])}
      onCancel={onClose}
      onOk={() =>
        decide.mutate({
          params: { id: swap.id },
          body: { action, ...(note.trim() === '' ? {} : { note: note.trim() }) },
        })
      }
      okText={SWAP_ACTION_TEXT[action]}
      cancelText={TEXT.cancel}
      confirmLoading={decide.isPending}
    >
      <div className="command-form">
        <p className="figures">
          {swap.requester.name} {daySpan(swap.shift.from, swap.shift.to)} 与 {swap.other.name}{' '}
          {daySpan(swap.withShift.from, swap.withShift.to)}
        </p>
        <label>
          <span className="form-label">{WORDS.note}</span>
          <Input maxLength={500} value={note} onChange={({ target }) => setNote(target.value)} />
        </label>
        {decide.error && <Failure error={decide.error} />}
      </div>
    </Modal>
  );
}
