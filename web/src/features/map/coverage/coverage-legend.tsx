import type { ReactElement } from 'react';

import { COVERAGE_SCALE } from '../../../ui/coverage-scale.ts';
import { LACK_RING, NO_RATE_FILL } from './coverage-layers.ts';
import { COVERAGE_TEXT } from './text.ts';

/** What the shades and rings mean. */
export function CoverageLegend(): ReactElement {
  return (
    <section className="panel map-legend map-scale" aria-label={COVERAGE_TEXT.legend}>
      <h2>{COVERAGE_TEXT.legend}</h2>
      <ul>
        {COVERAGE_SCALE.map(({ fill, text }) => (
          <li key={fill}>
            <Swatch fill={fill} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
      <ul>
        <li>
          <Swatch fill={NO_RATE_FILL} />
          <span>{COVERAGE_TEXT.none}</span>
        </li>
        <li>
          <i className="map-ring" style={{ borderColor: LACK_RING }} aria-hidden />
          <span>{COVERAGE_TEXT.lackMark}</span>
        </li>
      </ul>
      <p className="quiet">{COVERAGE_TEXT.legendHint}</p>
    </section>
  );
}

/** A shade of the scale, beside words. */
export function Swatch({ fill }: { readonly fill: string }): ReactElement {
  return <i className="map-swatch" style={{ background: fill }} aria-hidden />;
}
