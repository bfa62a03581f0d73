import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { commandRoutes } from '#contract/command';
import { LOG_KINDS, type LogKind } from '#model/command';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input, type InputRef, Segmented } from 'antd';
import { type ReactElement, type RefObject, useState } from 'react';

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
  const move = (by: number): void => {
    const next = moveDay(day ?? today, by);
    filter({ day: next === today ? undefined : next });
  };
  return (
    <div className="filters log-filters no-print" role="search">
      <span className="day-step">
        <Button icon={<LeftOutlined />} aria-label={LOG_TEXT.before} onClick={() => move(-1)} />
        <input
          type="date"
          className="day-input figures"
          aria-label={LOG_TEXT.day}
          value={day ?? ''}
          max={today}
          onChange={({ target }) =>
            filter({ day: target.value === today || target.value === '' ? undefined : target.value })
          }
        />
        <Button
          icon={<RightOutlined />}
          aria-label={LOG_TEXT.after}
          disabled={day === undefined || day >= today}
          onClick={() => move(1)}
        />
      </span>
      <Segmented<LogKind | 'all'>
        aria-label="类别"
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
      <PlatformSelect
        value={search.platform}
        name={platformName}
        label={platformName ?? '平台'}
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
      <a className="hide-phone" href={exportAddress(ask)} download>
        {LOG_TEXT.export}
      </a>
    </div>
  );
}

function exportAddress(ask: LogAsk): string {
  const given = Object.entries(ask).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${commandRoutes.exportLog.path}?${new URLSearchParams(given).toString()}`;
}
