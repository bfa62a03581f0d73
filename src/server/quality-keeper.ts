import type { SystemContext } from '#services/context';
import { type MonitoringDesk, QualityWatch } from '#services/monitoring';

import { every } from './every.ts';

const ROUND_MS = 60_000;

/** Looks over the quality of all points once a minute; at the end the minutes that were counted are written down. */
export function keepQuality(
  { system, desk }: { readonly system: SystemContext; readonly desk: MonitoringDesk },
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
