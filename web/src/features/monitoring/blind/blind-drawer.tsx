import type { BlindSpotView, BlindTown } from '#contract/monitoring';
import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { DeviceDrawer } from '../device/device-drawer.tsx';
import { ServiceNote } from './blind-list.tsx';
import { BlindMark } from './blind-mark.tsx';
import { BlindObjects, BlindPoints } from './blind-tables.tsx';
import { isShown } from './blind-towns.ts';
import { villagesQuery } from './queries.ts';
import { BLIND_TEXT, stateText } from './text.ts';

interface BlindDrawerProps {
  readonly spot: BlindSpotView | undefined;
  readonly town: BlindTown | undefined;
  /** The scenarios of the town, this one among them. */
  readonly others: readonly BlindSpotView[];
  readonly onChoose: (spot: BlindSpotView) => void;
  readonly onClose: () => void;
}

/** One scenario in one town: why, since when, who is there, and what there is to be mended. */
export function BlindDrawer({ spot, town, others, onChoose, onClose }: BlindDrawerProps): ReactElement {
  const [device, setDevice] = useState<{ readonly id: number; readonly code: string }>();
  // What is open follows what is told anew.
  const now =
    spot &&
    (others.find(({ scenario, village }) => scenario === spot.scenario && village === spot.village) ?? spot);
  return (
    <Drawer
      open={now !== undefined}
      onClose={onClose}
      size="min(860px, 100vw)"
      title={now && `${now.villageName ?? now.townName} · ${now.scenarioName}`}
      destroyOnHidden
    >
      {now && (
        <div className="blind-detail" key={`${now.scenario} ${now.town}`}>
          <Facts spot={now} town={town} />
          <Scenarios spot={now} others={others} onChoose={onChoose} />
          <BlindPoints place={now} onDevice={setDevice} />
          <BlindObjects place={now} />
          {now.town !== '' && <Villages spot={now} />}
        </div>
      )}
      <DeviceDrawer device={device} onClose={() => setDevice(undefined)} />
    </Drawer>
  );
}

function Facts({
  spot,
  town,
}: {
  readonly spot: BlindSpotView;
  readonly town: BlindTown | undefined;
}): ReactElement {
  const { state, points, reason, since, watching, objects, watchedObjects } = spot;
  const share = (part: number, all: number): string =>
    BLIND_TEXT.share(formatNumber(part), formatNumber(all));
  return (
    <>
      <p className="blind-reason">
        <BlindMark state={state} />{' '}
        <StateTag tone={state === 'blind' ? 'waiting' : 'quiet'}>{stateText(state, points)}</StateTag>{' '}
        {reason}
        <ServiceNote spot={spot} />
      </p>
      <dl className="facts">
        <dt>{BLIND_TEXT.sinceWhole}</dt>
        <dd>
          {since === null ? (
            state === 'never' ? (
              BLIND_TEXT.never
            ) : (
              BLIND_TEXT.dash
            )
          ) : (
            <TimeText at={since} whole />
          )}
        </dd>
        <dt>{BLIND_TEXT.points}</dt>
        <dd className="figures">{share(watching, points)}</dd>
        <dt>{BLIND_TEXT.objects}</dt>
        <dd className="figures">{share(watchedObjects, objects)}</dd>
        <dt>{BLIND_TEXT.people}</dt>
        <dd>{told(town?.residents ?? null)}</dd>
        <dt>{BLIND_TEXT.workers}</dt>
        <dd>{told(town?.workers ?? null)}</dd>
        {town?.source != null && town.year !== null && (
          <>
            <dt>{BLIND_TEXT.source}</dt>
            <dd className="quiet">{BLIND_TEXT.sourceOf(town.source, town.year)}</dd>
          </>
        )}
      </dl>
    </>
  );
}

function told(count: number | null): string {
  return count === null ? BLIND_TEXT.untold : BLIND_TEXT.persons(formatNumber(count));
}

/** The other scenarios of the town that are not wholly watched. */
function Scenarios({
  spot,
  others,
  onChoose,
}: Pick<BlindDrawerProps, 'others' | 'onChoose'> & { readonly spot: BlindSpotView }): ReactElement | null {
  const gaps = others.filter((one) => isShown(one, 'gaps') && one.scenario !== spot.scenario);
  if (gaps.length === 0) return null;
  return (
    <ul className="blind-others">
      {gaps.map((one) => (
        <li key={one.scenario}>
          <button type="button" className="link-button" onClick={() => onChoose(one)}>
            <BlindMark state={one.state} /> {one.scenarioName}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Villages with objects or points as they are; of the others how many there are. */
function Villages({ spot }: { readonly spot: BlindSpotView }): ReactElement {
  const query = useQuery(villagesQuery({ scenario: spot.scenario, town: spot.town }));
  return (
    <section>
      <h3>{BLIND_TEXT.villages}</h3>
      <Resource query={query} rows={2}>
        {({ villages }) => {
          const set = villages.filter(({ points, objects }) => points + objects > 0);
          const rest = villages.length - set.length;
          return (
            <ul className="blind-villages">
              {set.map(({ village, villageName, state, points, reason }) => (
                <li key={village}>
                  <BlindMark state={state} /> <strong>{villageName}</strong> {stateText(state, points)}：
                  {reason}
                </li>
              ))}
              {rest > 0 && <li className="quiet">{BLIND_TEXT.villageRest(formatNumber(rest))}</li>}
            </ul>
          );
        }}
      </Resource>
    </section>
  );
}
