import type { Town } from '#contract/platform';
import { LEVEL_TEXT, rankOf } from '#model/warning';
import type { ReactElement } from 'react';

import { LevelMark } from './level-mark.tsx';
import { TEXT } from './text.ts';

/** Towns with open warnings, the worst first; choosing one flies there. */
export function TownList({
  towns,
  onChoose,
}: {
  readonly towns: readonly Town[];
  readonly onChoose: (town: Town) => void;
}): ReactElement {
  const warned = towns
    .filter((town) => town.warnings > 0)
    .toSorted((a, b) => rankOf(b.level) - rankOf(a.level) || b.warnings - a.warnings);
  return (
    <section className="panel map-towns" aria-label={TEXT.towns}>
      <div className="panel-head">
        <h2>{TEXT.towns}</h2>
      </div>
      {warned.length === 0 && <p className="map-none">{TEXT.noTowns}</p>}
      <ul>
        {warned.map((town) => (
          <li key={town.code}>
            <button type="button" onClick={() => onChoose(town)}>
              <LevelMark level={town.level} size={13} />
              {town.name}
              <span className="figures">
                {town.level && <span className="sr-only">{LEVEL_TEXT[town.level]}</span>}
                {town.warnings}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
