import { socialRoutes, type SuspectedEvent } from '#contract/monitoring';
import { SUSPECTED_STATE_TEXT } from '#model/monitoring';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';

import { call } from '../../../app/call.ts';
import { picturesOf } from '../../../app/event-pictures.ts';
import { kept } from '../../../app/kept.ts';
import { MoreButton } from '../../../ui/more-button.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import type { KeptReport } from '../queue/kept-work.ts';
import { dropReport, useQueue } from '../queue/work-queue.ts';
import { TEXT } from './text.ts';

/** Old as soon as a suspected event changes, as everything of them. */
const myReportsQuery = infiniteQueryOptions({
  queryKey: ['events', 'mine'],
  queryFn: ({ pageParam, signal }) =>
    kept(
      `my-reports/${pageParam}`,
      (signal) =>
        call(socialRoutes.listMyReports, {
          query: { limit: 20, ...(pageParam ? { after: pageParam } : {}) },
          signal,
        }),
      signal,
    ),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
});

/** What became of what I have reported: first what is still on this phone. */
export function MyReports(): ReactElement {
  const query = useInfiniteQuery(myReportsQuery);
  const { reports } = useQueue();
  return (
    <section className="panel my-reports" aria-labelledby="my-reports">
      <h2 id="my-reports">{TEXT.mine}</h2>
      {reports.length > 0 && (
        <ul>
          {reports.map((report) => (
            <Held key={report.key} report={report} />
          ))}
        </ul>
      )}
      <Resource query={query} rows={3}>
        {({ pages }) => {
          const events = pages.flatMap((page) => page.items);
          if (events.length === 0)
            return reports.length > 0 ? null : <Empty title={TEXT.mineNone} hint={TEXT.mineNoneHint} />;
          return (
            <>
              <ul>
                {events.map((event) => (
                  <Reported key={event.id} event={event} />
                ))}
              </ul>
              {query.hasNextPage && <MoreButton count={events.length} query={query} />}
            </>
          );
        }}
      </Resource>
    </section>
  );
}

function Held({ report }: { readonly report: KeptReport }): ReactElement {
  const { body, id, state, problem, at, key } = report;
  return (
    <li>
      <div className="my-report-head">
        <strong>{body.kind}</strong>
        <StateTag tone={state === 'refused' ? 'late' : 'active'}>{stateOf(id, state)}</StateTag>
      </div>
      <span>{body.text}</span>
      <small className="quiet">
        <TimeText at={at} whole /> {body.place}
      </small>
      {problem !== null && (
        <div className="my-report-foot" role="alert">
          <span>{problem}</span>
          <Button onClick={() => void dropReport(key)}>{TEXT.dismiss}</Button>
        </div>
      )}
    </li>
  );
}

function stateOf(id: number | null, state: KeptReport['state']): string {
  if (state === 'refused') return id === null ? TEXT.notTaken : TEXT.photoNotTaken;
  return id === null ? TEXT.waiting : TEXT.photoWaits;
}

const TONES = { suspected: 'active', confirmed: 'done', rejected: 'quiet' } as const;

function Reported({ event }: { readonly event: SuspectedEvent }): ReactElement {
  const over = event.state === 'confirmed' && event.endedAt !== null;
  return (
    <li>
      <div className="my-report-head">
        <strong>{event.kindName ?? event.kind}</strong>
        <StateTag tone={TONES[event.state]}>
          {SUSPECTED_STATE_TEXT[event.state]}
          {over ? `，${TEXT.ended}` : ''}
        </StateTag>
      </div>
      <span>{event.text}</span>
      {event.pictures > 0 && (
        <span className="my-report-pictures">
          {picturesOf(event).map((src) => (
            <img key={src} loading="lazy" src={src} alt={TEXT.picture(event.kindName ?? event.kind)} />
          ))}
        </span>
      )}
      <small className="quiet">
        <TimeText at={event.observedAt} whole /> {event.object?.name ?? event.placeName}
      </small>
      {event.decidedBy !== null && (
        <small className="quiet">
          {TEXT.judged(event.decidedBy)}
          {event.note === null ? '' : `：${event.note}`}
        </small>
      )}
    </li>
  );
}
