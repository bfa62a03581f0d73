import type { BlindSpotView, BlindTown } from '#contract/monitoring';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { moveFocus } from '../../../ui/move-focus.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Empty } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { BlindMark } from './blind-mark.tsx';
import { peopleOf } from './blind-towns.ts';
import { BLIND_TEXT, stateText } from './text.ts';

const STEP = 60;

interface BlindListProps {
  readonly spots: readonly BlindSpotView[];
  readonly towns: ReadonlyMap<string, BlindTown>;
  readonly onChoose: (spot: BlindSpotView) => void;
}

/** What the map shows, in words, where most people are first. Arrows move along it. */
export function BlindList({ spots, towns, onChoose }: BlindListProps): ReactElement {
  const [shown, setShown] = useState(STEP);
  if (spots.length === 0) return <Empty title={BLIND_TEXT.nothing} hint={BLIND_TEXT.wellHint} />;
  return (
    <section className="panel blind-list" aria-label={BLIND_TEXT.list}>
      <ul onKeyDown={moveFocus}>
        {spots.slice(0, shown).map((spot) => (
          <li key={`${spot.scenario} ${spot.town} ${spot.village ?? ''}`}>
            <button type="button" className="blind-row" onClick={() => onChoose(spot)}>
              <Row spot={spot} people={peopleOf(towns.get(spot.town))} />
            </button>
          </li>
        ))}
      </ul>
      {spots.length > shown && (
        <div className="rows-foot">
          <Button onClick={() => setShown(shown + STEP)}>加载更多</Button>
        </div>
      )}
    </section>
  );
}

interface RowProps {
  readonly spot: BlindSpotView;
  readonly people: number | null;
}

function Row({ spot, people }: RowProps): ReactElement {
  const { state, points, townName, villageName, scenarioName, reason, since } = spot;
  return (
    <>
      <span className="blind-row-head">
        <BlindMark state={state} />
        <strong>{villageName ?? townName}</strong>
        <span>{scenarioName}</span>
        <StateTag tone={state === 'blind' ? 'waiting' : 'quiet'}>{stateText(state, points)}</StateTag>
        <span className="blind-row-people figures quiet">
          {people === null ? BLIND_TEXT.untold : BLIND_TEXT.persons(formatNumber(people))}
        </span>
      </span>
      <span className="blind-row-reason">{reason}</span>
      {(since !== null || spot.serviced > 0) && (
        <span className="quiet">
          {since !== null && (
            <>
              {BLIND_TEXT.since} <TimeText at={since} />
            </>
          )}
          <ServiceNote spot={spot} />
        </span>
      )}
    </>
  );
}

/** What is being serviced is nobody's failure: said with its end. */
export function ServiceNote({ spot }: { readonly spot: BlindSpotView }): ReactElement | null {
  if (spot.serviced === 0) return null;
  return (
    <>
      {' '}
      <StateTag tone="active">
        {BLIND_TEXT.serviced(spot.serviced)}
        {spot.servicedUntil !== null && (
          <>
            {' '}
            {BLIND_TEXT.until} <TimeText at={spot.servicedUntil} />
          </>
        )}
      </StateTag>
    </>
  );
}
