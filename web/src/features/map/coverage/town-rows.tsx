import type { ReactElement } from 'react';

import { COVERAGE_SCALE, depthOf } from '../../../ui/coverage-scale.ts';
import { moveFocus } from '../../../ui/move-focus.ts';
import { NO_RATE_FILL } from './coverage-layers.ts';
import { Swatch } from './coverage-legend.tsx';
import { COVERAGE_TEXT } from './text.ts';
import { gapsOf, type TownCoverage, wordOf } from './town-coverage.ts';

interface TownRowsProps {
  readonly towns: readonly TownCoverage[];
  readonly onChoose: (town: TownCoverage) => void;
}

/** Every town with its figure: the way to all of them without looking at the map. Arrows move along it. */
export function TownRows({ towns, onChoose }: TownRowsProps): ReactElement {
  return (
    <section className="panel map-objects" aria-label={COVERAGE_TEXT.towns}>
      <div className="panel-head">
        <h2>{COVERAGE_TEXT.towns}</h2>
      </div>
      <ul className="map-rows" onKeyDown={moveFocus}>
        {towns.map((town) => (
          <li key={town.code}>
            <button type="button" onClick={() => onChoose(town)}>
              <Swatch fill={fillOf(town)} />
              <span className="map-row-name">{town.name}</span>
              <span className="map-row-words">
                {[gapsOf(town), wordOf(town)].filter((text) => text !== '').join('　')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function fillOf({ figures }: TownCoverage): string {
  const rate = figures?.elementRate ?? null;
  return (rate === null ? undefined : COVERAGE_SCALE[depthOf(rate)]?.fill) ?? NO_RATE_FILL;
}
