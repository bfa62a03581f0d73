import { forgetEvents } from '#bus';
import { EVENTS_KEPT_DAYS } from '#model/monitoring';
import { forgetNotifications } from '#services/command';
import type { SystemContext } from '#services/context';
import { forgetDeliveries, mayForget } from '#services/monitoring';
import { forgetTracks } from '#services/response';
import type { Kysely } from 'kysely';

/** A stream resumes from events of this age at the most. */
const EVENTS_KEPT_MS = EVENTS_KEPT_DAYS * 86_400_000;
const BATCH = 5000;

/** Removes what has served its time, while the clock is not in doubt; everything else is kept. */
export async function tidy(house: {
  readonly events: Kysely<never>;
  readonly system: SystemContext;
}): Promise<void> {
  const { events, system } = house;
  if (!(await mayForget(system))) return;
  while ((await forgetEvents(events, system.now() - EVENTS_KEPT_MS, BATCH)) === BATCH);
  while ((await forgetTracks(system)) > 0);
  while ((await forgetDeliveries(system)) > 0);
  while ((await forgetNotifications(system)) > 0);
}
