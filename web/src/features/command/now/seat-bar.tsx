import type { Shift } from '#contract/command';
import type { ReactElement } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { useNow } from '../../../app/use-now.ts';
import { type Stretch, stretchesOf } from './day-bar.ts';
import { NOW_TEXT } from './text.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export interface Window {
  readonly from: number;
  readonly to: number;
}

const TICK_HOURS = [0, 6, 12, 18, 24, 30];

/** One seat's shifts from midnight to noon of tomorrow, with where we are now. */
export function SeatBar({
  seat,
  shifts,
  window,
}: {
  readonly seat: string;
  readonly shifts: readonly Shift[];
  readonly window: Window;
}): ReactElement {
  const now = useNow(MINUTE_MS);
  const share = (at: number): string => `${((at - window.from) / (window.to - window.from)) * 100}%`;
  const stretches = stretchesOf(shifts, window);
  return (
    <div className="seat-bar" role="img" aria-label={labelOf(seat, stretches)}>
      <div className="seat-bar-track">
        {stretches.map((stretch) => (
          <span
            key={stretch.from}
            className={classOf(stretch, now)}
            style={{ left: `${stretch.left * 100}%`, width: `${stretch.width * 100}%` }}
            title={titleOf(stretch)}
          >
            {stretch.shift?.person.name ?? NOW_TEXT.gapMark}
          </span>
        ))}
        <i className="seat-bar-now" style={{ left: share(now) }} />
      </div>
      <div className="seat-bar-ticks figures">
        {TICK_HOURS.map((hour) => (
          <span key={hour} style={{ left: share(window.from + hour * HOUR_MS) }}>
            {hour === 24 ? NOW_TEXT.tomorrow : `${hour % 24}:00`}
          </span>
        ))}
      </div>
    </div>
  );
}

function classOf({ shift, from, to }: Stretch, now: number): string {
  if (!shift) return to <= now ? 'stretch stretch-gap stretch-past' : 'stretch stretch-gap';
  const when = to <= now ? 'stretch-past' : from <= now ? 'stretch-on' : 'stretch-next';
  return shift.mine ? `stretch ${when} stretch-mine` : `stretch ${when}`;
}

function titleOf({ shift, from, to }: Stretch): string {
  if (!shift) return `${NOW_TEXT.gap} ${formatDateTime(from)} – ${formatDateTime(to)}`;
  return `${shift.person.name} ${formatDateTime(shift.from)} – ${formatDateTime(shift.to)}`;
}

function labelOf(seat: string, stretches: readonly Stretch[]): string {
  return `${NOW_TEXT.picture(seat)}：${stretches.map(titleOf).join('；')}`;
}
