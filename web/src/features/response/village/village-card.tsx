import { EnvironmentOutlined, RightOutlined } from '@ant-design/icons';
import type { WorkOrderDetail } from '#contract/response';
import { REQUIREMENTS } from '#model/response';
import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import type { ReactElement } from 'react';

import { formatSpot } from '../../../app/format.ts';
import { useRecordNow } from '../../../app/replay.ts';
import { DeadlineBar, nextDeadline } from '../../../ui/deadline-bar.tsx';
import { LEVEL_COLORS } from '../../../ui/level-colors.ts';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { OriginTags } from '../../../ui/replay-tag.tsx';
import { OrderStateTag, OverdueTag } from '../../../ui/state-tag.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { ActionDialog } from '../action-dialog.tsx';
import { OrderActs } from '../queue/order-acts.tsx';
import { useOrderWork } from '../use-order-work.ts';
import { NearestCallees } from './callees.tsx';
import { TEXT } from './text.ts';
import { useWays, type Which, type Work } from './use-ways.ts';

/** One thing that is the village's: what, where, since when, whom to call, and the two buttons. */
export function VillageCard({ told }: { readonly told: WorkOrderDetail }): ReactElement {
  const { order, acts, work } = useOrderWork(told);
  const now = useRecordNow()(order.replaySession);
  const next = nextDeadline(order.deadlines);
  return (
    <article
      className="panel village-card"
      style={{ borderTopColor: LEVEL_COLORS[order.level].fill }}
      aria-label={`${order.item.name} ${order.object.name}`}
    >
      <span className="tags">
        <LevelTag level={order.level} large />
        <OrderStateTag state={order.state} text={order.stateText} />
        {order.overdue && <OverdueTag />}
        <OriginTags replaySession={order.replaySession} simulated={order.simulated} />
      </span>
      <h2>{order.item.name}</h2>
      <p className="village-where">
        <EnvironmentOutlined aria-hidden /> {order.object.name}
        <small className="quiet">
          {order.object.town ?? ''} <span className="figures spot">{formatSpot(order.object)}</span>
        </small>
      </p>
      <p className="quiet">
        {TEXT.since} <TimeText at={order.openedAt} whole /> {TEXT.sinceTail}
        {order.told === null ? '' : ` · ${order.told}`}
      </p>
      {next && <DeadlineBar deadline={next} from={order.openedAt} now={now} />}
      <Steps order={order} />
      <NearestCallees />
      <OrderActs told={told} acts={acts} hold={work.hold} />
      <Ways order={order} work={work} />
      <Link to="/todo/orders/$id" params={{ id: String(order.id) }} className="village-whole">
        {TEXT.whole} <RightOutlined aria-hidden />
      </Link>
    </article>
  );
}

function Steps({ order }: { readonly order: WorkOrderDetail }): ReactElement | null {
  const open = order.steps.filter(({ required, doneAt }) => required && doneAt === null);
  if (open.length === 0) return null;
  return (
    <details className="village-steps" open>
      <summary>{TEXT.todo}</summary>
      <ol>
        {open.map(({ code, text }) => (
          <li key={code}>{text}</li>
        ))}
      </ol>
    </details>
  );
}

/** 我去办, 办了, 办不了: each the order's own transitions, by the queue of this phone. */
function Ways({
  order,
  work,
}: {
  readonly order: WorkOrderDetail;
  readonly work: Work;
}): ReactElement | null {
  const { advance, hold, photos } = work;
  const { ways, asked, busy, ask, handIn, close } = useWays(order, work);
  if (!ways.done && !ways.cannot && !advance.error) return null;
  return (
    <div className="village-ways" role="group" aria-label="可以做的事">
      {advance.error && !asked && <Alert type="error" showIcon role="alert" title={advance.error.message} />}
      <Go order={order} advance={advance} busy={busy} asked={asked !== undefined} />
      <div className="village-two">
        {WHICH.filter((which) => ways[which]).map((which, i) => (
          <Button
            key={which}
            type={i === 0 ? 'primary' : 'default'}
            disabled={busy}
            onClick={() => ask(which)}
          >
            {TEXT[which]}
          </Button>
        ))}
      </div>
      {asked && (
        <ActionDialog
          order={asked.way.order}
          allowed={{ ...asked.way.allowed, text: TEXT[asked.which] }}
          requires={REQUIREMENTS.filter((one) => asked.way.allowed.requires.includes(one))}
          hold={hold}
          photos={photos}
          advance={advance}
          onSubmit={() => void handIn(asked.way)}
          onClose={close}
        />
      )}
    </div>
  );
}

const WHICH: readonly Which[] = ['done', 'cannot'];

/** 我去办: accepted, so that nobody is called about it any more. */
function Go(props: {
  readonly order: WorkOrderDetail;
  readonly advance: Work['advance'];
  readonly busy: boolean;
  readonly asked: boolean;
}): ReactElement | null {
  const { order, advance, busy, asked } = props;
  if (!order.allowedActions.some(({ action }) => action === 'accept')) return null;
  return (
    <>
      <Button
        size="large"
        className="village-go"
        disabled={asked}
        loading={busy && !asked}
        onClick={() => advance.mutate({ action: 'accept' })}
      >
        {TEXT.go}
      </Button>
      <small className="quiet">{TEXT.goHint}</small>
    </>
  );
}
