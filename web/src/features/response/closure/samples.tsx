import type { ClosureSample } from '#contract/response';
import { SAMPLE_STATES, type SampleState } from '#model/response';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Drawer, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { LevelTag } from '../../../ui/level-tag.tsx';
import { MoreButton } from '../../../ui/more-button.tsx';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { OverdueTag, StateTag } from '../../../ui/state-tag.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { CheckForm } from './check-form.tsx';
import { samplesQuery } from './queries.ts';
import { CLOSURE_TEXT } from './text.ts';

/** What was drawn of a month, and what came of it. */
export function Samples({ month }: { readonly month: string }): ReactElement {
  const [show, setShow] = useState<SampleState | 'all'>('all');
  const [asked, setAsked] = useState<ClosureSample>();
  const query = useInfiniteQuery(samplesQuery(month, show === 'all' ? undefined : show));
  return (
    <>
      <div className="filters closure-filters" role="search">
        <Segmented<SampleState | 'all'>
          aria-label="范围"
          value={show}
          onChange={setShow}
          options={[
            { value: 'all', label: CLOSURE_TEXT.all },
            ...SAMPLE_STATES.map((value) => ({ value, label: CLOSURE_TEXT.states[value] })),
          ]}
        />
      </div>
      <Resource query={query} rows={6}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0)
            return <Empty title={CLOSURE_TEXT.stateNone} hint={CLOSURE_TEXT.stateNoneHint} />;
          return (
            <div className="rows-frame">
              <RowsTable columns={CLOSURE_TEXT.columns} label={CLOSURE_TEXT.draw}>
                {rows.map((row) => (
                  <SampleRow key={row.id} row={row} onCheck={() => setAsked(row)} />
                ))}
              </RowsTable>
              <MoreButton count={rows.length} query={query} />
            </div>
          );
        }}
      </Resource>
      <Drawer
        open={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={CLOSURE_TEXT.checkTitle}
        size="min(520px, 100vw)"
        destroyOnHidden
      >
        {asked && <CheckForm sample={asked} onDone={() => setAsked(undefined)} />}
      </Drawer>
    </>
  );
}

function SampleRow({
  row,
  onCheck,
}: {
  readonly row: ClosureSample;
  readonly onCheck: () => void;
}): ReactElement {
  const [order, unit, closed, result, mend] = CLOSURE_TEXT.columns;
  return (
    <tr>
      <td data-label={order}>
        <LevelTag level={row.order.level} />{' '}
        <Link to="/orders/$id" params={{ id: String(row.order.id) }}>
          {row.order.object}
        </Link>
        <small className="quiet">
          {row.order.item} · <span className="figures">{row.order.code}</span>
        </small>
      </td>
      <td data-label={unit}>{row.unit}</td>
      <td data-label={closed} className="nowrap">
        {row.order.closedAt === null ? row.order.stateText : <TimeText at={row.order.closedAt} />}
      </td>
      <td data-label={result}>
        <Result row={row} onCheck={onCheck} />
      </td>
      <td data-label={mend}>
        <Mending row={row} />
      </td>
    </tr>
  );
}

const TONE = { waiting: 'waiting', passed: 'done', failed: 'late' } as const;

function Result({
  row,
  onCheck,
}: {
  readonly row: ClosureSample;
  readonly onCheck: () => void;
}): ReactElement {
  const { state, reason, checkedBy, checkedAt } = row;
  if (row.mayCheck)
    return (
      <Button type="primary" onClick={onCheck}>
        {CLOSURE_TEXT.check}
      </Button>
    );
  return (
    <>
      <StateTag tone={TONE[state]}>{CLOSURE_TEXT.states[state]}</StateTag>
      {reason !== null && <span className="closure-words">{reason}</span>}
      {state === 'waiting' && row.ownWork && <small className="quiet">{CLOSURE_TEXT.ownWork}</small>}
      {state === 'waiting' && row.order.closedAt === null && (
        <small className="quiet">{CLOSURE_TEXT.reopened}</small>
      )}
      {checkedAt !== null && (
        <small className="quiet">
          {checkedBy} <TimeText at={checkedAt} />
        </small>
      )}
    </>
  );
}

/** What was asked of the unit, how it stands, and what it answered. */
function Mending({ row: { notice, mend, remedy, remedied } }: { readonly row: ClosureSample }): ReactElement {
  if (mend === null || remedy === null) return <span className="quiet">—</span>;
  return (
    <>
      <span className="closure-words">
        {CLOSURE_TEXT.remedyShort[remedy]}：{mend}
      </span>
      {remedied !== null && (
        <StateTag tone={remedied ? 'done' : 'waiting'}>
          {remedied ? CLOSURE_TEXT.remedied : CLOSURE_TEXT.notRemedied}
        </StateTag>
      )}
      {notice !== null && (
        <>
          <small className="quiet">
            <Link to="/orders/supervisions/$id" params={{ id: String(notice.id) }} className="figures">
              {notice.code}
            </Link>{' '}
            {notice.platform} · {CLOSURE_TEXT.notice[notice.state]}
            {notice.state === 'open' && (
              <>
                {' '}
                · <TimeText at={notice.answerBy} /> 前
              </>
            )}
          </small>
          {notice.overdue && <OverdueTag />}
          {notice.answer !== null && (
            <span className="closure-words">
              {CLOSURE_TEXT.answerWords}：{notice.answer}
            </span>
          )}
        </>
      )}
    </>
  );
}
