import type { LineContext } from './options.ts';
import type { Delivery } from './reader.ts';

type CommitContext = Pick<LineContext, 'protocol' | 'sink' | 'counters' | 'log'>;

/** 提交各批；返回可以发出的回音（按来帧次序）。没存下的帧不回音，设备会重发。 */
export async function commitDelivery(context: CommitContext, delivery: Delivery): Promise<Uint8Array[]> {
  const { protocol, sink, counters, log } = context;
  const failed = new Set<number>();
  await Promise.all(
    [...delivery.batches].map(async ([session, builder]) => {
      if (builder.length === 0) return;
      try {
        await sink.accept(builder.finish());
      } catch (error) {
        failed.add(session);
        log(`${protocol}.store-failed`, { session, readings: builder.length, error });
      }
    }),
  );
  const answers: Uint8Array[] = [];
  for (const { device, bytes, stores, kept } of delivery.replies) {
    if ((stores && failed.has(device.session)) || (kept && !(await kept))) {
      counters.framesRefused(protocol, 'store-failed', device.code, 1);
      continue;
    }
    counters.framesAccepted(protocol, device.code, 1);
    if (bytes !== undefined) answers.push(bytes);
  }
  return answers;
}
