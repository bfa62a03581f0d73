import { aliveRoutes, type Mismatch, type Reconciliation } from '#contract/operations';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../../app/call.ts';
import { formatDateTime } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Empty, Failure, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { mismatchesQuery, reconciliationsQuery } from './queries.ts';
import { ALIVE_TEXT } from './text.ts';

const TEXT = ALIVE_TEXT.match;

/** The nightly reconciliations: what was looked at, and which records had lost their partner. */
export function Reconciliations(): ReactElement {
  const query = useQuery(reconciliationsQuery);
  const [chosen, setChosen] = useState<number>();
  return (
    <section aria-label={TEXT.title}>
      <h2>{TEXT.title}</h2>
      <p className="quiet">{TEXT.hint}</p>
      <RunButton onDone={() => setChosen(undefined)} />
      <Resource query={query}>
        {({ items }) => {
          const shown = items.find(({ id }) => id === chosen) ?? items[0];
          if (!shown) return <Empty title={TEXT.none} hint={TEXT.noneHint} />;
          return (
            <>
              <Select
                className="alive-nights"
                aria-label={TEXT.nights}
                value={shown.id}
                onChange={setChosen}
                options={items.map((one) => ({ value: one.id, label: nightText(one) }))}
              />
              <Night night={shown} />
            </>
          );
        }}
      </Resource>
    </section>
  );
}

function nightText({ startedAt, counts }: Reconciliation): string {
  const wrong = counts.reduce((sum, { mismatches }) => sum + mismatches, 0);
  return `${formatDateTime(startedAt)} ${wrong === 0 ? TEXT.fine : TEXT.wrong(wrong)}`;
}

function RunButton({ onDone }: { readonly onDone: () => void }): ReactElement | null {
  const client = useQueryClient();
  const mayRun = useCan('fault.handle');
  const run = useMutation({
    mutationFn: () => call(aliveRoutes.reconcileNow),
    onSuccess: async () => {
      onDone();
      await client.invalidateQueries({ queryKey: ['operations', 'reconciliations'] });
    },
  });
  if (!mayRun) return null;
  return (
    <>
      <Button loading={run.isPending} onClick={() => run.mutate()}>
        {TEXT.run}
      </Button>
      {run.error && <Failure error={run.error} />}
    </>
  );
}

function Night({ night }: { readonly night: Reconciliation }): ReactElement {
  const [what, rule, result] = TEXT.columns;
  const isWrong = night.counts.some(({ mismatches }) => mismatches > 0);
  return (
    <>
      <p className="quiet">
        {TEXT.at} <TimeText at={night.startedAt} whole /> · {TEXT.day(night.day)}
      </p>
      <div className="rows-frame">
        <RowsTable columns={TEXT.columns} label={TEXT.title}>
          {night.counts.map(({ kind, text, rule: should, mismatches, unchecked }) => (
            <tr key={kind}>
              <td data-label={what}>{text}</td>
              <td data-label={rule} className="quiet">
                {should}
              </td>
              <td data-label={result}>
                {unchecked !== null ? (
                  <>
                    <StateTag tone="quiet">{TEXT.unchecked}</StateTag>{' '}
                    <span className="quiet">{unchecked}</span>
                  </>
                ) : mismatches === 0 ? (
                  <StateTag tone="done">{TEXT.fine}</StateTag>
                ) : (
                  <StateTag tone="late">{TEXT.wrong(mismatches)}</StateTag>
                )}
              </td>
            </tr>
          ))}
        </RowsTable>
      </div>
      {isWrong && <Mismatches id={night.id} />}
    </>
  );
}

function Mismatches({ id }: { readonly id: number }): ReactElement {
  const query = useQuery(mismatchesQuery(id));
  return (
    <Resource query={query}>
      {({ items }) => (
        <>
          <ul className="alive-mismatches">
            {items.map((one) => (
              <li key={one.id}>
                <MismatchText mismatch={one} />
                {one.since !== null && (
                  <span className="quiet">
                    ，{TEXT.since} <TimeText at={one.since} />
                  </span>
                )}
              </li>
            ))}
          </ul>
          <p className="quiet">{TEXT.listHint}</p>
        </>
      )}
    </Resource>
  );
}

function MismatchText({ mismatch: { subject, text } }: { readonly mismatch: Mismatch }): ReactElement {
  const { kind, id } = subject;
  if (id !== null && kind === 'warning')
    return (
      <Link to="/warnings/$id" params={{ id: String(id) }}>
        {text}
      </Link>
    );
  if (id !== null && kind === 'work-order')
    return (
      <Link to="/orders/$id" params={{ id: String(id) }}>
        {text}
      </Link>
    );
  return <>{text}</>;
}
