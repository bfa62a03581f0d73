import type { AddressGuard } from '#outlets/call';
import type { SystemContext } from '#services/context';
import { deliverWebhooks } from '#services/monitoring';

/** Messages of one webhook that go out in one round; the process must be able to end soon. */
const A_ROUND = 20;

/** Sends what waits, as long as it is taken. */
export async function sendWebhooks(system: SystemContext, guard: AddressGuard): Promise<void> {
  for (let n = 0; n < A_ROUND; n += 1) if ((await deliverWebhooks(system, guard)) === 0) return;
}
