import { CloseOutlined } from '@ant-design/icons';
import type { ReactElement } from 'react';

import { CALENDAR_TEXT as WORDS } from './text.ts';
import { type CalendarDay, type Holiday, holidaysOf } from './year-changes.ts';

interface HolidayListProps {
  readonly days: readonly CalendarDay[];
  /** Absent for who only reads. */
  readonly onRemove?: (day: string) => void;
}

/** The holidays of a year, each with its days off and the days that are worked for it. */
export function HolidayList({ days, onRemove }: HolidayListProps): ReactElement {
  return (
    <dl className="holidays">
      {holidaysOf(days).map((holiday) => (
        <div key={holiday.name}>
          <dt>{holiday.name}</dt>
          <Days holiday={holiday} kind="off" onRemove={onRemove} />
          <Days holiday={holiday} kind="work" onRemove={onRemove} />
        </div>
      ))}
    </dl>
  );
}

function Days({
  holiday,
  kind,
  onRemove,
}: {
  readonly holiday: Holiday;
  readonly kind: 'off' | 'work';
  readonly onRemove: ((day: string) => void) | undefined;
}): ReactElement | null {
  if (holiday[kind].length === 0) return null;
  return (
    <dd>
      <span className="quiet">{WORDS[kind]}</span>
      {holiday[kind].map((day) => (
        <span key={day} className={`figures holiday-day holiday-${kind}`}>
          {day.slice(5)}
          {onRemove && (
            <button
              type="button"
              aria-label={WORDS.remove(day.slice(5), holiday.name)}
              onClick={() => onRemove(day)}
            >
              <CloseOutlined aria-hidden />
            </button>
          )}
        </span>
      ))}
    </dd>
  );
}
