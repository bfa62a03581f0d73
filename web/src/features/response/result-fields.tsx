import type { WorkOrderDetail } from '#contract/response';
import { RESULT_LENGTH } from '#model/standard';
import { Input } from 'antd';
import type { ReactElement } from 'react';

import { TEXT } from './text.ts';
import type { DraftHold } from './use-draft.ts';

type Result = WorkOrderDetail['results'][number];

const INPUT = { text: 'text', number: 'text', moment: 'datetime-local' } as const;

/** Asks for what the handbook's disposal types must produce and is not there yet. */
export function ResultFields({
  order,
  hold,
}: {
  readonly order: WorkOrderDetail;
  readonly hold: DraftHold;
}): ReactElement {
  return (
    <>
      {order.results
        .filter((one) => !one.done)
        .map((one) => (
          <ResultField key={`${one.type}.${one.field}`} result={one} hold={hold} />
        ))}
    </>
  );
}

function ResultField({ result, hold }: { readonly result: Result; readonly hold: DraftHold }): ReactElement {
  const { type, typeText, field, text, kind } = result;
  const key = `${type}.${field}`;
  const label = `${typeText} · ${text}`;
  if (kind === 'arrival' || kind === 'photos') {
    return (
      <p className="field quiet">
        {label}：{kind === 'photos' ? TEXT.resultByPhotos : TEXT.resultByArriving}
      </p>
    );
  }
  return (
    <label className="field">
      {label}
      <Input
        type={INPUT[kind]}
        inputMode={kind === 'number' ? 'decimal' : undefined}
        maxLength={RESULT_LENGTH}
        value={hold.draft.results[key] ?? ''}
        onChange={(event) =>
          hold.change(({ results }) => ({ results: { ...results, [key]: event.target.value } }))
        }
      />
    </label>
  );
}

/** What the disposal types must produce, and what is there of it. Nothing where the handbook asks for none. */
export function ResultList({ order }: { readonly order: WorkOrderDetail }): ReactElement | null {
  const { results, amendments } = order;
  if (results.length === 0) return null;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{TEXT.results}</h2>
        <small className="quiet">{TEXT.resultsHint}</small>
      </div>
      <dl className="facts">
        {results.map((one) => (
          <ResultRow
            key={`${one.type}.${one.field}`}
            result={one}
            amended={amendments.findLast(({ field }) => field === `${one.type}.${one.field}`)?.reads}
          />
        ))}
      </dl>
    </section>
  );
}

interface ResultRowProps {
  readonly result: Result;
  /** What it was put right to after closing, shown beside. */
  readonly amended: string | undefined;
}

function ResultRow({ result, amended }: ResultRowProps): ReactElement {
  const { typeText, text, done, kind, value } = result;
  const shown = value === null ? TEXT.accepted : kind === 'moment' ? value.replace('T', ' ') : value;
  return (
    <>
      <dt>
        {typeText} · {text}
      </dt>
      <dd>
        {done ? shown : <span className="quiet">{TEXT.resultOpen}</span>}
        {amended !== undefined && (
          <strong className="amended-beside">{TEXT.amendedBeside(amended.replace('T', ' '))}</strong>
        )}
      </dd>
    </>
  );
}
