import type { ReactElement } from 'react';

import { formatDateTime, formatShort } from '../app/format.ts';

/** A moment in Beijing time, short, with the whole one on hover. */
export function TimeText({ at, whole }: { readonly at: number; readonly whole?: boolean }): ReactElement {
  const full = formatDateTime(at);
  return (
    <time className="figures" dateTime={new Date(at).toISOString()} title={`${full}（北京时间）`}>
      {whole ? full : formatShort(at, Date.now())}
    </time>
  );
}
