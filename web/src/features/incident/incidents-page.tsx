import type { Incident } from '#contract/response';
import { LOOP_TEXT } from '#model/response';
import { LOOPS, type Loop } from '#model/standard';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { ORDER_SECTIONS } from '../../app/order-sections.ts';
import { Choice } from '../../ui/choice.tsx';
import { LevelTag } from '../../ui/level-tag.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { OriginTags } from '../../ui/replay-tag.tsx';
import { RowsTable } from '../../ui/rows-table.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { Empty, Resource } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { OpenIncidentButton } from './open-incident.tsx';
import { type IncidentFilter, incidentsQuery } from './queries.ts';
import { TEXT } from './text.ts';
import './incident.css';

/** 事件: what is being handled as one matter, newest first. */
export function IncidentsPage(): ReactElement {
  const [filter, setFilter] = useState<IncidentFilter>({ state: 'open' });
  const query = useInfiniteQuery(incidentsQuery(filter));
  return (
    <>
      <PageHead title={TEXT.title} hint={TEXT.hint} extra={<OpenIncidentButton />} />
      <SectionTabs label={TEXT.module} sections={ORDER_SECTIONS} />
      <div className="filters" role="search">
        <Segmented<'open' | 'closed' | 'all'>
          aria-label="范围"
          value={filter.state ?? 'all'}
          onChange={(state) => setFilter({ ...filter, state: state === 'all' ? undefined : state })}
          options={[
            { value: 'open', label: TEXT.open },
            { value: 'closed', label: TEXT.closed },
            { value: 'all', label: TEXT.all },
          ]}
        />
        <Choice<Loop>
          label={TEXT.loop}
          values={LOOPS}
          textOf={(loop) => LOOP_TEXT[loop]}
          value={filter.loop}
          onChange={(loop) => setFilter({ ...filter, loop })}
        />
      </div>
      <Resource query={query} rows={8}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0) return <Empty title={TEXT.noneTitle} hint={TEXT.noneHint} />;
          return (
            <div className="rows-frame">
              <RowsTable columns={TEXT.columns} label={TEXT.title}>
                {rows.map((row) => (
                  <IncidentRow key={row.id} row={row} />
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

function IncidentRow({ row }: { readonly row: Incident }): ReactElement {
  const { figures } = row;
  const [, , loop, orders, parts, opened] = TEXT.columns;
  return (
    <tr>
      <td className="cell-level">
        <LevelTag level={row.level} />
      </td>
      <td className="cell-what">
        <Link to="/orders/incidents/$id" params={{ id: String(row.id) }} className="row-link">
          {row.title}
        </Link>{' '}
        <OriginTags replaySession={row.replaySession} simulated={row.simulated} />
        <small className="quiet figures row-item">
          {row.code} · {row.scenarioName} · {row.groundText}
        </small>
      </td>
      <td data-label={loop}>
        {row.state === 'closed' ? TEXT.closed : row.loopText}
        <small className="quiet row-item">
          {row.owner === null ? row.closedBy : `${row.owner.post} · ${row.owner.name ?? TEXT.notTaken}`}
        </small>
      </td>
      <td data-label={orders}>
        {TEXT.figures(figures.openOrders, figures.orders)}
        {figures.lateOrders > 0 && <strong className="row-item">{TEXT.late(figures.lateOrders)}</strong>}
      </td>
      <td data-label={parts}>
        {TEXT.parts(figures.openParts, figures.parts)}
        {figures.unanswered > 0 && (
          <strong className="row-item">{TEXT.unanswered(figures.unanswered)}</strong>
        )}
      </td>
      <td className="nowrap" data-label={opened}>
        <TimeText at={row.openedAt} />
      </td>
    </tr>
  );
}
