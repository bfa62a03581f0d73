import type { SystemContext } from '#services/context';
import {
  type Answers,
  deliverNotifications,
  expireNotifications,
  type Mailroom,
  noteRefusedReceipts,
  takeEarlyReceipts,
} from '#services/command';

/** Batches that go out in one round; the process must be able to end soon. */
const A_ROUND = 10;

/** Ends what is too late, sends what waits as long as there is something, and takes what was told of it before it was written down. */
export async function sendNotifications(
  system: SystemContext,
  mailroom: Mailroom,
  answers: Answers,
): Promise<void> {
  await noteRefusedReceipts(system, mailroom);
  await expireNotifications(system);
  await takeEarlyReceipts(system, answers);
  for (let n = 0; n < A_ROUND; n += 1) if ((await deliverNotifications(system, mailroom)) === 0) return;
}
