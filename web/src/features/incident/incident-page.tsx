import type { IncidentDetail } from '#contract/response';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, type ReactElement, Suspense } from 'react';

import { LevelTag } from '../../ui/level-tag.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { IncidentReports } from '../../ui/reports/incident-reports.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { OriginTags } from '../../ui/replay-tag.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { Loading, Resource } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { FormPanel } from './form-panel.tsx';
import { MoveButtons } from './move-buttons.tsx';
import { OrderList } from './order-list.tsx';
import { PartList } from './part-list.tsx';
import { entriesQuery, incidentQuery } from './queries.ts';
import { Supervisions } from './supervisions.tsx';
import { TEXT } from './text.ts';
import './incident.css';

const IncidentMap = lazy(async () => ({ default: (await import('./incident-map.tsx')).IncidentMap }));

/** One incident, as whoever coordinates it needs it. */
export function IncidentPage(): ReactElement {
  const { id } = useParams({ from: '/desk/orders/incidents/$id' });
  const query = useQuery(incidentQuery(Number(id)));
  return <Resource query={query}>{(incident) => <View key={incident.id} incident={incident} />}</Resource>;
}

function View({ incident }: { readonly incident: IncidentDetail }): ReactElement {
  return (
    <>
      <PageHead
        title={incident.title}
        tags={
          <span className="tags">
            <LevelTag level={incident.level} />
            <StateTag tone={incident.state === 'closed' ? 'done' : 'active'}>
              {incident.state === 'closed' ? TEXT.closed : incident.loopText}
            </StateTag>
            <OriginTags replaySession={incident.replaySession} simulated={incident.simulated} />
          </span>
        }
        hint={
          <>
            <Link to="/orders/incidents">{TEXT.title}</Link> /{' '}
            <span className="figures">{incident.code}</span> · {incident.scenarioName}
          </>
        }
        extra={<MoveButtons incident={incident} />}
      />
      <div className="incident-grid">
        <div className="incident-column">
          <PartList incident={incident} />
          <FormPanel incident={incident} />
          <OrderList incident={incident} />
          <Supervisions incident={incident} />
        </div>
        <div className="incident-column">
          <Facts incident={incident} />
          <IncidentReports incident={incident} />
          <section className="panel" aria-label={TEXT.map}>
            <Suspense fallback={<Loading rows={4} />}>
              <IncidentMap spots={incident.spots} />
            </Suspense>
          </section>
          <Entries id={incident.id} />
        </div>
      </div>
    </>
  );
}

function Facts({ incident }: { readonly incident: IncidentDetail }): ReactElement {
  const { owner, second, asked, figures } = incident;
  return (
    <section className="panel">
      <h2>{TEXT.facts}</h2>
      <dl className="facts">
        <dt>{TEXT.owner}</dt>
        <dd>
          {owner === null ? `${TEXT.closed} · ${incident.closedBy ?? ''}` : owner.post}
          {owner && <strong> {owner.name ?? TEXT.notTaken}</strong>}
        </dd>
        {second !== null && (
          <>
            <dt>{TEXT.second}</dt>
            <dd>
              {second}
              <small className="quiet row-item">{TEXT.secondHint}</small>
            </dd>
          </>
        )}
        {asked !== null && (
          <>
            <dt>{TEXT.asked}</dt>
            <dd>
              {asked.by}：{asked.reason}
            </dd>
          </>
        )}
        <dt>{TEXT.ground}</dt>
        <dd>{incident.groundText}</dd>
        <dt>{TEXT.opened}</dt>
        <dd>
          <TimeText at={incident.openedAt} whole /> · {incident.openedBy ?? TEXT.byRule}
        </dd>
        <dt>{TEXT.orders}</dt>
        <dd>
          {TEXT.figures(figures.openOrders, figures.orders)}
          {figures.lateOrders > 0 && ` · ${TEXT.late(figures.lateOrders)}`}
        </dd>
      </dl>
    </section>
  );
}

function Entries({ id }: { readonly id: number }): ReactElement {
  const query = useInfiniteQuery(entriesQuery(id));
  return (
    <section className="panel" aria-label={TEXT.timeline}>
      <h2>{TEXT.timeline}</h2>
      <Resource query={query}>
        {({ pages }) => {
          const entries = pages.flatMap((page) => page.items);
          return (
            <>
              <ol className="timeline">
                {entries.map((entry, i) => (
                  <li key={`${entry.at}-${entry.kind}-${i}`}>
                    <div className="timeline-head">
                      <strong>
                        {entry.order && `${entry.order.object}：`}
                        {entry.text}
                      </strong>
                      <span className="quiet timeline-when">
                        <TimeText at={entry.at} whole /> · {entry.by ?? TEXT.byRule}
                      </span>
                    </div>
                    {entry.note !== null && <p className="timeline-note">{entry.note}</p>}
                  </li>
                ))}
              </ol>
              <MoreButton count={entries.length} query={query} />
            </>
          );
        }}
      </Resource>
    </section>
  );
}
