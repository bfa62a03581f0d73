import { DesktopOutlined, HistoryOutlined, PlayCircleOutlined } from '@ant-design/icons';
import type { DutyDesk } from '#contract/command';
import { type Level, LEVEL_TEXT, LEVELS } from '#model/warning';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ComponentType, Fragment, type ReactElement, type ReactNode } from 'react';

import { formatClock, formatDateTime } from '../../app/format.ts';
import { useReplaySessions } from '../../app/replay.ts';
import { useCan } from '../../app/session.ts';
import { useNow } from '../../app/use-now.ts';
import { LEVEL_COLORS } from '../../ui/level-colors.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { DueReports } from '../../ui/reports/due-reports.tsx';
import { Empty, Resource } from '../../ui/states.tsx';
import { HeldAlarms } from './held-alarms.tsx';
import { NextCalls } from './next-calls.tsx';
import { PastFrame } from './past/past-frame.tsx';
import { PressingOrders } from './pressing-orders.tsx';
import { deskQuery } from './queries.ts';
import { QuietSources } from './quiet-sources.tsx';
import { RecentWarnings } from './recent-warnings.tsx';
import { useRecordTime } from './record-time.ts';
import { momentOfSearch, readDutySearch, searchOfMoment } from './search.ts';
import { SinceLook } from './since-look.tsx';
import { SoundSwitch } from './sound/sound-switch.tsx';
import { useSound } from './sound/use-sound.ts';
import { PAST_TEXT, TEXT } from './text.ts';
import './duty.css';

const MINUTE_MS = 60_000;

/** What stands around the newest: in a flood, cards in place of it. */
interface DutyPageProps {
  readonly flood: ComponentType<{ readonly children: ReactNode }>;
}

/** 值守台: what changed, what is late, who is called next; now, or as it stood at the moment in the address. */
export function DutyPage({ flood }: DutyPageProps): ReactElement {
  const watches = useCan('warning.read');
  const at = momentOfSearch(readDutySearch(useSearch({ strict: false })));
  if (!watches) return <Empty title={TEXT.noScope} hint={TEXT.noScopeHint} />;
  return at === null ? <NowDesk flood={flood} /> : <PastDesk at={at} />;
}

function NowDesk({ flood }: DutyPageProps): ReactElement {
  const navigate = useNavigate();
  const query = useQuery(deskQuery(null));
  const sound = useSound(query.data);
  return (
    <>
      <PageHead
        title={TEXT.title}
        extra={
          <>
            <BeijingClock />
            <SoundSwitch sound={sound} />
            <Button
              icon={<HistoryOutlined aria-hidden />}
              onClick={() => void navigate({ to: '/', search: searchOfMoment(Date.now() - MINUTE_MS) })}
            >
              {PAST_TEXT.open}
            </Button>
            <Button
              className="hide-phone"
              icon={<DesktopOutlined aria-hidden />}
              onClick={() => void navigate({ to: '/wall' })}
            >
              {TEXT.wall}
            </Button>
          </>
        }
      />
      <ReplayStrip />
      {query.data && <SinceLook desk={query.data} />}
      <Resource query={query} rows={12}>
        {(desk) => <Desk desk={desk} at={null} flood={flood} />}
      </Resource>
    </>
  );
}

function PastDesk({ at }: { readonly at: number }): ReactElement {
  const query = useQuery(deskQuery(at));
  return (
    <PastFrame to="/" at={at} beginsAt={query.data?.beginsAt} moving={query.isPlaceholderData}>
      <PageHead title={TEXT.title} />
      <Resource query={query} rows={12}>
        {(desk) => <Desk desk={desk} at={at} flood={Fragment} />}
      </Resource>
    </PastFrame>
  );
}

interface DeskProps extends DutyPageProps {
  readonly desk: DutyDesk;
  /** Null: now. */
  readonly at: number | null;
}

function Desk({ desk, at, flood: Flood }: DeskProps): ReactElement {
  const time = useRecordTime(at);
  const { warnings, orders, sources, held } = desk;
  return (
    <>
      <div className="duty-figures">
        {LEVELS.toReversed().map((level) => (
          <LevelFigure
            key={level}
            level={level}
            count={warnings.open[level]}
            unread={warnings.unread[level]}
          />
        ))}
        {orders && (
          <Link
            to="/orders"
            search={{ show: 'overdue' }}
            className="duty-figure"
            data-any={orders.overdue > 0}
          >
            <strong className="figures">{orders.overdue}</strong>
            <span>{TEXT.overdue}</span>
          </Link>
        )}
      </div>
      <div className="duty-grid">
        <section className="panel duty-recent" aria-live="polite">
          <div className="panel-head">
            <h2>{TEXT.recent}</h2>
            <Link to="/warnings">{TEXT.allWarnings}</Link>
          </div>
          <Flood>
            <RecentWarnings warnings={warnings.newest} time={time} />
          </Flood>
        </section>
        <div className="duty-column">
          {orders && (
            <>
              <section className="panel">
                <div className="panel-head">
                  <h2>{TEXT.orders}</h2>
                  <Link to="/orders">{TEXT.allOrders}</Link>
                </div>
                <PressingOrders orders={orders.pressing} time={time} />
              </section>
              <section className="panel">
                <h2>{TEXT.calls}</h2>
                <NextCalls calls={orders.calls} time={time} />
              </section>
            </>
          )}
          {at === null && <DueReports />}
          <section className="panel">
            <h2>{TEXT.held}</h2>
            <HeldAlarms held={held} />
          </section>
          {sources && (
            <section className="panel">
              <div className="panel-head">
                <h2>{TEXT.sources}</h2>
                <Link to="/operations">{TEXT.allSources}</Link>
              </div>
              <QuietSources sources={sources} />
            </section>
          )}
        </div>
      </div>
    </>
  );
}

function LevelFigure({
  level,
  count,
  unread,
}: {
  readonly level: Level;
  readonly count: number;
  readonly unread: number;
}): ReactElement {
  const { fill } = LEVEL_COLORS[level];
  return (
    <Link
      to="/warnings"
      search={{ state: 'open', level }}
      className="duty-figure"
      data-any={count > 0}
      style={{ borderTopColor: fill }}
    >
      <strong className="figures">{count}</strong>
      <span>
        <i style={{ background: fill }} aria-hidden /> {LEVEL_TEXT[level]}预警
        {unread > 0 && <small className="duty-unread">{TEXT.unreadCount(unread)}</small>}
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

/** A recording is being played: says so, with its clock, so that nobody takes it for today. Drills have a bar of their own. */
function ReplayStrip(): ReactElement | null {
  const running = useReplaySessions().filter(
    ({ kind, state }) => kind === 'recording' && state === 'running',
  );
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
