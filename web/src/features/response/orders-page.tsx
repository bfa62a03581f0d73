import type { WorkOrder } from '#contract/response';
import { ORDER_SOURCE_TEXT, WORK_ORDER_STATE_TEXT, WORK_ORDER_STATES } from '#model/response';
import { LEVEL_TEXT, LEVELS } from '#model/warning';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented, Tag } from 'antd';
import { type ReactElement, useCallback, useMemo } from 'react';

import { formatMonth } from '../../app/format.ts';
import { ORDER_SECTIONS } from '../../app/order-sections.ts';
import { useRecordNow } from '../../app/replay.ts';
import { Choice } from '../../ui/choice.tsx';
import { DeadlineBar, nextDeadline } from '../../ui/deadline-bar.tsx';
import { LevelTag } from '../../ui/level-tag.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { OriginTags } from '../../ui/replay-tag.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { ScenarioSelect } from '../../ui/scenario-select.tsx';
import { Empty, Resource } from '../../ui/states.tsx';
import { OrderStateTag, OverdueTag } from '../../ui/state-tag.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { useFresh } from '../../ui/use-fresh.ts';
import { useRowKeys } from '../../ui/use-row-keys.ts';
import { OpenByHandButton } from './by-hand/open-button.tsx';
import { ordersQuery } from './queries.ts';
import type { OrderSearch } from './search.ts';
import { TEXT } from './text.ts';
import './response.css';
import './work.css';
import './todo.css';

/** 闭环处置全流程: orders at the desk. */
export function OrdersPage(): ReactElement {
  const search = useSearch({ from: '/desk/orders' });
  const navigate = useNavigate();
  const query = useInfiniteQuery(ordersQuery(search));
  const recordNow = useRecordNow();
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const loaded = query.data !== undefined;
  const marks = useMemo(
    () => (loaded ? rows.map((row) => ({ id: row.id, mark: row.version })) : undefined),
    [loaded, rows],
  );
  const fresh = useFresh(JSON.stringify(search), marks);
  const ids = useMemo(() => rows.map((row) => row.id), [rows]);
  const open = useCallback(
    (id: number) => void navigate({ to: '/orders/$id', params: { id: String(id) } }),
    [navigate],
  );
  const current = useRowKeys(ids, open);
  return (
    <>
      <PageHead title={TEXT.title} hint={TEXT.hint} extra={<OpenByHandButton />} />
      <SectionTabs label={TEXT.title} sections={ORDER_SECTIONS} />
      <Filters search={search} />
      <Resource query={query} rows={10}>
        {() =>
          rows.length === 0 ? (
            <Empty title={TEXT.noneTitle} hint={TEXT.noneHint} />
          ) : (
            <div className="rows-frame">
              <table className="rows order-rows">
                <thead>
                  <tr>
                    {Object.values(TEXT.columns).map((column) => (
                      <th key={column} scope="col">
                        {column}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((order) => (
                    <OrderRow
                      key={order.id}
                      order={order}
                      now={recordNow(order.replaySession)}
                      fresh={fresh.has(order.id)}
                      current={current === order.id}
                    />
                  ))}
                </tbody>
              </table>
              <MoreButton count={rows.length} query={query} />
            </div>
          )
        }
      </Resource>
    </>
  );
}

function Filters({ search }: { readonly search: OrderSearch }): ReactElement {
  const navigate = useNavigate();
  const filter = (change: { readonly [K in keyof OrderSearch]: OrderSearch[K] | undefined }): void => {
    const kept = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined);
    void navigate({ to: '/orders', search: Object.fromEntries(kept), replace: true });
  };
  return (
    <div className="filters" role="search">
      <Segmented<'open' | 'overdue' | 'all'>
        aria-label="范围"
        value={search.show ?? 'open'}
        onChange={(show) => filter({ show: show === 'open' ? undefined : show, state: undefined })}
        options={[
          { value: 'open', label: TEXT.open },
          { value: 'overdue', label: TEXT.overdue },
          { value: 'all', label: TEXT.all },
        ]}
      />
      <Choice
        label="状态"
        values={WORK_ORDER_STATES}
        textOf={(state) => WORK_ORDER_STATE_TEXT[state]}
        value={search.state}
        // Closed orders are not among the open ones: asking for them widens the list.
        onChange={(state) => filter({ state, ...(state === 'closed' ? { show: 'all' } : {}) })}
      />
      <Choice
        label="等级"
        values={LEVELS.toReversed()}
        textOf={(level) => LEVEL_TEXT[level]}
        value={search.level}
        onChange={(level) => filter({ level })}
      />
      {search.closedIn !== undefined && (
        <Tag
          closable
          onClose={(event) => {
            event.preventDefault();
            filter({ closedIn: undefined, unit: undefined, firstPass: undefined });
          }}
        >
          {TEXT.closedIn(formatMonth(search.closedIn), search.unit, search.firstPass)}
        </Tag>
      )}
      <ScenarioSelect value={search.scenario} onChange={(scenario) => filter({ scenario })} />
      <Choice
        label="数据"
        values={['true', 'false'] as const}
        textOf={(value) => TEXT.replay[value]}
        value={search.replay}
        onChange={(replay) => filter({ replay })}
      />
    </div>
  );
}

interface OrderRowProps {
  readonly order: WorkOrder;
  readonly now: number | undefined;
  readonly fresh: boolean;
  readonly current: boolean;
}

function OrderRow({ order, now, fresh, current }: OrderRowProps): ReactElement {
  const next = nextDeadline(order.deadlines);
  return (
    <tr data-row={order.id} data-current={current} className={fresh ? 'row-fresh' : undefined}>
      <td className="cell-level">
        <LevelTag level={order.level} />
      </td>
      <td className="cell-what">
        <Link to="/orders/$id" params={{ id: String(order.id) }} className="row-link">
          {order.object.name}
        </Link>{' '}
        <OriginTags replaySession={order.replaySession} simulated={order.simulated} />
        <span className="row-item">
          {order.item.name}
          <small className="quiet figures">
            {' · '}
            {order.code}
            {order.source !== 'warning' && ` · ${ORDER_SOURCE_TEXT[order.source]}`}
          </small>
        </span>
      </td>
      <td className="cell-state">
        <span className="tags">
          <OrderStateTag state={order.state} text={order.stateText} />
          {order.overdue && <OverdueTag />}
        </span>
      </td>
      <td className="cell-limit">
        {next ? (
          <DeadlineBar deadline={next} from={order.openedAt} now={now} />
        ) : (
          <span className="quiet">—</span>
        )}
        {order.nextCall !== null && (
          <small className="quiet">
            {TEXT.next} {order.nextCall.to} <TimeText at={order.nextCall.at} />
          </small>
        )}
      </td>
      <td className="cell-who">
        {order.unit}
        <small className="quiet">{order.handler?.name ?? TEXT.nobody}</small>
      </td>
      <td className="cell-time nowrap">
        <TimeText at={order.openedAt} />
      </td>
    </tr>
  );
}
