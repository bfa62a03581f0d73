import mqtt from 'mqtt';

import type { Delivery } from './delivery.ts';

const TELEMETRY = 'v1/devices/me/telemetry';

/** Sends readings as a device of ThingsBoard's API does: at QoS 1, each once the one before has its PUBACK. */
export async function sendMqtt({ host, port, token, factor, readings, signal }: Delivery): Promise<void> {
  const client = mqtt.connect({ host, port, username: token, reconnectPeriod: 0, manualConnect: true });
  const lost = new Promise<never>((_, reject) => {
    client.once('error', reject);
    client.once('close', () => reject(new Error('网关断开了连接')));
    signal.addEventListener('abort', () => reject(new Error('网关没有应答 PUBACK')), { once: true });
  });
  lost.catch(() => undefined);
  try {
    const connected = new Promise((resolve) => client.once('connect', resolve));
    client.connect();
    await Promise.race([connected, lost]);
    for (const { at, value } of readings) {
      const message = JSON.stringify({ ts: at, values: { [factor]: value } });
      await Promise.race([client.publishAsync(TELEMETRY, message, { qos: 1 }), lost]);
    }
  } finally {
    client.end(true);
  }
}
