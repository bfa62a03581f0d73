import type { Pushed } from '#contract/monitoring';
import { type OnenetMessage, readOnenet } from '#protocols/push';

import { DeviceTaker } from './device-taker.ts';
import type { IntakeDesk } from './intake-desk.ts';
import { keepMessage } from './keep-message.ts';
import type { OpenSource } from './open-source.ts';

/** One push of OneNET: a message, or several. */
export async function takeOnenet(intake: IntakeDesk, source: OpenSource, body: unknown): Promise<Pushed> {
  const taker = new DeviceTaker(intake, source, 'onenet');
  const read = readOnenet(body);
  if (!read) taker.refuse('not-a-push');
  let kept = 0;
  for (const message of read?.messages ?? []) {
    if (message.kind === 'unknown') {
      const { device, messageType } = message;
      await keepMessage(intake, source, { device: device[0] ?? '', messageType, body });
      kept += 1;
    } else takeOne(taker, message);
  }
  await taker.store();
  return { taken: taker.taken, kept, refused: taker.refused };
}

function takeOne(taker: DeviceTaker, message: Exclude<OnenetMessage, { readonly kind: 'unknown' }>): void {
  if (message.kind === 'fault') {
    taker.refuse(message.reason);
    return;
  }
  const device = taker.find(message.device, JSON.stringify(message));
  if (!device) return;
  if (message.kind === 'life') taker.live(device);
  else taker.take(device, message);
}
