import { once } from 'node:events';
import { createConnection } from 'node:net';

import { encodeUpload, Framer, parseSegment } from '#protocols/hj212';

import type { Delivery } from './delivery.ts';

/** Environmental monitoring, as HJ 212-2017 table 5 has it; any kind would do. */
const ST = '99';
const PASSWORD = '123456';

/** Sends readings as a logger does: one frame after the other, each once the one before was answered with 9014. */
export async function sendHj212({
  host,
  port,
  deviceCode,
  factor,
  readings,
  signal,
}: Delivery): Promise<void> {
  const socket = createConnection({ host, port, signal });
  try {
    await once(socket, 'connect', { signal });
    const framer = new Framer();
    const answered = new Set<string>();
    let wake = (): void => undefined;
    socket.on('data', (chunk: Buffer) => {
      for (const event of framer.push(chunk)) {
        const outcome = event.kind === 'frame' ? parseSegment(event.segment) : undefined;
        if (outcome?.kind === 'segment' && outcome.segment.cn === '9014')
          answered.add(outcome.segment.qn ?? '');
      }
      wake();
    });
    const lost = new Promise<never>((_, reject) => {
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('网关断开了连接')));
      signal.addEventListener('abort', () => reject(new Error('网关没有应答 9014')), { once: true });
    });
    lost.catch(() => undefined);
    let sentAt = 0;
    for (const { at, value } of readings) {
      // QN names the frame: one millisecond apart at least.
      sentAt = Math.max(Date.now(), sentAt + 1);
      const groups = [[[`${factor}-Rtd`, String(value)]]] as const;
      const frame = encodeUpload({
        mn: deviceCode,
        st: ST,
        cn: '2011',
        pw: PASSWORD,
        observedAt: at,
        sentAt,
        groups,
      });
      const qn = Buffer.from(frame).toString('latin1', 9, 26);
      socket.write(frame);
      while (!answered.has(qn)) await Promise.race([new Promise<void>((resolve) => (wake = resolve)), lost]);
    }
  } finally {
    socket.removeAllListeners('close');
    socket.destroy();
  }
}
