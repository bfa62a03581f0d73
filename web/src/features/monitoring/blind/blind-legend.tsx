import { BLIND_STATES } from '#model/monitoring';
import type { ReactElement } from 'react';

import { BlindMark } from './blind-mark.tsx';
import { BLIND_TEXT, STATE_TEXT } from './text.ts';

/** What the marks and their sizes mean. */
export function BlindLegend(): ReactElement {
  return (
    <section className="blind-legend" aria-label={BLIND_TEXT.legend}>
      <ul>
        {BLIND_STATES.map((state) => (
          <li key={state}>
            <BlindMark state={state} /> {STATE_TEXT[state]}
          </li>
        ))}
      </ul>
      <p className="quiet">
        {BLIND_TEXT.legendSize}
        {BLIND_TEXT.legendFigure}。
      </p>
    </section>
  );
}
