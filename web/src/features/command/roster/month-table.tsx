import type { CalendarYear, Roster, Shift } from '#contract/command';
import { type ReactElement, useEffect, useMemo, useRef } from 'react';

import { useNow } from '../../../app/use-now.ts';
import { Empty } from '../../../ui/states.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { type Day, dayOf, daysOfMonth, markOf, shiftsByDay } from '../calendar-days.ts';
import { clockSpan, shiftWord } from './span-text.ts';
import { ROSTER_TEXT } from './text.ts';

const MINUTE_MS = 60_000;
const NO_SEATS: ReadonlyMap<number, readonly Shift[]> = new Map();

interface MonthTableProps {
  readonly month: string;
  readonly roster: Roster;
  readonly shifts: readonly Shift[];
  readonly calendar: CalendarYear['days'];
  readonly onOpen: (shift: Shift) => void;
}

/** The month as offices hang it on the wall: a day a row, a seat a column. On the phone each day is a card. */
export function MonthTable({ month, roster, shifts, calendar, onOpen }: MonthTableProps): ReactElement {
  const today = dayOf(useNow(MINUTE_MS));
  const byDay = useMemo(() => shiftsByDay(shifts), [shifts]);
  const days = useMemo(() => shownDays(daysOfMonth(month), byDay, today), [month, byDay, today]);
  const todayRow = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    // On the phone the month is long; what matters begins today.
    if (globalThis.matchMedia('(max-width: 860px)').matches)
      todayRow.current?.scrollIntoView({ block: 'start' });
  }, []);
  if (days.length === 0) return <Empty title={ROSTER_TEXT.emptyMonth} />;
  return (
    <table className="month">
      <thead>
        <tr>
          <th scope="col">{ROSTER_TEXT.day}</th>
          {roster.seats.map((seat) => (
            <th key={seat.id} scope="col">
              {seat.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map((day) => {
          const mark = markOf(day, calendar);
          const seats = byDay.get(day.day) ?? NO_SEATS;
          return (
            <tr
              key={day.day}
              ref={day.day === today ? todayRow : null}
              data-off={mark.off}
              data-past={day.day < today}
              data-today={day.day === today}
            >
              <th scope="row">
                <DayHead day={day} mark={mark} today={day.day === today} />
              </th>
              {roster.seats.map((seat) => (
                <td key={seat.id} data-label={roster.seats.length > 1 ? seat.name : undefined}>
                  <Cell
                    shifts={seats.get(seat.id) ?? []}
                    pattern={roster.pattern}
                    past={day.day < today}
                    onOpen={onOpen}
                  />
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** From the first day that was planned, or from today: what nobody planned in the past only fills the page. */
function shownDays(
  days: readonly Day[],
  planned: { readonly has: (day: string) => boolean },
  today: string,
): readonly Day[] {
  const first = days.findIndex(({ day }) => day >= today || planned.has(day));
  return first < 0 ? [] : days.slice(first);
}

function DayHead({
  day,
  mark,
  today,
}: {
  readonly day: Day;
  readonly mark: ReturnType<typeof markOf>;
  readonly today: boolean;
}): ReactElement {
  return (
    <span className="day-head">
      <span className="figures day-number">{day.day.slice(5)}</span>
      <span className="quiet">周{ROSTER_TEXT.weekdays[day.weekday]}</span>
      {mark.mark && (
        <span className={mark.off ? 'day-mark day-rest' : 'day-mark day-work'} title={mark.name}>
          {mark.mark}
        </span>
      )}
      {mark.name !== undefined && <small className="quiet">{mark.name}</small>}
      {today && <StateTag tone="active">{ROSTER_TEXT.today}</StateTag>}
    </span>
  );
}

interface CellProps {
  readonly shifts: readonly Shift[];
  readonly pattern: Roster['pattern'];
  readonly past: boolean;
  readonly onOpen: (shift: Shift) => void;
}

function Cell({ shifts, pattern, past, onOpen }: CellProps): ReactElement {
  if (shifts.length === 0) {
    // What was not planned in the past cannot be mended; from today on it is a hole in the watch.
    return past ? (
      <span className="cell-none quiet">–</span>
    ) : (
      <span className="cell-none">{ROSTER_TEXT.none}</span>
    );
  }
  return (
    <span className="chips">
      {shifts.map((shift) => (
        <button
          key={shift.id}
          type="button"
          className={chipClass(shift)}
          title={clockSpan(shift.from, shift.to)}
          aria-label={`${shift.person.name} ${clockSpan(shift.from, shift.to)}`}
          onClick={() => onOpen(shift)}
        >
          <small className="figures">{shiftWord(pattern, shift.from, shift.to)}</small>
          <span className="chip-name">
            {shift.status === 'cancelled' ? <s>{shift.person.name}</s> : shift.person.name}
          </span>
          <Remarks shift={shift} />
        </button>
      ))}
    </span>
  );
}

function chipClass(shift: Shift): string {
  const names = ['chip'];
  if (shift.mine) names.push('chip-mine');
  if (shift.status === 'cancelled') names.push('chip-cancelled');
  return names.join(' ');
}

function Remarks({ shift }: { readonly shift: Shift }): ReactElement | null {
  const remarks = [
    shift.status === 'cancelled' && ROSTER_TEXT.cancelled,
    shift.status === 'swapped' && ROSTER_TEXT.swapped,
    shift.swap !== null && ROSTER_TEXT.swapping,
    ...shift.deputies.map(({ person }) => ROSTER_TEXT.deputy(person.name)),
  ].filter((remark): remark is string => remark !== false);
  if (remarks.length === 0) return null;
  return <small className="chip-remark">{remarks.join('，')}</small>;
}
