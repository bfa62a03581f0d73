import { type ReviewItem, reviewRoutes } from '#contract/platform';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { formatDate } from '../../app/format.ts';
import { StateTag } from '../../ui/state-tag.tsx';
import { Failure } from '../../ui/states.tsx';
import { PeopleList } from './people-list.tsx';
import { reviewItemsQuery, useChange } from './queries.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { ACCOUNT_TEXT, REVIEW_TEXT, STATE_TONE, TEXT } from './text.ts';

interface Verdict {
  readonly accounts: readonly number[];
  readonly verdict: 'confirmed' | 'close';
  readonly note: string;
}

const AT_ONCE = 100;

/** The accounts of one review, each with what is known of it and the two verdicts. */
export function ReviewItems({
  id,
  onBack,
}: {
  readonly id: number;
  readonly onBack: () => void;
}): ReactElement {
  const query = useInfiniteQuery(reviewItemsQuery(id));
  const [closing, setClosing] = useState<number>();
  const giving = useChange(({ accounts, verdict, note }: Verdict) =>
    call(reviewRoutes.giveVerdict, { params: { id }, body: { accounts: [...accounts], verdict, note } }),
  );
  const confirm = (accounts: readonly number[]): void =>
    giving.mutate({ accounts, verdict: 'confirmed', note: '' });
  return (
    <>
      <div className="filters">
        <Button onClick={onBack}>{REVIEW_TEXT.back}</Button>
      </div>
      {giving.error && closing === undefined && <Failure error={giving.error} />}
      <PeopleList query={query} empty={{ title: REVIEW_TEXT.empty }}>
        {(items) => (
          <>
            <ConfirmAll items={items} pending={giving.isPending} onConfirm={confirm} />
            <ul className="people-requests">
              {items.map((item) => (
                <ItemCard
                  key={item.account.id}
                  item={item}
                  onConfirm={() => confirm([item.account.id])}
                  onClose={() => setClosing(item.account.id)}
                />
              ))}
            </ul>
          </>
        )}
      </PeopleList>
      {closing !== undefined && (
        <ReasonDialog
          title={REVIEW_TEXT.close}
          label={REVIEW_TEXT.closeReason}
          pending={giving.isPending}
          error={giving.error}
          onSend={(note) =>
            giving.mutate(
              { accounts: [closing], verdict: 'close', note },
              { onSuccess: () => setClosing(undefined) },
            )
          }
          onClose={() => setClosing(undefined)}
        />
      )}
    </>
  );
}

interface ConfirmAllProps {
  readonly items: readonly ReviewItem[];
  readonly pending: boolean;
  readonly onConfirm: (accounts: readonly number[]) => void;
}

/** Keeps everybody on screen who has no verdict yet. */
function ConfirmAll({ items, pending, onConfirm }: ConfirmAllProps): ReactElement | null {
  const open = items.filter((item) => item.allowedActions.includes('confirm'));
  if (open.length < 2) return null;
  const accounts = open.slice(0, AT_ONCE).map(({ account }) => account.id);
  return (
    <div className="people-acts people-batch">
      <Button loading={pending} onClick={() => onConfirm(accounts)}>
        {REVIEW_TEXT.confirmAll}
      </Button>
    </div>
  );
}

interface ItemCardProps {
  readonly item: ReviewItem;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

function ItemCard({ item, onConfirm, onClose }: ItemCardProps): ReactElement {
  const { account, verdict, note } = item;
  return (
    <li className="panel people-request">
      <header>
        <h3>
          {account.name} <span className="quiet">{account.username}</span>
        </h3>
        <StateTag tone={STATE_TONE[account.state]}>{ACCOUNT_TEXT.states[account.state]}</StateTag>
        {verdict !== null && (
          <StateTag tone={verdict === 'confirmed' ? 'done' : 'waiting'}>
            {verdict === 'confirmed' ? REVIEW_TEXT.confirmed : REVIEW_TEXT.toClose}
          </StateTag>
        )}
      </header>
      <p>
        {account.roles.map(({ platformName, roleName }) => `${platformName} ${roleName}`).join('、') ||
          ACCOUNT_TEXT.noRole}
      </p>
      <p className="quiet">
        {[account.unit, account.title].filter((part) => part !== null).join(' · ')}{' '}
        {ACCOUNT_TEXT.drawer.signedIn}{' '}
        {account.lastSignInAt === null ? TEXT.never : formatDate(account.lastSignInAt)}
        {note !== null && ` · ${note}`}
      </p>
      {item.allowedActions.length > 0 && (
        <div className="people-acts">
          <Button type="primary" onClick={onConfirm}>
            {REVIEW_TEXT.confirm}
          </Button>
          <Button onClick={onClose}>{REVIEW_TEXT.close}</Button>
        </div>
      )}
    </li>
  );
}
