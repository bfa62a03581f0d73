import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { commandRoutes } from '#contract/command';
import { LOG_KINDS, type LogKind } from '#model/command';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input, type InputRef, Segmented } from 'antd';
import { type ReactElement, type RefObject, useRef, useState } from 'react';

import { moveDay } from '../calendar-days.ts';
import { PlatformSelect } from '../platform-select.tsx';
import type { LogAsk } from '../queries.ts';
import type { LogSearch } from '../search.ts';
import { LOG_TEXT } from './text.ts';

interface LogFiltersProps {
  readonly search: LogSearch;
  /** The day shown; undefined while all days are searched. */
  readonly day: string | undefined;
  readonly today: string;
  readonly platformName: string | undefined;
  readonly ask: LogAsk;
  readonly field: RefObject<InputRef | null>;
}

/** Which day, which kind, whose log, which words. */
export function LogFilters({ search, day, today, platformName, ask, field }: LogFiltersProps): ReactElement {
  const navigate = useNavigate();
  const [typed, setTyped] = useState(search.search ?? '');
  const filter = (change: LogSearch): void => {
    const kept = Object.entries({ ...search, ...change }).filter(
      ([, value]) => value !== undefined && value !== false && value !== '',
    );
    void navigate({ to: '/command/log', search: Object.fromEntries(kept), replace: true });
  };
  const [wide, setWide] = useState(false);
  const others = [search.platform, search.below, search.marked].filter((one) => one !== undefined).length;
  return (
    <div className="filters log-filters no-print" role="search">
      <DayStep day={day} today={today} onDay={(next) => filter({ day: next === today ? undefined : next })} />
      <Segmented<LogKind | 'all'>
        aria-label={LOG_TEXT.kind}
        value={search.kind ?? 'all'}
        onChange={(kind) => filter({ kind: kind === 'all' ? undefined : kind })}
        options={[
          { value: 'all', label: LOG_TEXT.allKinds },
          ...LOG_KINDS.map((kind) => ({ value: kind, label: LOG_TEXT.kinds[kind] })),
        ]}
      />
      <Input.Search
        ref={field}
        className="log-search"
        allowClear
        maxLength={50}
        value={typed}
        placeholder={LOG_TEXT.search}
        aria-label={LOG_TEXT.search}
        onChange={({ target }) => setTyped(target.value)}
        onSearch={(value) => filter({ search: value.trim() })}
      />
      <button type="button" className="toggle only-phone" aria-expanded={wide} onClick={() => setWide(!wide)}>
        {others === 0 ? LOG_TEXT.filter : LOG_TEXT.filtered(others)}
      </button>
      <span className="log-others" data-open={wide}>
        <PlatformSelect
          value={search.platform}
          name={platformName}
          label={platformName ?? LOG_TEXT.platform}
          onChange={(platform) => filter({ platform })}
        />
        <button
          type="button"
          className="toggle"
          aria-pressed={search.below === true}
          onClick={() => filter({ below: search.below !== true })}
        >
          {LOG_TEXT.below}
        </button>
        <button
          type="button"
          className="toggle"
          aria-pressed={search.marked === true}
          onClick={() => filter({ marked: search.marked !== true })}
        >
          {LOG_TEXT.marked}
        </button>
        <a href={exportAddress(ask)} download>
          {LOG_TEXT.export}
        </a>
      </span>
    </div>
  );
}

interface DayStepProps {
  readonly day: string | undefined;
  readonly today: string;
  readonly onDay: (day: string) => void;
}

/** The day, a day back, a day on. The browser's own calendar opens on the name of the day. */
function DayStep({ day, today, onDay }: DayStepProps): ReactElement {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <span className="day-step">
      <Button
        icon={<LeftOutlined />}
        aria-label={LOG_TEXT.before}
        onClick={() => onDay(moveDay(day ?? today, -1))}
      />
      <button type="button" className="toggle day-name figures" onClick={() => picker.current?.showPicker()}>
        {day === undefined ? LOG_TEXT.allDays : nameOf(day, today)}
        <input
          ref={picker}
          type="date"
          tabIndex={-1}
          aria-label={LOG_TEXT.day}
          value={day ?? ''}
          max={today}
          onChange={({ target }) => onDay(target.value === '' ? today : target.value)}
        />
      </button>
      <Button
        icon={<RightOutlined />}
        aria-label={LOG_TEXT.after}
        disabled={day === undefined || day >= today}
        onClick={() => onDay(moveDay(day ?? today, 1))}
      />
    </span>
  );
}

function nameOf(day: string, today: string): string {
  const short = day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day;
  if (day === today) return `${LOG_TEXT.today} ${short}`;
  return day === moveDay(today, -1) ? `${LOG_TEXT.yesterday} ${short}` : short;
}

function exportAddress(ask: LogAsk): string {
  const given = Object.entries(ask).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${commandRoutes.exportLog.path}?${new URLSearchParams(given).toString()}`;
}
