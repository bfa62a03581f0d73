import { chaseRoutes, type SupervisionDetail } from '#contract/response';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { type ReactElement, useState } from 'react';

import { momentOf } from '../../../app/beijing-input.ts';
import { call } from '../../../app/call.ts';
import { PageHead } from '../../../ui/page-head.tsx';
import { OverdueTag } from '../../../ui/state-tag.tsx';
import { Failure, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { supervisionQuery } from './queries.ts';
import { CHASE_TEXT } from './text.ts';
import '../response.css';
import './chase.css';

/** One 督办: what is asked, what was answered, and what its office may do. */
export function SupervisionPage(): ReactElement {
  const { id } = useParams({ from: '/desk/orders/supervisions/$id' });
  const query = useQuery(supervisionQuery(Number(id)));
  return <Resource query={query}>{(row) => <SupervisionView key={row.version} row={row} />}</Resource>;
}

function SupervisionView({ row }: { readonly row: SupervisionDetail }): ReactElement {
  return (
    <>
      <PageHead
        title={`${CHASE_TEXT.supervisionTitle} ${row.code}`}
        tags={
          <span className="tags">
            {CHASE_TEXT.states[row.state]} {row.overdue && <OverdueTag />}
          </span>
        }
        hint={
          <>
            <Link to="/orders/supervisions">{CHASE_TEXT.back}</Link> / {row.issuedBy} → {row.platform.name} ·{' '}
            {CHASE_TEXT.answerBy} <TimeText at={row.answerBy} whole />
            {row.extended > 0 && `（${CHASE_TEXT.extended(row.extended)}）`}
          </>
        }
      />
      <section className="panel">
        <h2>{CHASE_TEXT.asked}</h2>
        <div className="panel-body">
          <p className="chase-words">{row.asked}</p>
          <Orders row={row} />
          {row.answer !== null && (
            <p className="chase-words">
              <strong>{CHASE_TEXT.answer}</strong> {row.answer}
            </p>
          )}
        </div>
      </section>
      <Acts row={row} />
      <section className="panel">
        <h2>{CHASE_TEXT.course}</h2>
        <ol className="panel-body chase-course">
          {row.entries.map((entry) => (
            <li key={`${entry.at}${entry.text}`}>
              <TimeText at={entry.at} whole /> <span className="quiet">{entry.by ?? '系统'}</span>{' '}
              {entry.text}
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

function Orders({ row }: { readonly row: SupervisionDetail }): ReactElement | null {
  if (row.orders.length === 0) return null;
  return (
    <p>
      {CHASE_TEXT.orders}：
      {row.orders.map((order) => (
        <Link key={order.id} to="/orders/$id" params={{ id: String(order.id) }} className="chase-order">
          {order.object} <span className="figures">{order.code}</span>（{order.stateText}）
        </Link>
      ))}
    </p>
  );
}

function Acts({ row }: { readonly row: SupervisionDetail }): ReactElement | null {
  const client = useQueryClient();
  const [words, setWords] = useState('');
  const [until, setUntil] = useState('');
  const { id, mayAnswer, mayDirect, state } = row;
  const params = { id };
  const act = useMutation({
    mutationFn: (what: 'answer' | 'extend' | 'return' | 'close') => {
      const later = { answerBy: momentOf(until) ?? 0, reason: words.trim() };
      switch (what) {
        case 'answer':
          return call(chaseRoutes.answerSupervision, { params, body: { answer: words.trim() } });
        case 'extend':
          return call(chaseRoutes.extendSupervision, { params, body: later });
        case 'return':
          return call(chaseRoutes.returnSupervision, { params, body: later });
        case 'close':
          return call(chaseRoutes.closeSupervision, { params, body: { note: words.trim() } });
        default:
          return what satisfies never;
      }
    },
    onSuccess: (answer) => client.setQueryData(supervisionQuery(id).queryKey, answer),
  });
  if (!mayAnswer && !mayDirect) return null;
  const later = momentOf(until) !== null && words.trim().length > 1;
  const putOff = state === 'open' ? 'extend' : 'return';
  return (
    <section className="panel">
      <h2>{mayAnswer ? CHASE_TEXT.answer : CHASE_TEXT.reason}</h2>
      <div className="panel-body hand-form">
        <label className="field">
          {mayAnswer ? CHASE_TEXT.answerLabel : CHASE_TEXT.reason}
          <Input.TextArea
            autoSize={{ minRows: 3, maxRows: 8 }}
            maxLength={1000}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </label>
        {mayDirect && (
          <label className="field">
            {CHASE_TEXT.answerBy}
            <Input type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} />
          </label>
        )}
        {act.error && <Failure error={act.error} />}
        <div className="action-buttons">
          {mayDirect && (
            <Button size="large" disabled={!later} loading={act.isPending} onClick={() => act.mutate(putOff)}>
              {state === 'open' ? CHASE_TEXT.extend : CHASE_TEXT.giveBack}
            </Button>
          )}
          {mayDirect && (
            <Button
              size="large"
              type={mayAnswer ? 'default' : 'primary'}
              loading={act.isPending}
              onClick={() => act.mutate('close')}
            >
              {CHASE_TEXT.close}
            </Button>
          )}
          {mayAnswer && (
            <Button
              size="large"
              type="primary"
              disabled={words.trim().length < 5}
              loading={act.isPending}
              onClick={() => act.mutate('answer')}
            >
              {CHASE_TEXT.answer}
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}
