import '../monitoring.css';

import { type Kept, retentionRoutes } from '#contract/monitoring';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { call } from '../../../app/call.ts';
import { formatDate, formatDateTime } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { useNow } from '../../../app/use-now.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { Resource } from '../../../ui/states.tsx';
import { bytesText } from './bytes-text.ts';
import { ClockDoubt } from './clock-doubt.tsx';
import { RETENTION_TEXT } from './text.ts';

const MINUTE_MS = 60_000;
const DISTRICT = 'PD';

const keptQuery = queryOptions({
  queryKey: ['monitoring', 'retention'],
  queryFn: ({ signal }) => call(retentionRoutes.listKept, { signal }),
  staleTime: MINUTE_MS,
});

/** 保存期限: what is kept of monitoring, since when, on how much disk, and what goes next. */
export function Retention(): ReactElement {
  const query = useQuery(keptQuery);
  const now = useNow(MINUTE_MS);
  const mayChange = useCan('setting.manage');
  return (
    <div className="retention">
      <p className="quiet">
        {RETENTION_TEXT.intro}{' '}
        {mayChange && (
          <Link to="/platforms/$code" params={{ code: DISTRICT }} search={{ tab: 'settings' }}>
            {RETENTION_TEXT.change}
          </Link>
        )}
      </p>
      <Resource query={query} rows={10}>
        {({ items, keptFrom, heldPoints, lastAt, clock }) => (
          <>
            <ClockDoubt clock={clock} mayConfirm={mayChange} />
            <section className="panel" aria-label={RETENTION_TEXT.title}>
              <RowsTable columns={RETENTION_TEXT.columns}>
                {items.map((kept) => (
                  <KeptRow key={kept.key} kept={kept} now={now} />
                ))}
              </RowsTable>
            </section>
            <p>
              {keptFrom === null ? RETENTION_TEXT.all : RETENTION_TEXT.keptFrom(formatDate(keptFrom))}{' '}
              {heldPoints === 0 ? RETENTION_TEXT.noneHeld : RETENTION_TEXT.held(heldPoints)}{' '}
              {lastAt !== null && RETENTION_TEXT.last(formatDateTime(lastAt))}
            </p>
          </>
        )}
      </Resource>
    </div>
  );
}

function KeptRow({ kept, now }: { readonly kept: Kept; readonly now: number }): ReactElement {
  const [name, time, since, bytes, next] = RETENTION_TEXT.columns;
  return (
    <tr>
      <td data-label={name}>
        {RETENTION_TEXT.names[kept.key]}
        <div className="quiet">{RETENTION_TEXT.notes[kept.key]}</div>
      </td>
      <td data-label={time} className="nowrap">
        {kept.days === null ? RETENTION_TEXT.forGood : RETENTION_TEXT.days(kept.days)}
        {kept.days !== null && kept.setting === null && (
          <span className="quiet"> {RETENTION_TEXT.fixed}</span>
        )}
      </td>
      <td data-label={since} className="nowrap figures">
        {kept.since === null ? RETENTION_TEXT.nothing : formatDate(kept.since)}
      </td>
      <td data-label={bytes} className="nowrap figures">
        {kept.key === 'replay' ? '—' : bytesText(kept.bytes)}
      </td>
      <td data-label={next}>{nextText(kept, now)}</td>
    </tr>
  );
}

function nextText({ days, since, goesAt }: Kept, now: number): string {
  if (days === null) return RETENTION_TEXT.never;
  if (since === null || goesAt === null) return '—';
  return goesAt <= now ? RETENTION_TEXT.due : formatDate(goesAt);
}
