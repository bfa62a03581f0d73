import './now.css';

import { EditOutlined } from '@ant-design/icons';
import type { DutyRoster, Shift } from '#contract/command';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useCallback } from 'react';

import { formatClock, formatShort } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { useNow } from '../../../app/use-now.ts';
import { MoreButton } from '../../../ui/more-button.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { dayOf, startOf } from '../calendar-days.ts';
import { Frame } from '../frame.tsx';
import { HandOverButton } from '../hand-over-button.tsx';
import { PlatformSelect } from '../platform-select.tsx';
import { nowQuery, shiftsQuery } from '../queries.ts';
import { useHotKey } from '../use-hot-key.ts';
import type { Window } from './seat-bar.tsx';
import { SeatRow } from './seat-row.tsx';
import { NOW_TEXT } from './text.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** From midnight to noon of tomorrow: whoever watches by night sees the morning's shift too. */
const WINDOW_MS = 36 * HOUR_MS;

/** 当前值守: who is on at every seat of the platforms I see. */
export function NowPage(): ReactElement {
  const { platform } = useSearch({ from: '/desk/command' });
  const navigate = useNavigate();
  const query = useInfiniteQuery(nowQuery(platform));
  const today = startOf(dayOf(useNow(MINUTE_MS)));
  const window = { from: today, to: today + WINDOW_MS };
  const shifts = useQuery(shiftsQuery({ ...window, platform }));
  const newLine = useCallback(() => void navigate({ to: '/command/log', hash: 'new' }), [navigate]);
  useHotKey('n', newLine);
  return (
    <Frame
      title={NOW_TEXT.title}
      hint={NOW_TEXT.hint}
      extra={
        <>
          <Clock />
          <PlatformSelect
            value={platform}
            onChange={(code) => void navigate({ to: '/command', search: { platform: code }, replace: true })}
          />
        </>
      }
    >
      <Resource query={query}>
        {({ pages }) => {
          const rosters = pages.flatMap((page) => page.items);
          if (rosters.length === 0) {
            return platform === undefined ? (
              <Empty title={NOW_TEXT.noneTitle} hint={NOW_TEXT.noneHint} />
            ) : (
              <Empty title={NOW_TEXT.noneFound} hint={NOW_TEXT.noneFoundHint} />
            );
          }
          return (
            <>
              <Mine rosters={rosters} onNewLine={newLine} />
              <Gaps rosters={rosters} />
              <ul className="duty-rosters">
                {rosters.map((roster) => (
                  <RosterCard
                    key={roster.roster.id}
                    duty={roster}
                    shifts={shifts.data ?? []}
                    window={window}
                  />
                ))}
              </ul>
              {query.hasNextPage && <MoreButton count={rosters.length} query={query} />}
            </>
          );
        }}
      </Resource>
    </Frame>
  );
}

function Clock(): ReactElement {
  return <span className="quiet figures hide-phone">{NOW_TEXT.at(formatClock(useNow()))}</span>;
}

/** My own watch comes first: until when, and what a watch does most. */
function Mine({
  rosters,
  onNewLine,
}: {
  readonly rosters: readonly DutyRoster[];
  readonly onNewLine: () => void;
}): ReactElement | null {
  const now = useNow(MINUTE_MS);
  const mayKeep = useCan('duty.keep');
  const seats = rosters.flatMap((duty) => duty.seats.map((seat) => ({ duty, seat })));
  const mine = seats.filter(({ seat }) => seat.on?.mine === true);
  const next = seats
    .filter(({ seat }) => seat.next?.mine === true)
    .toSorted((a, b) => (a.seat.next?.from ?? 0) - (b.seat.next?.from ?? 0))[0];
  if (mine.length === 0 && !next) return null;
  const where = ({ duty, seat }: (typeof seats)[number]): string =>
    `${duty.platform.name} ${duty.roster.name} ${seat.seat.name}`;
  return (
    <section className="duty-mine">
      <div>
        {mine.map((one) => (
          <p key={one.seat.seat.id}>
            <strong>{NOW_TEXT.meOn(where(one), formatShort(one.seat.on?.to ?? now, now))}</strong>
          </p>
        ))}
        {mine.length === 0 && next && (
          <p>{NOW_TEXT.meNext(where(next), formatShort(next.seat.next?.from ?? now, now))}</p>
        )}
      </div>
      <div className="duty-mine-acts">
        {mayKeep && (
          <Button icon={<EditOutlined aria-hidden />} onClick={onNewLine}>
            {NOW_TEXT.newLine} <kbd className="hide-phone">N</kbd>
          </Button>
        )}
      </div>
    </section>
  );
}

function Gaps({ rosters }: { readonly rosters: readonly DutyRoster[] }): ReactElement | null {
  const count = rosters.flatMap((duty) => duty.seats).filter((seat) => seat.on === null).length;
  if (count === 0) return null;
  return (
    <p className="duty-gaps" role="status">
      {NOW_TEXT.gaps(count)}
    </p>
  );
}

function RosterCard({
  duty,
  shifts,
  window,
}: {
  readonly duty: DutyRoster;
  readonly shifts: readonly Shift[];
  readonly window: Window;
}): ReactElement {
  const own = shifts.filter((shift) => shift.roster.id === duty.roster.id);
  return (
    <li className="panel duty-roster">
      <div className="panel-head">
        <h2>
          {duty.platform.name} <span className="quiet">{duty.roster.name}</span>
        </h2>
        {duty.allowedActions.includes('hand-over') && <HandOverButton duty={duty} />}
      </div>
      <ul>
        {duty.seats.map((seat) => (
          <SeatRow
            key={seat.seat.id}
            seat={seat}
            mayCall={duty.allowedActions.includes('call')}
            shifts={own.filter((shift) => shift.seat.id === seat.seat.id)}
            window={window}
          />
        ))}
      </ul>
    </li>
  );
}
