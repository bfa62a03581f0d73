import type { Rehearsal, StandardDraftDetail } from '#contract/standard';
import { REHEARSAL_STATE_TEXT, rehearsalRoutes } from '#contract/standard';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Progress } from 'antd';
import { type ReactElement, useState } from 'react';

import { Empty, Failure, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { KnownCases } from './known-cases.tsx';
import { isAtWork, rehearsalsQuery } from './rehearsal-queries.ts';
import { RehearsalResult } from './rehearsal-result.tsx';
import { REHEARSAL_TEXT as T } from './rehearsal-text.ts';
import { RequestForm } from './request-form.tsx';
import { useRehearsalAct } from './use-rehearsal-act.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';
import './rehearsal.css';

/** 推演: the draft beside the version in force, over the past. */
export function Rehearsals({ draft }: { readonly draft: StandardDraftDetail }): ReactElement {
  const query = useQuery(rehearsalsQuery(draft.id));
  const [chosen, setChosen] = useState<number>();
  const mayAsk = draft.allowedActions.some(
    (action) => action === 'edit' || action === 'submit' || action === 'withdraw',
  );
  return (
    <>
      <p className="quiet standard-notices">{T.intro}</p>
      <Resource query={query}>
        {({ items }) => (
          <Runs
            items={items}
            ask={mayAsk && <RequestForm draft={draft.id} />}
            chosen={chosen}
            onLook={setChosen}
          />
        )}
      </Resource>
      <KnownCases scenario={draft.scenario} mayRecord={mayAsk} />
    </>
  );
}

interface RunsProps {
  readonly items: readonly Rehearsal[];
  /** The form to ask for another one, for whoever may. */
  readonly ask: ReactElement | false;
  readonly chosen: number | undefined;
  readonly onLook: (id: number) => void;
}

/** What is under way, the result that is looked at, and all there were. */
function Runs({ items, ask, chosen, onLook }: RunsProps): ReactElement {
  const atWork = items.find(isAtWork);
  const shown = items.find(({ id }) => id === chosen) ?? items.find(({ state }) => state === 'done');
  const failure = items[0]?.failure;
  return (
    <>
      {atWork ? <AtWork rehearsal={atWork} /> : ask}
      {items.length === 0 && <Empty title={T.none} hint={ask ? T.noneHint : T.noneForReader} />}
      {failure && <Alert type="error" showIcon className="notice" title={failure} />}
      {shown?.result && (
        <>
          {!shown.isOfPresentText && <Alert type="warning" showIcon className="notice" title={T.stale} />}
          <RehearsalResult rehearsal={shown} result={shown.result} />
        </>
      )}
      {items.length > 0 && <History rehearsals={items} shown={shown?.id} onLook={onLook} />}
    </>
  );
}

const PERCENT = 100;

function AtWork({ rehearsal }: { readonly rehearsal: Rehearsal }): ReactElement {
  const cancelling = useRehearsalAct(rehearsalRoutes.cancelRehearsal);
  const { id, state, done, readings } = rehearsal;
  return (
    <div className="rehearsal-at-work" role="status">
      <Progress
        percent={Math.floor(done * PERCENT)}
        status="active"
        aria-label={REHEARSAL_STATE_TEXT[state]}
      />
      <span className="quiet figures">
        {state === 'waiting' ? T.waiting : T.progress(readings.toLocaleString('zh-CN'))}
      </span>
      {rehearsal.allowedActions.includes('cancel') && (
        <Button
          loading={cancelling.isPending}
          onClick={() => cancelling.mutate({ params: { id }, body: {} })}
        >
          {T.cancel}
        </Button>
      )}
      {cancelling.error && <Failure error={cancelling.error} />}
    </div>
  );
}

interface HistoryProps {
  readonly rehearsals: readonly Rehearsal[];
  readonly shown: number | undefined;
  readonly onLook: (id: number) => void;
}

function History({ rehearsals, shown, onLook }: HistoryProps): ReactElement {
  return (
    <section aria-label={T.history}>
      <h3 className="standard-part">{T.history}</h3>
      <div className="rows-frame">
        <RowsTable columns={T.columns} className="standard-rows">
          {rehearsals.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <SpanText rehearsal={one} />
              </th>
              <td data-label={T.columns[1]}>{REHEARSAL_STATE_TEXT[one.state]}</td>
              <td data-label={T.columns[2]}>
                {one.requestedBy.name} <TimeText at={one.requestedAt} />
              </td>
              <td data-label={T.columns[3]} className="figures">
                {one.result ? `${one.result.draft.warnings} / ${one.result.current.warnings}` : '—'}
              </td>
              <td>
                {one.result && (
                  <Button type="link" disabled={one.id === shown} onClick={() => onLook(one.id)}>
                    {one.id === shown ? T.looking : T.look}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </RowsTable>
      </div>
    </section>
  );
}

function SpanText({ rehearsal }: { readonly rehearsal: Rehearsal }): ReactElement {
  const { from, to, session, objects, towns } = rehearsal;
  const only = [...towns, ...objects];
  return (
    <>
      {session && <span>{session.name} </span>}
      <TimeText at={from} whole /> — <TimeText at={to} whole />
      {only.length > 0 && <span className="quiet row-code">{only.slice(0, 5).join('、')}</span>}
    </>
  );
}
