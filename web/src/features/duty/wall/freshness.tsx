import type { ReactElement } from 'react';

import { formatClock, formatDuration } from '../../../app/format.ts';
import { useNow } from '../../../app/use-now.ts';
import { WALL_TEXT } from './text.ts';

/** After so long without an answer the wall is not to be leant on. */
const STALE_MS = 15_000;
const JUST_MS = 1500;

/** How old what the wall shows is. `at`: when the server last answered, epoch ms; 0: not yet. */
export function Freshness({ at }: { readonly at: number }): ReactElement {
  const now = useNow();
  const age = Math.max(0, now - at);
  const stale = at > 0 && age >= STALE_MS;
  return (
    <p
      className={stale ? 'wall-fresh wall-stale figures' : 'wall-fresh figures'}
      role={stale ? 'alert' : undefined}
    >
      {at === 0 ? WALL_TEXT.waiting : words(at, age, stale)}
    </p>
  );
}

function words(at: number, age: number, stale: boolean): string {
  if (stale) return WALL_TEXT.stale(formatClock(at), formatDuration(age));
  return age < JUST_MS ? WALL_TEXT.freshNow : WALL_TEXT.fresh(formatDuration(age));
}
