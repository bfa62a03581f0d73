import { platformRoutes } from '#contract/platform';

import type { CarriedCounts, Carrier } from './carrier.ts';
import type { PuanClient } from './client.ts';
import type { Moment } from './fill.ts';
import { MqttDevice, type MqttDeviceOptions } from './mqtt-device.ts';
import type { ReplayMap } from './replay-map.ts';

const TOKEN_MS = 24 * 3_600_000;

/** Each device of the map signs in with a token of its own and has its own connection. */
export class MqttCarrier implements Carrier {
  readonly #devices: ReadonlyMap<string, MqttDevice>;

  private constructor(devices: ReadonlyMap<string, MqttDevice>) {
    this.#devices = devices;
  }

  /** Issues the tokens, which end by themselves, and calls. */
  static async open(
    { devices }: Pick<ReplayMap, 'devices'>,
    client: PuanClient,
    station: Omit<MqttDeviceOptions, 'token'>,
  ): Promise<MqttCarrier> {
    const opened = new Map<string, MqttDevice>();
    for (const { code } of devices) {
      const expiresAt = Date.now() + TOKEN_MS;
      const body = { name: `回放 ${code}`, kind: 'device' as const, device: code, expiresAt };
      const { token } = await client.call(platformRoutes.issueToken, { body });
      opened.set(code, new MqttDevice({ ...station, token }));
    }
    return new MqttCarrier(opened);
  }

  async send({ at, samples }: Moment): Promise<void> {
    const values = new Map<string, Record<string, number>>();
    for (const { channel, value } of samples) {
      const own = values.get(channel.device) ?? {};
      own[channel.factor] = value;
      values.set(channel.device, own);
    }
    await Promise.all([...values].map(async ([code, own]) => this.#devices.get(code)?.send(at, own)));
  }

  async flush(): Promise<void> {
    await Promise.all([...this.#devices.values()].map((device) => device.drain()));
  }

  counts(): CarriedCounts {
    const total = { sent: 0, answered: 0, refused: 0, resent: 0 };
    for (const { counts } of this.#devices.values()) {
      total.sent += counts.sent;
      total.answered += counts.answered;
      total.refused += counts.refused;
      total.resent += counts.resent;
    }
    return { unit: 'frames', ...total };
  }

  close(): void {
    for (const device of this.#devices.values()) device.close();
  }
}
