import type { OverdueList } from '#contract/response';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { ORDER_SECTIONS } from '../../../app/order-sections.ts';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { MoreButton } from '../../../ui/more-button.tsx';
import { PageHead } from '../../../ui/page-head.tsx';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { SectionTabs } from '../../../ui/section-tabs.tsx';
import { OverdueTag } from '../../../ui/state-tag.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { TEXT } from '../text.ts';
import { overdueListQuery } from './queries.ts';
import { CHASE_TEXT } from './text.ts';
import '../response.css';

type Line = OverdueList['items'][number];

/** 超期未结案清单: what was late at 09:00 of a day, and what has become of it. */
export function OverduePage(): ReactElement {
  const [day, setDay] = useState<string>();
  const query = useInfiniteQuery(overdueListQuery(day));
  const list = query.data?.pages[0];
  return (
    <>
      <PageHead
        title={CHASE_TEXT.overdueTitle}
        hint={list?.day ? CHASE_TEXT.overdueHint(list.day) : CHASE_TEXT.overdueHintNone}
        extra={
          list?.day ? (
            <Select<string>
              aria-label={CHASE_TEXT.day}
              value={list.day}
              onChange={setDay}
              options={list.days.map((value) => ({ value, label: value }))}
            />
          ) : undefined
        }
      />
      <SectionTabs label={TEXT.title} sections={ORDER_SECTIONS} />
      <Resource query={query} rows={8}>
        {({ pages }) => {
          const lines = pages.flatMap((page) => page.items);
          if (lines.length === 0)
            return (
              <Empty
                title={pages[0]?.day ? CHASE_TEXT.overdueClean : CHASE_TEXT.overdueNone}
                hint={CHASE_TEXT.overdueHintNone}
              />
            );
          return (
            <div className="rows-frame">
              <RowsTable columns={CHASE_TEXT.overdueColumns} label={CHASE_TEXT.overdueTitle}>
                {lines.map((line) => (
                  <OverdueRow key={line.id} line={line} />
                ))}
              </RowsTable>
              <MoreButton count={lines.length} query={query} />
            </div>
          );
        }}
      </Resource>
    </>
  );
}

function OverdueRow({ line }: { readonly line: Line }): ReactElement {
  const [level, order, limits, since, who, days, now] = CHASE_TEXT.overdueColumns;
  return (
    <tr>
      <td data-label={level}>
        <LevelTag level={line.level} />
      </td>
      <td data-label={order}>
        <Link to="/orders/$id" params={{ id: String(line.id) }} className="row-link">
          {line.object}
        </Link>
        <small className="quiet row-item">
          {line.item} · <span className="figures">{line.code}</span>
        </small>
      </td>
      <td data-label={limits}>{line.limits.join('、')}</td>
      <td data-label={since} className="nowrap">
        <TimeText at={line.since} />
      </td>
      <td data-label={who}>
        {line.unit}
        <small className="quiet row-item">{line.handler ?? TEXT.nobody}</small>
      </td>
      <td data-label={days} className="figures nowrap">
        {CHASE_TEXT.days(line.days)}
      </td>
      <td data-label={now}>
        {line.stateText} {line.still && <OverdueTag />}
      </td>
    </tr>
  );
}
