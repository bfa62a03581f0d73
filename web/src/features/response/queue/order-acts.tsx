import type { WorkOrderDetail } from '#contract/response';
import { Alert, Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { EMPTY_DRAFT } from '../draft.ts';
import { randomKey } from '../../../app/random-key.ts';
import type { DraftHold } from '../use-draft.ts';
import { ActLine } from './act-line.tsx';
import { StoreNote } from './store-note.tsx';
import { conflictOf, supplementOf } from './supplement.ts';
import { TEXT } from './text.ts';
import { giveUp, supplementInstead, takeBack, useQueue } from './work-queue.ts';
import type { KeptAct } from './kept-work.ts';
import './queue.css';

interface OrderActsProps {
  /** As the server told the order last. */
  readonly told: WorkOrderDetail;
  readonly acts: readonly KeptAct[];
  readonly hold: DraftHold;
}

/** What of an order waits on this phone, and what was refused, for the person to decide. Nothing where nothing waits. */
export function OrderActs({ told, acts, hold }: OrderActsProps): ReactElement {
  const { end } = useQueue();
  const conflict = conflictOf(acts);
  const waiting = acts.filter((act) => act.state === 'waiting' && !conflict.includes(act));
  if (conflict.length === 0 && waiting.length === 0) return <StoreNote />;
  return (
    <>
      <StoreNote />
      {waiting.length > 0 && (
        <section className="panel acts" aria-label={TEXT.title}>
          <ul>
            {waiting.map((act) => (
              <ActLine key={act.id} act={act} />
            ))}
          </ul>
          {end !== 'done' && <p className="quiet">{end === 'signed-out' ? TEXT.signedOut : TEXT.noSignal}</p>}
        </section>
      )}
      {conflict.length > 0 && <Conflict told={told} acts={conflict} hold={hold} />}
    </>
  );
}

/** Refusals that more words and steps, or other pictures, mend. */
const MENDABLE: ReadonlySet<string> = new Set([
  'work-order.requirement-missing',
  'input.invalid',
  'attachment.too-large',
]);

/** What may be done about a refusal besides giving up. */
function waysOut(acts: readonly KeptAct[]): { readonly mend: boolean; readonly supplement: boolean } {
  const code = acts[0]?.problem?.code ?? '';
  if (code === 'record.not-found' || acts.some((act) => act.action === 'supplement'))
    return { mend: false, supplement: false };
  return { mend: acts.length === 1 && MENDABLE.has(code), supplement: true };
}

/** What one did, what is so now, and what can be done about it. */
function Conflict({ told, acts, hold }: OrderActsProps): ReactElement {
  const problem = acts[0]?.problem;
  return (
    <section className="panel acts conflict" aria-label={TEXT.conflict}>
      <Alert type="warning" showIcon role="alert" title={TEXT.conflict} />
      <dl className="facts">
        <dt>{TEXT.youDid}</dt>
        <dd>
          <ul>
            {acts.map((act) => (
              <ActLine key={act.id} act={act} />
            ))}
          </ul>
        </dd>
        <dt>{TEXT.isNow}</dt>
        <dd>{problem?.code === 'record.not-found' ? TEXT.unseen : <Now told={told} />}</dd>
        <dt>{TEXT.serverSays}</dt>
        <dd>{problem?.text}</dd>
      </dl>
      <Choices acts={acts} hold={hold} />
    </section>
  );
}

function Choices({ acts, hold }: Pick<OrderActsProps, 'acts' | 'hold'>): ReactElement {
  const [asked, setAsked] = useState(false);
  const ways = waysOut(acts);
  const supplement = (): void => {
    const by = supplementOf(acts, randomKey());
    if (by) void supplementInstead(acts, by);
  };
  const mend = async (): Promise<void> => {
    await takeBack(acts);
    hold.change({ ...EMPTY_DRAFT, ...acts[0]?.draft });
  };
  if (asked) {
    return (
      <div className="acts-foot">
        <span>{TEXT.giveUpSure}</span>
        <Button size="large" onClick={() => setAsked(false)}>
          {TEXT.cancel}
        </Button>
        <Button size="large" danger onClick={() => void giveUp(acts)}>
          {TEXT.giveUp}
        </Button>
      </div>
    );
  }
  return (
    <div className="acts-foot">
      <Button size="large" onClick={() => setAsked(true)}>
        {TEXT.giveUp}
      </Button>
      {ways.mend && (
        <Button size="large" type="primary" onClick={() => void mend()}>
          {TEXT.mend}
        </Button>
      )}
      {ways.supplement && (
        <>
          <Button size="large" type={ways.mend ? 'default' : 'primary'} onClick={supplement}>
            {TEXT.supplement}
          </Button>
          <small className="quiet">{TEXT.supplementHint}</small>
        </>
      )}
    </div>
  );
}

function Now({ told }: { readonly told: WorkOrderDetail }): ReactElement {
  const last = told.entries.findLast((entry) => entry.by !== null);
  return (
    <>
      {told.stateText}，{told.handler === null ? TEXT.nobody : TEXT.held(told.handler.name)}
      {last && (
        <span className="quiet">
          （{TEXT.last}：{last.by} {last.text}）
        </span>
      )}
    </>
  );
}
