import { ExclamationCircleFilled } from '@ant-design/icons';
import type { DutyRoster, Shift } from '#contract/command';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatDuration, formatShort } from '../../../app/format.ts';
import { useNow } from '../../../app/use-now.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { DialButton } from '../dial-button.tsx';
import { personLine } from '../text.ts';
import { SeatBar, type Window } from './seat-bar.tsx';
import { NOW_TEXT } from './text.ts';

export type Seat = DutyRoster['seats'][number];
type Turn = NonNullable<Seat['on']>;

const MINUTE_MS = 60_000;

interface SeatRowProps {
  readonly seat: Seat;
  readonly mayCall: boolean;
  readonly shifts: readonly Shift[];
  readonly window: Window;
}

/** One seat: who is on, until when, who is next. Nobody is said loudly. */
export function SeatRow({ seat, mayCall, shifts, window }: SeatRowProps): ReactElement {
  const now = useNow(MINUTE_MS);
  return (
    <li className={seat.on ? 'seat' : 'seat seat-gap'}>
      <div className="seat-head">
        <span className="seat-name">{seat.seat.name}</span>
        {seat.handover && seat.handover.state !== 'complete' && (
          <Link to="/command/handover/$id" params={{ id: String(seat.handover.id) }}>
            <StateTag tone="waiting">{seat.handover.stateName}</StateTag>
          </Link>
        )}
      </div>
      {seat.on ? <On turn={seat.on} mayCall={mayCall} now={now} /> : <Gap until={seat.gapUntil} now={now} />}
      {seat.stillResponsible && (
        <p className="seat-responsible">{NOW_TEXT.responsible(seat.stillResponsible.name)}</p>
      )}
      <p className="seat-next">
        <span className="quiet">{NOW_TEXT.next}</span>{' '}
        {seat.next ? (
          <>
            <span className="figures">{formatShort(seat.next.from, now)}</span> {seat.next.person.name}
            {seat.next.mine && <StateTag tone="active">{NOW_TEXT.mine}</StateTag>}
          </>
        ) : (
          <strong>{NOW_TEXT.noNext}</strong>
        )}
      </p>
      <SeatBar seat={seat.seat.name} shifts={shifts} window={window} />
    </li>
  );
}

function On({
  turn,
  mayCall,
  now,
}: {
  readonly turn: Turn;
  readonly mayCall: boolean;
  readonly now: number;
}): ReactElement {
  const { person } = turn;
  return (
    <div className="seat-on">
      <div className="seat-person">
        <span className="seat-who">
          <strong>{person.name}</strong>
          {turn.mine && <StateTag tone="active">{NOW_TEXT.mine}</StateTag>}
          {turn.deputyFor !== null && <StateTag tone="quiet">{NOW_TEXT.deputyFor(turn.deputyFor)}</StateTag>}
        </span>
        <span className="quiet">
          {personLine(person)}
          {person.phoneMasked !== null && <span className="figures seat-phone">{person.phoneMasked}</span>}
        </span>
        <span className="figures">
          {turn.to > now
            ? NOW_TEXT.until(formatShort(turn.to, now), formatDuration(turn.to - now))
            : NOW_TEXT.over(formatShort(turn.to, now))}
        </span>
      </div>
      {mayCall && !turn.mine && (
        <DialButton
          target={{ kind: 'shift', id: turn.shift }}
          name={person.name}
          hasPhone={person.phoneMasked !== null}
        />
      )}
    </div>
  );
}

function Gap({ until, now }: { readonly until: number | null; readonly now: number }): ReactElement {
  return (
    <div className="seat-empty" role="alert">
      <strong>
        <ExclamationCircleFilled aria-hidden /> {NOW_TEXT.gap}
      </strong>
      <span>{until === null ? NOW_TEXT.gapOpen : NOW_TEXT.gapUntil(formatShort(until, now))}</span>
    </div>
  );
}
