import { PlayCircleOutlined } from '@ant-design/icons';
import { type Level, LEVEL_TEXT, LEVELS } from '#model/warning';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatClock, formatDateTime } from '../../app/format.ts';
import { useReplaySessions } from '../../app/replay.ts';
import { useCan } from '../../app/session.ts';
import { useNow } from '../../app/use-now.ts';
import { LEVEL_COLORS } from '../../ui/level-colors.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { Empty, Resource } from '../../ui/states.tsx';
import { FloodMode } from '../warning/cards/flood-mode.tsx';
import { NextCalls } from './next-calls.tsx';
import { PressingOrders } from './pressing-orders.tsx';
import { pressingOrdersQuery, recentWarningsQuery } from './queries.ts';
import { RecentWarnings } from './recent-warnings.tsx';
import { TEXT } from './text.ts';
import './duty.css';

/** 值守台: what changed, what is late, who is called next. */
export function DutyPage(): ReactElement {
  const watches = useCan('warning.read');
  if (!watches) return <Empty title={TEXT.noScope} hint={TEXT.noScopeHint} />;
  return <Desk />;
}

function Desk(): ReactElement {
  const warnings = useQuery(recentWarningsQuery);
  const orders = useQuery(pressingOrdersQuery);
  const late = orders.data && `${orders.data.late}${orders.data.lateMore ? '+' : ''}`;
  return (
    <>
      <PageHead title={TEXT.title} extra={<BeijingClock />} />
      <ReplayStrip />
      <div className="duty-figures">
        {LEVELS.toReversed().map((level) => (
          <LevelFigure key={level} level={level} count={warnings.data?.open[level]} />
        ))}
        <Link
          to="/orders"
          search={{ show: 'overdue' }}
          className="duty-figure"
          data-any={late !== undefined && late !== '0'}
        >
          <strong className="figures">{late ?? '–'}</strong>
          <span>{TEXT.overdue}</span>
        </Link>
      </div>
      <div className="duty-grid">
        <section className="panel duty-recent" aria-live="polite">
          <div className="panel-head">
            <h2>{TEXT.recent}</h2>
            <Link to="/warnings">{TEXT.allWarnings}</Link>
          </div>
          <FloodMode>
            <Resource query={warnings}>{({ items }) => <RecentWarnings warnings={items} />}</Resource>
          </FloodMode>
        </section>
        <div className="duty-column">
          <section className="panel">
            <div className="panel-head">
              <h2>{TEXT.orders}</h2>
              <Link to="/orders">{TEXT.allOrders}</Link>
            </div>
            <Resource query={orders}>{(data) => <PressingOrders orders={data.orders} />}</Resource>
          </section>
          <section className="panel">
            <h2>{TEXT.calls}</h2>
            <Resource query={orders} rows={2}>
              {(data) => <NextCalls orders={data.orders} />}
            </Resource>
          </section>
        </div>
      </div>
    </>
  );
}

function LevelFigure({
  level,
  count,
}: {
  readonly level: Level;
  readonly count: number | undefined;
}): ReactElement {
  const { fill } = LEVEL_COLORS[level];
  return (
    <Link
      to="/warnings"
      search={{ state: 'open', level }}
      className="duty-figure"
      data-any={count !== undefined && count > 0}
      style={{ borderTopColor: fill }}
    >
      <strong className="figures">{count ?? '–'}</strong>
      <span>
        <i style={{ background: fill }} aria-hidden /> {LEVEL_TEXT[level]}预警
      </span>
    </Link>
  );
}

function BeijingClock(): ReactElement {
  const now = useNow();
  return (
    <span className="quiet figures hide-phone">
      北京时间 {formatDateTime(now).slice(0, 10)} {formatClock(now)}
    </span>
  );
}

/** A recording is being played: says so, with its clock, so that nobody takes it for today. */
function ReplayStrip(): ReactElement | null {
  const running = useReplaySessions().filter((session) => session.state === 'running');
  if (running.length === 0) return null;
  return (
    <div className="replay-strip" role="status">
      {running.map((session) => (
        <p key={session.id}>
          <PlayCircleOutlined aria-hidden /> {TEXT.replay} <strong>{session.name}</strong>
          {session.clock !== null && (
            <span>
              {TEXT.replayClock} <strong className="figures">{formatDateTime(session.clock)}</strong>
            </span>
          )}
          <span className="quiet">{TEXT.replayNote}</span>
        </p>
      ))}
    </div>
  );
}
