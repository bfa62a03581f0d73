import type { ReactElement } from 'react';

import { formatClock, formatDate } from '../../../app/format.ts';
import { DEPLOYMENT_TEXT } from './text.ts';

/** `2026-11-30 10:02:05.123`: to the millisecond, in Beijing time; or that it has not come to pass. */
export function ExactTime({ at }: { readonly at: number | null }): ReactElement {
  if (at === null) return <span className="quiet">{DEPLOYMENT_TEXT.notYet}</span>;
  const ms = String(Math.floor(at % 1000)).padStart(3, '0');
  return (
    <time className="figures" dateTime={new Date(at).toISOString()}>
      {formatDate(at)} {formatClock(at)}.{ms}
    </time>
  );
}
