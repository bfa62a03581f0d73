import type { Subscription } from '#bus';
import { type MonitoringDesk, recountCorrected, serveWindows } from '#services/monitoring';
import type { Database } from '#storage';

/** What follows when people mend data or have devices serviced. */
export function qualitySubscriptions(
  now: () => number,
  desk: MonitoringDesk,
): readonly Subscription<Database>[] {
  return [
    {
      name: 'monitoring.recount-bad',
      types: ['reading.corrected'],
      handle: (tx, events) =>
        recountCorrected(
          tx,
          events.map(({ payload }) => payload.id),
        ),
    },
    {
      name: 'monitoring.serve-windows',
      types: ['service-window.changed'],
      handle: (tx) => serveWindows(tx, desk, now()),
    },
  ];
}
