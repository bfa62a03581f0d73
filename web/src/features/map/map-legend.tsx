import type { MapObject } from '#contract/platform';
import { LEVEL_TEXT, LEVELS } from '#model/warning';
import type { ReactElement } from 'react';

import { formatNumber } from '../../app/format.ts';
import { LevelMark } from './level-mark.tsx';
import { LEVEL_MEANING, TEXT } from './text.ts';

/** What the marks mean and how many objects in view wear each. */
export function MapLegend({ objects }: { readonly objects: readonly MapObject[] }): ReactElement {
  const counts = new Map<string | null, number>();
  for (const { level } of objects) counts.set(level, (counts.get(level) ?? 0) + 1);
  return (
    <section className="panel map-legend" aria-label={TEXT.legend}>
      <ul>
        {LEVELS.toReversed().map((level) => (
          <li key={level}>
            <LevelMark level={level} />
            <span>
              {LEVEL_TEXT[level]} <small className="quiet">{LEVEL_MEANING[level]}</small>
            </span>
            <b className="figures">{formatNumber(counts.get(level) ?? 0)}</b>
          </li>
        ))}
        <li>
          <LevelMark level={null} />
          <span>{TEXT.normal}</span>
          <b className="figures">{formatNumber(counts.get(null) ?? 0)}</b>
        </li>
      </ul>
      <p className="quiet">
        {TEXT.clusterHint}。{objects.some((object) => object.simulated) && `${TEXT.simulatedDot}。`}
        {objects.some((object) => object.held) && `${TEXT.heldHollow}。`}
      </p>
    </section>
  );
}
