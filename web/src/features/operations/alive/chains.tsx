import { aliveRoutes, type ChainGrid } from '#contract/operations';
import { CHAIN_STAGE_TEXT, CHAIN_TEST_STATE_TEXT } from '#model/operations';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../../app/call.ts';
import { useCan } from '../../../app/session.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Empty, Failure, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { ChainDrawer } from './chain-drawer.tsx';
import { daysBetween } from './days-between.ts';
import { chainsQuery } from './queries.ts';
import { ALIVE_TEXT } from './text.ts';

const TEXT = ALIVE_TEXT.chain;
type Chain = ChainGrid['scenarios'][number];

/** The chains of the scenarios: a square a day, where each was broken and since when. */
export function Chains(): ReactElement {
  const query = useQuery(chainsQuery);
  const [open, setOpen] = useState<number>();
  return (
    <section aria-label={TEXT.title}>
      <h2>{TEXT.title}</h2>
      <p className="quiet">{TEXT.hint}</p>
      <Resource query={query} rows={10}>
        {({ from, to, scenarios }) =>
          scenarios.length === 0 ? (
            <Empty title={TEXT.none} hint={TEXT.noneHint} />
          ) : (
            <div className="rows-frame">
              <RowsTable columns={TEXT.columns} label={TEXT.title}>
                {scenarios.map((chain) => (
                  <ChainRow
                    key={chain.scenario}
                    chain={chain}
                    days={daysBetween(from, to)}
                    onOpen={setOpen}
                  />
                ))}
              </RowsTable>
            </div>
          )
        }
      </Resource>
      <ChainDrawer id={open} onClose={() => setOpen(undefined)} />
    </section>
  );
}

interface ChainRowProps {
  readonly chain: Chain;
  readonly days: readonly string[];
  readonly onOpen: (test: number) => void;
}

function ChainRow({ chain, days, onOpen }: ChainRowProps): ReactElement {
  const [name, newest, grid] = TEXT.columns;
  const byDay = new Map(chain.days.map((day) => [day.day, day]));
  return (
    <tr>
      <td data-label={name}>
        {chain.scenarioName}
        <div className="quiet">{TEXT.planned(chain.time)}</div>
      </td>
      <td data-label={newest}>
        <Newest chain={chain} onOpen={onOpen} />
      </td>
      <td data-label={grid}>
        <div className="chain-days">
          {days.map((day) => (
            <DaySquare key={day} day={day} tested={byDay.get(day)} onOpen={onOpen} />
          ))}
        </div>
      </td>
      <td>
        <RunButton chain={chain} />
      </td>
    </tr>
  );
}

function Newest({ chain, onOpen }: Omit<ChainRowProps, 'days'>): ReactElement {
  const { newest, brokenSince } = chain;
  if (newest === null) return <span className="quiet">{TEXT.never}</span>;
  const { state, startedAt, finishedAt, brokenStage } = newest;
  return (
    <>
      <Button type="link" className="chain-newest" onClick={() => onOpen(newest.id)}>
        {state === 'broken' && brokenStage !== null ? (
          <StateTag tone="late">{TEXT.broken(CHAIN_STAGE_TEXT[brokenStage])}</StateTag>
        ) : (
          <StateTag tone={state === 'passed' ? 'done' : state === 'running' ? 'active' : 'quiet'}>
            {CHAIN_TEST_STATE_TEXT[state]}
          </StateTag>
        )}
      </Button>{' '}
      {finishedAt !== null && <TimeText at={finishedAt} />}
      {state === 'passed' && startedAt !== null && finishedAt !== null && (
        <div className="quiet figures">{TEXT.took(ALIVE_TEXT.seconds(finishedAt - startedAt))}</div>
      )}
      {brokenSince !== null && (
        <div>
          {TEXT.brokenSince} <TimeText at={brokenSince} />
        </div>
      )}
    </>
  );
}

interface DaySquareProps {
  readonly day: string;
  readonly tested: Chain['days'][number] | undefined;
  readonly onOpen: (test: number) => void;
}

/** Passed and broken differ by shape and word, not by colour alone. */
function DaySquare({ day, tested, onOpen }: DaySquareProps): ReactElement {
  if (!tested) {
    const title = TEXT.day(day, TEXT.noTest);
    return <span className="chain-day" title={title} role="img" aria-label={title} />;
  }
  const state =
    tested.state === 'broken' && tested.brokenStage !== null
      ? TEXT.broken(CHAIN_STAGE_TEXT[tested.brokenStage])
      : CHAIN_TEST_STATE_TEXT[tested.state];
  return (
    <button
      type="button"
      className={`chain-day chain-${tested.state}`}
      title={TEXT.day(day, state)}
      aria-label={TEXT.day(day, state)}
      onClick={() => onOpen(tested.test)}
    >
      {tested.state === 'broken' ? '×' : ''}
    </button>
  );
}

function RunButton({ chain }: { readonly chain: Chain }): ReactElement | null {
  const client = useQueryClient();
  const mayRun = useCan('fault.handle');
  const run = useMutation({
    mutationFn: () => call(aliveRoutes.requestChainTest, { body: { scenario: chain.scenario } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['operations', 'chains'] }),
  });
  if (!mayRun) return null;
  const isUnderWay = chain.newest?.state === 'waiting' || chain.newest?.state === 'running';
  return (
    <>
      <Button size="small" loading={run.isPending || isUnderWay} onClick={() => run.mutate()}>
        {TEXT.run}
      </Button>
      {run.error && <Failure error={run.error} />}
    </>
  );
}
