import { type AccountRequest, accountRoutes, type TemporaryPassword } from '#contract/platform';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { call } from '../../app/call.ts';
import { Choice } from '../../ui/choice.tsx';
import { Failure } from '../../ui/states.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { PeopleList } from './people-list.tsx';
import { requestsQuery, useChange } from './queries.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { RequestCard } from './request-card.tsx';
import { REQUEST_TEXT } from './text.ts';

type State = AccountRequest['state'];
type Action = AccountRequest['action'];
const STATES = Object.keys(REQUEST_TEXT.states) as State[];
const ACTIONS = Object.keys(REQUEST_TEXT.actions) as Action[];

/** One request, or a whole batch, and what is decided about it. */
interface Deciding {
  readonly verb: 'approve' | 'refuse' | 'withdraw';
  readonly id: number;
  readonly batch: boolean;
}

/** Requests, newest first; those that wait are shown at the beginning. */
export function RequestList(): ReactElement {
  const [text, setText] = useState('');
  const [state, setState] = useState<State | undefined>('pending');
  const [action, setAction] = useState<Action>();
  const [refusing, setRefusing] = useState<Deciding>();
  const [passwords, setPasswords] = useState<readonly TemporaryPassword[]>([]);
  const search = useDeferredValue(text.trim());
  const query = useInfiniteQuery(requestsQuery({ state, action, search: search || undefined }));
  const deciding = useChange(decide);
  const run = (one: Deciding, note = ''): void =>
    deciding.mutate(
      { ...one, note },
      {
        onSuccess: (done) => {
          setPasswords(done.passwords);
          setRefusing(undefined);
        },
      },
    );
  const forget = (): void => {
    setPasswords([]);
    deciding.reset();
  };
  return (
    <>
      <div className="filters">
        <Input.Search
          className="people-search"
          allowClear
          maxLength={50}
          value={text}
          placeholder={REQUEST_TEXT.search}
          aria-label={REQUEST_TEXT.search}
          onChange={({ target }) => setText(target.value)}
        />
        <Choice
          label={REQUEST_TEXT.state}
          values={STATES}
          textOf={(one) => REQUEST_TEXT.states[one]}
          value={state}
          onChange={setState}
        />
        <Choice
          label={REQUEST_TEXT.action}
          values={ACTIONS}
          textOf={(one) => REQUEST_TEXT.actions[one]}
          value={action}
          onChange={setAction}
        />
      </div>
      {deciding.error && !refusing && <Failure error={deciding.error} />}
      <PeopleList query={query} empty={{ title: REQUEST_TEXT.none, hint: REQUEST_TEXT.noneHint }}>
        {(items) => (
          <>
            <BatchActs
              requests={items}
              pending={deciding.isPending}
              onApprove={(batch) => run({ verb: 'approve', id: batch, batch: true })}
              onRefuse={(batch) => setRefusing({ verb: 'refuse', id: batch, batch: true })}
            />
            <ul className="people-requests">
              {items.map((request) => (
                <RequestCard
                  key={request.id}
                  request={request}
                  pending={deciding.isPending && deciding.variables.id === request.id}
                  onDecide={(verb) => {
                    const one = { verb, id: request.id, batch: false };
                    if (verb === 'refuse') setRefusing(one);
                    else run(one);
                  }}
                />
              ))}
            </ul>
          </>
        )}
      </PeopleList>
      {refusing && (
        <ReasonDialog
          title={REQUEST_TEXT.refuse}
          label={REQUEST_TEXT.refuseReason}
          shortest={2}
          pending={deciding.isPending}
          error={deciding.error}
          onSend={(note) => run(refusing, note)}
          onClose={() => setRefusing(undefined)}
        />
      )}
      <PasswordDialog passwords={passwords} onClose={forget} />
    </>
  );
}

interface BatchActsProps {
  readonly requests: readonly AccountRequest[];
  readonly pending: boolean;
  readonly onApprove: (batch: number) => void;
  readonly onRefuse: (batch: number) => void;
}

/** A batch that waits is decided as one. */
function BatchActs({ requests, pending, onApprove, onRefuse }: BatchActsProps): ReactElement {
  const batches = new Set(
    requests.flatMap(({ batch, allowedActions }) =>
      batch !== null && allowedActions.includes('approve') ? [batch] : [],
    ),
  );
  return (
    <>
      {[...batches].map((batch) => (
        <div key={batch} className="people-acts people-batch">
          <Button type="primary" loading={pending} onClick={() => onApprove(batch)}>
            {REQUEST_TEXT.approveBatch(batch)}
          </Button>
          <Button disabled={pending} onClick={() => onRefuse(batch)}>
            {REQUEST_TEXT.refuseBatch}
          </Button>
        </div>
      ))}
    </>
  );
}

function decide({ verb, id, batch, note }: Deciding & { readonly note: string }) {
  const input = { params: { id }, body: { note } };
  switch (verb) {
    case 'approve':
      return batch ? call(accountRoutes.approveBatch, input) : call(accountRoutes.approveRequest, input);
    case 'refuse':
      return batch ? call(accountRoutes.refuseBatch, input) : call(accountRoutes.refuseRequest, input);
    case 'withdraw':
      return call(accountRoutes.withdrawRequest, { params: { id } });
    default:
      return verb satisfies never;
  }
}
