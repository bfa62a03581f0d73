import type { ReactElement } from 'react';

import { formatDateTime, formatShort } from '../app/format.ts';
import { useNow } from '../app/use-now.ts';

const MINUTE_MS = 60_000;

/** A moment in Beijing time, short, with the whole one on hover. */
export function TimeText({ at, whole }: { readonly at: number; readonly whole?: boolean }): ReactElement {
  const minute = useNow(MINUTE_MS);
  const full = formatDateTime(at);
  return (
    <time className="figures" dateTime={new Date(at).toISOString()} title={`${full}（北京时间）`}>
      {whole ? full : formatShort(at, minute)}
    </time>
  );
}
