import type { Point } from '#contract/monitoring';
import type { MonitoredObject } from '#contract/platform';
import type { ObjectHold, Warning } from '#contract/warning';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatAgo, formatValue } from '../../app/format.ts';
import { useCan } from '../../app/session.ts';
import { useNow } from '../../app/use-now.ts';
import { ObjectDependencies } from '../../ui/dependencies/object-dependencies.tsx';
import { HeldChips } from '../../ui/held/held-chips.tsx';
import { HeldTag } from '../../ui/held/held-tag.tsx';
import { LevelTag } from '../../ui/level-tag.tsx';
import { OriginTags, SimulatedTag } from '../../ui/replay-tag.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { Resource } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { holdsOfQuery, objectQuery, pointsOfQuery, warningsOfQuery } from './map-queries.ts';
import { SidePanel } from './side-panel.tsx';
import { TEXT } from './text.ts';

interface ObjectPanelProps {
  readonly id: number;
  readonly townName: (code: string) => string;
  readonly onClose: () => void;
}

/** One object: its open warnings and the newest value of each of its points. */
export function ObjectPanel({ id, townName, onClose }: ObjectPanelProps): ReactElement {
  const query = useQuery(objectQuery(id));
  return (
    <SidePanel label={query.data?.name ?? '监测对象'} onClose={onClose}>
      <Resource query={query}>{(object) => <ObjectFacts object={object} townName={townName} />}</Resource>
    </SidePanel>
  );
}

function ObjectFacts({
  object,
  townName,
}: {
  readonly object: MonitoredObject;
  readonly townName: (code: string) => string;
}): ReactElement {
  const mayWarnings = useCan('warning.read');
  const mayReadings = useCan('reading.read');
  const warnings = useQuery(warningsOfQuery(object.id, mayWarnings));
  const points = useQuery(pointsOfQuery(object.id, mayReadings));
  const holds = useQuery(holdsOfQuery(object.id, mayWarnings)).data?.items ?? [];
  return (
    <>
      <h2>
        {object.name} {object.simulated && <SimulatedTag />}
      </h2>
      <p className="quiet figures">
        {[object.code, object.town && townName(object.town)].filter(Boolean).join(' · ')}
        {object.placeApproximate && `（${TEXT.nearestTown}）`}
      </p>
      <HeldChips holds={holds.filter(({ point }) => point === null)} />
      {mayWarnings && (
        <>
          <h3>{TEXT.warnings}</h3>
          <Resource query={warnings} rows={2}>
            {({ items }) =>
              items.length === 0 ? (
                <p className="quiet">{TEXT.noWarnings}</p>
              ) : (
                <ul>
                  {items.map((warning) => (
                    <WarningRow key={warning.id} warning={warning} />
                  ))}
                </ul>
              )
            }
          </Resource>
        </>
      )}
      <ObjectDependencies object={object.id} />
      {mayReadings && (
        <>
          <h3>{TEXT.points}</h3>
          <Resource query={points} rows={3}>
            {({ items }) => <PointRows points={items} holds={holds} />}
          </Resource>
        </>
      )}
    </>
  );
}

function WarningRow({ warning }: { readonly warning: Warning }): ReactElement {
  return (
    <li className="object-warning">
      <LevelTag level={warning.level} />
      <div>
        <Link to="/warnings/$id" params={{ id: String(warning.id) }} className="row-link">
          {warning.item.name}
        </Link>{' '}
        <OriginTags replaySession={warning.replaySession} simulated={warning.simulated} />{' '}
        {warning.hold && <HeldTag hold={warning.hold} />}
        <p>{warning.reason}</p>
        <p className="quiet">
          <TimeText at={warning.openedAt} /> 发生
        </p>
      </div>
    </li>
  );
}

function PointRows({
  points,
  holds,
}: {
  readonly points: readonly Point[];
  readonly holds: readonly ObjectHold[];
}): ReactElement {
  const now = useNow(5000);
  if (points.length === 0) return <p className="quiet">{TEXT.noPoints}</p>;
  return (
    <ul className="object-points">
      {points.map((point) => (
        <li key={point.id}>
          <span>{point.elementName}</span>
          <b className="figures">
            {point.lastValue === null ? TEXT.noValue : formatValue(point.lastValue, point.unit)}
          </b>
          <span className="quiet figures">
            {point.lastObservedAt !== null && formatAgo(point.lastObservedAt, now)}
            {point.stale && <StateTag tone="late">{TEXT.stale}</StateTag>}
            {point.lastQuality === 'suspect' && <StateTag tone="waiting">{TEXT.suspect}</StateTag>}
          </span>
          <HeldChips holds={holds.filter((hold) => hold.point === point.code)} />
        </li>
      ))}
    </ul>
  );
}
