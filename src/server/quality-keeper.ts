import { QualityWatch } from '#services/monitoring';

import type { App } from './app.ts';
import { every } from './every.ts';

const ROUND_MS = 60_000;

/** Looks over the quality of all points once a minute; at the end the minutes that were counted are written down. */
export function keepQuality(
  { system, desk }: Pick<App, 'system' | 'desk'>,
  watched: (work: () => Promise<void>) => () => Promise<void>,
  failed: (error: unknown) => void,
): () => Promise<void> {
  const watch = new QualityWatch();
  const stop = every(
    ROUND_MS,
    watched(() => watch.round(system, desk)),
    failed,
  );
  return async () => {
    await stop();
    await watch.stop(system).catch(failed);
  };
}
