import type { BlindState } from '#model/monitoring';
import type { ReactElement } from 'react';

import { HATCH, MARKS } from './blind-marks.ts';

/** The mark of the map in small, beside words. */
export function BlindMark({ state }: { readonly state: BlindState }): ReactElement {
  const { fill, line, dash } = MARKS[state];
  return (
    <svg className="blind-mark" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <circle cx="9" cy="9" r="7.5" fill={fill} />
      {state === 'thin' && <path d="M4 12 12 4M7 15 15 7" stroke={HATCH} strokeWidth="2.4" />}
      <circle
        cx="9"
        cy="9"
        r="7.5"
        fill="none"
        stroke={state === 'blind' ? fill : line}
        strokeWidth="1.6"
        strokeDasharray={dash.length > 0 ? '3 2.4' : undefined}
      />
    </svg>
  );
}
