import type { WorkOrderDetail } from '#contract/response';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { useRecordNow } from '../../app/replay.ts';
import { LevelTag } from '../../ui/level-tag.tsx';
import { OrderNotifications } from '../../ui/notifications/order-notifications.tsx';
import { OrderReports } from '../../ui/reports/order-reports.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { OriginTags } from '../../ui/replay-tag.tsx';
import { Resource } from '../../ui/states.tsx';
import { OrderStateTag, OverdueTag } from '../../ui/state-tag.tsx';
import { ActionBar } from './action-bar.tsx';
import { AsideNote } from './aside-note.tsx';
import { Parts } from './by-hand/parts.tsx';
import { Amendments } from './closure/amendments.tsx';
import { Findings } from './findings.tsx';
import { OrderIncident } from './incident/order-incident.tsx';
import { LifeLine } from './life-line.tsx';
import { OrderLinks } from './link/order-links.tsx';
import { Limits, OrderFacts } from './order-facts.tsx';
import { Notes } from './notes/notes.tsx';
import { OrderActs } from './queue/order-acts.tsx';
import { orderQuery } from './queries.ts';
import { ResultList } from './result-fields.tsx';
import { StepList } from './step-list.tsx';
import { TEXT } from './text.ts';
import { Timeline } from './timeline.tsx';
import { useOrderWork } from './use-order-work.ts';
import './response.css';
import './work.css';
import './todo.css';

/** One order at the desk. */
export function OrderPage(): ReactElement {
  const { id } = useParams({ from: '/desk/orders/$id' });
  const query = useQuery(orderQuery(Number(id)));
  return <Resource query={query}>{(order) => <OrderView key={order.id} order={order} />}</Resource>;
}

function OrderView({ order: told }: { readonly order: WorkOrderDetail }): ReactElement {
  const { order, acts, work, reports } = useOrderWork(told);
  const now = useRecordNow()(order.replaySession);
  return (
    <div className="with-action-bar">
      <PageHead
        title={`${order.object.name} · ${order.item.name}`}
        tags={
          <span className="tags">
            <LevelTag level={order.level} />
            <OrderStateTag state={order.state} text={order.stateText} />
            {order.overdue && <OverdueTag />}
            <OriginTags replaySession={order.replaySession} simulated={order.simulated} />
          </span>
        }
        hint={
          <>
            <Link to="/orders">{TEXT.title}</Link> / <span className="figures">{order.code}</span> ·{' '}
            {order.scenarioName}
            {order.object.town !== null && ` · ${order.object.town}`}
          </>
        }
        extra={<ActionBar order={order} {...work} />}
      />
      <OrderActs told={told} acts={acts} hold={work.hold} />
      <section className="panel life-panel" aria-label={TEXT.life}>
        <LifeLine order={order} />
        <AsideNote order={order} />
      </section>
      <div className="order-grid">
        <div className="order-column">
          <section className="panel">
            <div className="panel-head">
              <h2>{TEXT.steps}</h2>
              <span className="quiet">{reports ? TEXT.drafted : TEXT.frozen}</span>
            </div>
            <StepList steps={order.steps} work={reports ? work : undefined} />
          </section>
          <Findings order={order} />
          <ResultList order={order} />
          <Amendments order={order} />
          <Notes order={order} />
          <section className="panel">
            <h2>{TEXT.timeline}</h2>
            <Timeline entries={order.entries} />
          </section>
        </div>
        <div className="order-column">
          <Limits order={order} now={now} />
          <OrderIncident order={order} />
          <OrderReports order={order.id} />
          <Parts order={order} />
          <OrderLinks order={order} />
          <OrderFacts order={order} />
          <OrderNotifications order={order.id} />
        </div>
      </div>
    </div>
  );
}
