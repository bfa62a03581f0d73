import { ArrowLeftOutlined, EnvironmentOutlined } from '@ant-design/icons';
import type { WorkOrderDetail } from '#contract/response';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatSpot } from '../../app/format.ts';
import { useRecordNow } from '../../app/replay.ts';
import { useCan } from '../../app/session.ts';
import { DeadlineBar, nextDeadline } from '../../ui/deadline-bar.tsx';
import { LevelTag } from '../../ui/level-tag.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { OriginTags } from '../../ui/replay-tag.tsx';
import { Resource } from '../../ui/states.tsx';
import { OrderStateTag, OverdueTag } from '../../ui/state-tag.tsx';
import { ActionBar } from './action-bar.tsx';
import { AsideNote } from './aside-note.tsx';
import { HAND_TEXT } from './by-hand/text.ts';
import { Amendments } from './closure/amendments.tsx';
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

/** One order in the hand: what, where, until when, the steps, and the buttons at the thumb. */
export function TodoOrderPage(): ReactElement {
  const { id } = useParams({ from: '/desk/todo/orders/$id' });
  const query = useQuery(orderQuery(Number(id)));
  return (
    <div className="todo">
      <Link to="/todo" className="todo-back">
        <ArrowLeftOutlined aria-hidden /> {TEXT.todo}
      </Link>
      <Resource query={query}>{(order) => <TodoOrder key={order.id} order={order} />}</Resource>
    </div>
  );
}

function TodoOrder({ order: told }: { readonly order: WorkOrderDetail }): ReactElement {
  const { order, acts, work, reports } = useOrderWork(told);
  const now = useRecordNow()(order.replaySession);
  const next = nextDeadline(order.deadlines);
  const canReadWarning = useCan('warning.read');
  return (
    <div className="with-action-bar">
      <PageHead
        title={order.object.name}
        tags={<LevelTag level={order.level} />}
        hint={
          <>
            {order.item.name} · <span className="figures">{order.code}</span>
          </>
        }
      />
      <OrderActs told={told} acts={acts} hold={work.hold} />
      <section className="panel todo-now">
        <span className="tags">
          <OrderStateTag state={order.state} text={order.stateText} />
          {order.overdue && <OverdueTag />}
          <OriginTags replaySession={order.replaySession} simulated={order.simulated} />
        </span>
        {next && <DeadlineBar deadline={next} from={order.openedAt} now={now} />}
        <p>
          <EnvironmentOutlined aria-hidden /> {order.object.town ?? ''}{' '}
          <span className="figures quiet spot">{formatSpot(order.object)}</span>
        </p>
        <AsideNote order={order} />
        {canReadWarning && order.warning !== null && (
          <Link to="/warnings/$id" params={{ id: String(order.warning) }}>
            {TEXT.openWarning}
          </Link>
        )}
      </section>
      <section className="panel">
        <div className="panel-head">
          <h2>{TEXT.steps}</h2>
          {reports && <small className="quiet">{TEXT.drafted}</small>}
        </div>
        <StepList steps={order.steps} work={reports ? work : undefined} />
      </section>
      {order.told !== null && (
        <section className="panel">
          <h2>{HAND_TEXT.told}</h2>
          <p className="panel-body">{order.told}</p>
        </section>
      )}
      <ResultList order={order} />
      <Amendments order={order} />
      <Notes order={order} />
      <section className="panel">
        <h2>{TEXT.timeline}</h2>
        <Timeline entries={order.entries} />
      </section>
      {order.allowedActions.length === 0 && <p className="quiet">{TEXT.nothing}</p>}
      <ActionBar order={order} {...work} />
    </div>
  );
}
