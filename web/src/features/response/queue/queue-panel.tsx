import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';

import { ActLine } from './act-line.tsx';
import type { KeptAct } from './kept-work.ts';
import { StoreNote } from './store-note.tsx';
import { conflictOf } from './supplement.ts';
import { TEXT } from './text.ts';
import { giveUp, sendNow, useQueue } from './work-queue.ts';
import { isOpen } from './work-store.ts';
import './queue.css';

/** Everything this phone holds: what waits, what was refused, and, folded, what has arrived or was given up. Nothing when empty. */
export function QueuePanel(): ReactElement {
  const { acts, end, sending } = useQueue();
  if (acts.length === 0) return <StoreNote />;
  const open = acts.filter(isOpen);
  const over = acts.filter((act) => !isOpen(act)).toReversed();
  return (
    <>
      <StoreNote />
      <section className="panel acts" aria-label={TEXT.title}>
        <div className="panel-head">
          <h2>{TEXT.title}</h2>
          {open.length > 0 && (
            <Button loading={sending !== undefined} onClick={sendNow}>
              {TEXT.now}
            </Button>
          )}
        </div>
        {open.length > 0 && end !== 'done' && (
          <p className="quiet" role="status">
            {end === 'signed-out' ? TEXT.signedOut : TEXT.noSignal}
          </p>
        )}
        <ByOrder acts={open} />
        {over.length > 0 && (
          <details>
            <summary>
              {TEXT.state.sent}、{TEXT.state.dropped} {over.length}
            </summary>
            <ByOrder acts={over} />
          </details>
        )}
      </section>
    </>
  );
}

function ByOrder({ acts }: { readonly acts: readonly KeptAct[] }): ReactElement {
  const orders = [...Map.groupBy(acts, (act) => act.order)];
  return (
    <>
      {orders.map(([order, its]) => (
        <div key={order} className="acts-order">
          <Link to="/todo/orders/$id" params={{ id: String(order) }}>
            {its[0]?.object} <span className="figures quiet">{its[0]?.code}</span>
          </Link>
          <ul>
            {its.map((act) => (
              <ActLine key={act.id} act={act} />
            ))}
          </ul>
          <Unseen acts={its} />
        </div>
      ))}
    </>
  );
}

/** An order that went out of sight has no page on which one could decide. */
function Unseen({ acts }: { readonly acts: readonly KeptAct[] }): ReactElement | null {
  const conflict = conflictOf(acts);
  if (conflict[0]?.problem?.code !== 'record.not-found') return null;
  return (
    <div className="acts-foot">
      <span>
        {TEXT.unseen} {TEXT.giveUpSure}
      </span>
      <Button onClick={() => void giveUp(conflict)}>{TEXT.giveUp}</Button>
    </div>
  );
}
