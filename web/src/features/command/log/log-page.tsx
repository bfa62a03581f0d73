import './log.css';

import type { LogLine } from '#contract/command';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useRouterState, useSearch } from '@tanstack/react-router';
import type { InputRef } from 'antd';
import { Fragment, type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { useNow } from '../../../app/use-now.ts';
import { MoreButton } from '../../../ui/more-button.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { useFresh } from '../../../ui/use-fresh.ts';
import { useRowKeys } from '../../../ui/use-row-keys.ts';
import { dayOf } from '../calendar-days.ts';
import { Frame } from '../frame.tsx';
import { type LogAsk, logQuery } from '../queries.ts';
import type { LogSearch } from '../search.ts';
import { useHotKey } from '../use-hot-key.ts';
import { Composer, type ComposerHandle } from './composer.tsx';
import { foldRuns } from './fold.ts';
import { LogEntry } from './log-entry.tsx';
import { LogFilters } from './log-filters.tsx';
import { LOG_TEXT } from './text.ts';
import { useLine } from './use-line.ts';

const MINUTE_MS = 60_000;

/** 值班日志: what happened on a day, by the system and by hand. */
export function LogPage(): ReactElement {
  const search = useSearch({ from: '/desk/command/log' });
  const today = dayOf(useNow(MINUTE_MS));
  // Words are looked for in all days unless a day was chosen.
  const day = search.day ?? (search.search === undefined ? today : undefined);
  const ask = useMemo(() => askOf(search, day), [search, day]);
  const query = useInfiniteQuery(logQuery(ask));
  const platform = query.data?.pages[0]?.platform.name;
  const lines = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const searchField = useRef<InputRef>(null);
  const find = useCallback(() => searchField.current?.focus(), []);
  useHotKey('/', find);
  return (
    <Frame title={LOG_TEXT.title} hint={platform === undefined ? LOG_TEXT.hint : LOG_TEXT.of(platform)}>
      <NewLine search={search} platform={platform} />
      <LogFilters
        search={search}
        day={day}
        today={today}
        platformName={platform}
        ask={ask}
        field={searchField}
      />
      {search.search !== undefined && day === undefined && (
        <p className="quiet log-searching">{LOG_TEXT.searching(search.search)}</p>
      )}
      <Resource query={query} rows={8}>
        {() =>
          lines.length === 0 ? (
            <NoLines search={search} />
          ) : (
            <div className="rows-frame">
              <Lines list={JSON.stringify(ask)} lines={lines} showPlatform={search.below === true} />
              <MoreButton count={lines.length} query={query} />
            </div>
          )
        }
      </Resource>
    </Frame>
  );
}

function askOf(search: LogSearch, day: string | undefined): LogAsk {
  return {
    platform: search.platform,
    below: search.below ? 'true' : undefined,
    kind: search.kind,
    day,
    search: search.search,
    forHandover: search.marked ? 'true' : undefined,
  };
}

function NewLine({
  search,
  platform,
}: {
  readonly search: LogSearch;
  readonly platform: string | undefined;
}): ReactElement | null {
  const mayKeep = useCan('duty.keep');
  const wanted = useRouterState({ select: ({ location }) => location.hash === 'new' });
  const composer = useRef<ComposerHandle>(null);
  const hold = useLine(search.platform, search);
  const begin = useCallback(() => composer.current?.focus(), []);
  useHotKey('n', begin);
  useEffect(() => {
    if (wanted) begin();
  }, [wanted, begin]);
  if (!mayKeep) return null;
  return (
    <Composer ref={composer} hold={hold} platform={search.platform === undefined ? undefined : platform} />
  );
}

function NoLines({ search }: { readonly search: LogSearch }): ReactElement {
  const filtered = search.search !== undefined || search.kind !== undefined || search.marked === true;
  return filtered ? (
    <Empty title={LOG_TEXT.noneFound} hint={LOG_TEXT.noneFoundHint} />
  ) : (
    <Empty title={LOG_TEXT.noneToday} hint={LOG_TEXT.noneTodayHint} />
  );
}

const ignore = (): void => undefined;

function Lines({
  list,
  lines,
  showPlatform,
}: {
  readonly list: string;
  readonly lines: readonly LogLine[];
  readonly showPlatform: boolean;
}): ReactElement {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const entries = useMemo(() => foldRuns(lines), [lines]);
  const marks = useMemo(() => lines.map((line) => ({ id: line.id, mark: line.count })), [lines]);
  const fresh = useFresh(list, marks);
  const shown = entries.flatMap((entry) => {
    if (entry.kind === 'line') return [entry.line.id];
    return opened.has(entry.id) ? entry.lines.map((line) => line.id) : [];
  });
  const current = useRowKeys(shown, ignore);
  const toggle = (id: number): void =>
    setOpened((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    );
  const one = (line: LogLine): ReactElement => (
    <LogEntry
      key={line.id}
      line={line}
      current={current === line.id}
      fresh={fresh.has(line.id)}
      showPlatform={showPlatform}
    />
  );
  const days = new Set<string>();
  return (
    <ol className="log">
      {entries.map((entry) => {
        const first = entry.kind === 'line' ? entry.line : entry.lines[0];
        const day = first ? dayOf(first.at) : '';
        const newDay = !days.has(day);
        days.add(day);
        return (
          <Fragment key={entry.kind === 'line' ? entry.line.id : `run-${entry.id}`}>
            {newDay && <li className="log-day figures">{day}</li>}
            {entry.kind === 'line' ? (
              one(entry.line)
            ) : (
              <>
                <Run entry={entry} open={opened.has(entry.id)} onToggle={() => toggle(entry.id)} />
                {opened.has(entry.id) && entry.lines.map(one)}
              </>
            )}
          </Fragment>
        );
      })}
    </ol>
  );
}

function Run({
  entry: { lines },
  open,
  onToggle,
}: {
  readonly entry: { readonly lines: readonly LogLine[] };
  readonly open: boolean;
  readonly onToggle: () => void;
}): ReactElement {
  const times = lines.map(({ at }) => at);
  const first = clock(Math.min(...times));
  const last = clock(Math.max(...times));
  const count = lines.reduce((sum, line) => sum + line.count, 0);
  return (
    <li className="log-line log-run">
      <button type="button" className="log-run-button" aria-expanded={open} onClick={onToggle}>
        <span className="figures">{first === last ? first : `${first}–${last}`}</span>
        {LOG_TEXT.folded(count)}
        <span className="text-button">{open ? LOG_TEXT.fold : LOG_TEXT.unfold}</span>
      </button>
    </li>
  );
}

const clock = (at: number): string => formatDateTime(at).slice(11);
