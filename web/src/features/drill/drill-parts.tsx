import type { DrillDetail, DrillLine } from '#contract/response';
import { DRILL_OUTCOME_TEXT } from '#model/response';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { useNow } from '../../app/use-now.ts';
import { RowsTable } from '../../ui/rows-table.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { Empty } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { TEXT } from './text.ts';

const TICK_MS = 10_000;
const TONE = { kept: 'done', late: 'waiting', missed: 'late' } as const;

/** The score, line by line, each with the record it rests on. */
export function DrillLines({ lines }: { readonly lines: readonly DrillLine[] }): ReactElement {
  const [what, outcome, given, found] = TEXT.lineColumns;
  return (
    <section aria-label={TEXT.score}>
      <h2>{TEXT.score}</h2>
      <RowsTable columns={TEXT.lineColumns} label={TEXT.score}>
        {lines.map((line) => (
          <tr key={line.n}>
            <td data-label={what}>{line.text}</td>
            <td data-label={outcome}>
              <Outcome line={line} />
            </td>
            <td data-label={given} className="figures nowrap">
              {line.given} / {line.points}
            </td>
            <td data-label={found}>
              {line.found}{' '}
              {line.order !== null && (
                <Link to="/orders/$id" params={{ id: String(line.order) }}>
                  {TEXT.order}
                </Link>
              )}
              {line.warning !== null && (
                <Link to="/warnings/$id" params={{ id: String(line.warning) }}>
                  {TEXT.warning}
                </Link>
              )}
            </td>
          </tr>
        ))}
      </RowsTable>
    </section>
  );
}

/** What came of it; nothing yet, and whether that is late by now. */
function Outcome({ line: { outcome, dueAt } }: { readonly line: DrillLine }): ReactElement {
  const now = useNow(TICK_MS);
  if (outcome !== null) return <StateTag tone={TONE[outcome]}>{DRILL_OUTCOME_TEXT[outcome]}</StateTag>;
  if (dueAt !== null && dueAt < now) return <StateTag tone="late">{TEXT.overdue}</StateTag>;
  return <StateTag tone="quiet">{TEXT.open}</StateTag>;
}

/** What the script does, what of it has come, and what was answered. */
export function DrillActs({ acts }: { readonly acts: DrillDetail['acts'] }): ReactElement {
  const [when, what, whom, result] = TEXT.actColumns;
  return (
    <section aria-label={TEXT.acts}>
      <h2>{TEXT.acts}</h2>
      <RowsTable columns={TEXT.actColumns} label={TEXT.acts}>
        {acts.map((act) => (
          <tr key={act.n}>
            <td data-label={when} className="nowrap">
              {TEXT.minute(act.minute)}
              {act.firedAt !== null && (
                <div className="quiet">
                  <TimeText at={act.firedAt} />
                </div>
              )}
            </td>
            <td data-label={what}>{act.text}</td>
            <td data-label={whom}>{act.toText ?? '—'}</td>
            <td data-label={result}>
              <ActResult act={act} />
            </td>
          </tr>
        ))}
      </RowsTable>
    </section>
  );
}

function ActResult({ act }: { readonly act: DrillDetail['acts'][number] }): ReactElement {
  if (act.firedAt === null) return <StateTag tone="quiet">{TEXT.waiting}</StateTag>;
  if (act.kind === 'readings') return <StateTag tone="done">{TEXT.fired}</StateTag>;
  if (act.answer === null) return <StateTag tone="waiting">{TEXT.noAnswer}</StateTag>;
  return (
    <>
      {act.answer}
      <div className="quiet">
        {act.answeredBy} {act.answeredAt !== null && <TimeText at={act.answeredAt} />}
      </div>
    </>
  );
}

export function DrillOrders({ orders }: { readonly orders: DrillDetail['orders'] }): ReactElement {
  const [code, object, state, unit] = TEXT.orderColumns;
  return (
    <section aria-label={TEXT.orders}>
      <h2>{TEXT.orders}</h2>
      {orders.length === 0 ? (
        <Empty title={TEXT.noOrders} hint="" />
      ) : (
        <RowsTable columns={TEXT.orderColumns} label={TEXT.orders}>
          {orders.map((order) => (
            <tr key={order.id}>
              <td data-label={code} className="figures">
                <Link to="/orders/$id" params={{ id: String(order.id) }} className="row-link">
                  {order.code}
                </Link>
              </td>
              <td data-label={object}>{order.object}</td>
              <td data-label={state}>{order.stateText}</td>
              <td data-label={unit}>
                {order.unit}
                <div className="quiet">{order.handler}</div>
              </td>
            </tr>
          ))}
        </RowsTable>
      )}
    </section>
  );
}
