import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

import type { Delivery } from './delivery.ts';

const PATH = '/api/v1/readings';

interface Reply {
  readonly status: number;
  readonly text: string;
}

/** Sends readings as a device with a token does: one request after the other, each answered once its reading is committed. */
export async function sendHttp(delivery: Delivery): Promise<void> {
  for (const { at, value } of delivery.readings) {
    const { status, text } = await post(delivery, [{ point: delivery.point, observedAt: at, value }]);
    if (status !== 200) throw new Error(`答复 ${status}：${text.slice(0, 200)}`);
    const { accepted } = JSON.parse(text) as { readonly accepted?: number };
    if (accepted !== 1) throw new Error(`没有收下读数：${text.slice(0, 200)}`);
  }
}

function post({ host, port, tls, token, signal }: Delivery, rows: readonly object[]): Promise<Reply> {
  const body = JSON.stringify(rows);
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  // The door is this process's own, by its address: what its certificate says of its name is for others.
  const options = { host, port, path: PATH, method: 'POST', headers, signal, rejectUnauthorized: false };
  return new Promise((resolve, reject) => {
    const asked = (tls ? secure : plain)(options, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (part: string) => (text += part));
      reply.once('end', () => resolve({ status: reply.statusCode ?? 0, text }));
      reply.once('error', reject);
    });
    asked.once('error', (error) => reject(signal.aborted ? new Error('没有应答') : error));
    asked.end(body);
  });
}
