import type { SystemContext } from '#services/context';
import { deliverNotifications, expireNotifications, type Mailroom } from '#services/command';

/** Batches that go out in one round; the process must be able to end soon. */
const A_ROUND = 10;

/** Ends what is too late, and sends what waits as long as there is something. */
export async function sendNotifications(system: SystemContext, mailroom: Mailroom): Promise<void> {
  await expireNotifications(system);
  for (let n = 0; n < A_ROUND; n += 1) if ((await deliverNotifications(system, mailroom)) === 0) return;
}
