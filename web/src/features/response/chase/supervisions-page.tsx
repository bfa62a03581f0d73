import type { Supervision } from '#contract/response';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { ORDER_SECTIONS } from '../../../app/order-sections.ts';
import { MoreButton } from '../../../ui/more-button.tsx';
import { PageHead } from '../../../ui/page-head.tsx';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { SectionTabs } from '../../../ui/section-tabs.tsx';
import { OverdueTag, StateTag } from '../../../ui/state-tag.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { TEXT } from '../text.ts';
import { type SupervisionState, supervisionsQuery } from './queries.ts';
import { CHASE_TEXT, STATE_TONES } from './text.ts';
import '../response.css';

/** 督办: what offices ask to have answered. */
export function SupervisionsPage(): ReactElement {
  const [show, setShow] = useState<SupervisionState | 'all'>('open');
  const query = useInfiniteQuery(supervisionsQuery(show === 'all' ? undefined : show));
  return (
    <>
      <PageHead title={CHASE_TEXT.supervisionTitle} hint={CHASE_TEXT.supervisionHint} />
      <SectionTabs label={TEXT.title} sections={ORDER_SECTIONS} />
      <div className="filters" role="search">
        <Segmented<SupervisionState | 'all'>
          aria-label="范围"
          value={show}
          onChange={setShow}
          options={[
            { value: 'open', label: CHASE_TEXT.states.open },
            { value: 'answered', label: CHASE_TEXT.states.answered },
            { value: 'closed', label: CHASE_TEXT.states.closed },
            { value: 'all', label: CHASE_TEXT.all },
          ]}
        />
      </div>
      <Resource query={query} rows={8}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0)
            return <Empty title={CHASE_TEXT.supervisionNone} hint={CHASE_TEXT.supervisionNoneHint} />;
          return (
            <div className="rows-frame">
              <RowsTable columns={CHASE_TEXT.columns} label={CHASE_TEXT.supervisionTitle}>
                {rows.map((row) => (
                  <SupervisionRow key={row.id} row={row} />
                ))}
              </RowsTable>
              <MoreButton count={rows.length} query={query} />
            </div>
          );
        }}
      </Resource>
    </>
  );
}

function SupervisionRow({ row }: { readonly row: Supervision }): ReactElement {
  const [code, asked, answerBy, state, issued] = CHASE_TEXT.columns;
  return (
    <tr>
      <td data-label={code}>
        <Link to="/orders/supervisions/$id" params={{ id: String(row.id) }} className="figures">
          {row.code}
        </Link>
        <small className="quiet row-item">
          {row.kindText} · {row.platform.name}
        </small>
      </td>
      <td data-label={asked}>
        {row.asked}
        <small className="quiet row-item">
          {[...(row.incident ? [row.incident.title] : []), ...row.orders.map((order) => order.object)].join(
            '、',
          )}
        </small>
      </td>
      <td data-label={answerBy} className="nowrap">
        <TimeText at={row.answerBy} whole />
      </td>
      <td data-label={state}>
        <StateTag tone={STATE_TONES[row.state]}>{CHASE_TEXT.states[row.state]}</StateTag>{' '}
        {row.overdue && <OverdueTag />}
      </td>
      <td data-label={issued} className="nowrap">
        {row.issuedBy} <TimeText at={row.issuedAt} />
      </td>
    </tr>
  );
}
