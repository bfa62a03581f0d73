import { chaseRoutes, type SupervisionDetail } from '#contract/response';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { type ReactElement, useState } from 'react';

import { momentOf } from '../../../app/beijing-input.ts';
import { call } from '../../../app/call.ts';
import { PageHead } from '../../../ui/page-head.tsx';
import { OverdueTag, StateTag } from '../../../ui/state-tag.tsx';
import { Failure, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { supervisionQuery } from './queries.ts';
import { CHASE_TEXT, STATE_TONES } from './text.ts';
import '../response.css';
import './chase.css';

const ANSWER_LENGTH = 5;
const REASON_LENGTH = 2;

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
        title={`${row.kindText} ${row.code}`}
        tags={
          <span className="tags">
            <StateTag tone={STATE_TONES[row.state]}>{CHASE_TEXT.states[row.state]}</StateTag>
            {row.overdue && <OverdueTag />}
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
      <div className="chase-page">
        <section className="panel">
          <h2>{CHASE_TEXT.asked}</h2>
          <div className="panel-body">
            <p className="chase-words">{row.asked}</p>
            <Orders row={row} />
            {row.incident && (
              <p>
                {CHASE_TEXT.incident}：
                <Link
                  to="/orders/incidents/$id"
                  params={{ id: String(row.incident.id) }}
                  className="chase-order"
                >
                  {row.incident.title} <span className="figures">{row.incident.code}</span>
                </Link>
              </p>
            )}
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
          <ol className="timeline">
            {row.entries.map((entry) => (
              <li key={`${entry.at}${entry.text}`}>
                <div className="timeline-head">
                  <strong>{entry.text}</strong>
                  <span className="quiet timeline-when">
                    <TimeText at={entry.at} whole /> · {entry.by ?? '系统'}
                  </span>
                </div>
              </li>
            ))}
          </ol>
        </section>
      </div>
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

type Deed = 'answer' | 'extend' | 'return' | 'close';

/** What is done to it, with the words and the moment that stand in the form. */
function useDeed(id: number, form: { readonly words: string; readonly until: string }) {
  const client = useQueryClient();
  const params = { id };
  const words = form.words.trim();
  const later = { answerBy: momentOf(form.until) ?? 0, reason: words };
  return useMutation({
    mutationFn: (deed: Deed) => {
      switch (deed) {
        case 'answer':
          return call(chaseRoutes.answerSupervision, { params, body: { answer: words } });
        case 'extend':
          return call(chaseRoutes.extendSupervision, { params, body: later });
        case 'return':
          return call(chaseRoutes.returnSupervision, { params, body: later });
        case 'close':
          return call(chaseRoutes.closeSupervision, { params, body: { note: words } });
        default:
          return deed satisfies never;
      }
    },
    onSuccess: (answer) => client.setQueryData(supervisionQuery(id).queryKey, answer),
  });
}

function Acts({ row }: { readonly row: SupervisionDetail }): ReactElement | null {
  const [words, setWords] = useState('');
  const [until, setUntil] = useState('');
  const act = useDeed(row.id, { words, until });
  const { mayAnswer, mayDirect } = row;
  if (!mayAnswer && !mayDirect) return null;
  return (
    <section className="panel">
      <h2>{mayAnswer ? CHASE_TEXT.answer : CHASE_TEXT.direct}</h2>
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
            {CHASE_TEXT.laterBy}
            <Input type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} />
          </label>
        )}
        {act.error && <Failure error={act.error} />}
        <Deeds
          row={row}
          may={{
            answer: words.trim().length >= ANSWER_LENGTH,
            later: momentOf(until) !== null && words.trim().length >= REASON_LENGTH,
          }}
          busy={act.isPending}
          press={(deed) => act.mutate(deed)}
        />
      </div>
    </section>
  );
}

interface DeedsProps {
  readonly row: SupervisionDetail;
  readonly may: { readonly answer: boolean; readonly later: boolean };
  readonly busy: boolean;
  readonly press: (deed: Deed) => void;
}

function Deeds({ row, may, busy, press }: DeedsProps): ReactElement {
  const { mayAnswer, mayDirect, state } = row;
  const [later, laterText] =
    state === 'open' ? (['extend', CHASE_TEXT.extend] as const) : (['return', CHASE_TEXT.giveBack] as const);
  return (
    <div className="action-buttons">
      {mayDirect && (
        <>
          <Button size="large" disabled={!may.later} loading={busy} onClick={() => press(later)}>
            {laterText}
          </Button>
          <Button
            size="large"
            type={mayAnswer ? 'default' : 'primary'}
            loading={busy}
            onClick={() => press('close')}
          >
            {CHASE_TEXT.close}
          </Button>
        </>
      )}
      {mayAnswer && (
        <Button
          size="large"
          type="primary"
          disabled={!may.answer}
          loading={busy}
          onClick={() => press('answer')}
        >
          {CHASE_TEXT.answer}
        </Button>
      )}
    </div>
  );
}
