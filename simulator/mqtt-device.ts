import mqtt, { type MqttClient } from 'mqtt';

import type { FrameCounts } from './unanswered.ts';

export interface MqttDeviceOptions {
  readonly host: string;
  readonly port: number;
  /** The device's access token: the user name, as ThingsBoard has it. */
  readonly token: string;
  /** Messages that may wait for their PUBACK at a time. */
  readonly window?: number;
  /** How long a broker that cannot be reached is called again before giving up. */
  readonly patienceMs?: number;
}

const TELEMETRY = 'v1/devices/me/telemetry';
const CALL_AGAIN_MS = 500;

/**
 * A virtual device that speaks ThingsBoard's device API: telemetry with its moment at QoS 1, each message kept until its
 * PUBACK has come and sent again over a new connection when the old one is lost.
 */
export class MqttDevice {
  readonly #options: Required<MqttDeviceOptions>;
  readonly #client: MqttClient;
  readonly #woken = new Set<() => void>();
  #waiting = 0;
  #sent = 0;
  #answered = 0;
  #refused = 0;
  #downSince = Date.now();
  #failure: Error | undefined;
  #published = 0;
  #closed = false;

  constructor(options: MqttDeviceOptions) {
    this.#options = { window: 1, patienceMs: Number.POSITIVE_INFINITY, ...options };
    const { host, port, token } = options;
    this.#client = mqtt.connect({ host, port, username: token, reconnectPeriod: CALL_AGAIN_MS });
    this.#client.on('connect', () => (this.#downSince = 0));
    this.#client.on('packetsend', ({ cmd }) => {
      if (cmd === 'publish') this.#published += 1;
    });
    this.#client.on('error', (error) => this.#down(error));
    this.#client.on('close', () => this.#down(new Error('连接断开')));
  }

  /** What was under way when the line broke is sent again by the library. A refused message is answered as well. */
  get counts(): FrameCounts {
    const resent = Math.max(0, this.#published - this.#sent);
    return { sent: this.#sent, answered: this.#answered, refused: this.#refused, resent };
  }

  /** Sends what was seen at `observedAt` (epoch ms); resolves when the next may be sent. */
  async send(observedAt: number, values: Readonly<Record<string, number>>): Promise<void> {
    await this.#until(() => this.#waiting < this.#options.window);
    if (this.#closed) return;
    this.#sent += 1;
    this.#waiting += 1;
    this.#client.publish(TELEMETRY, JSON.stringify({ ts: observedAt, values }), { qos: 1 }, (error) => {
      this.#waiting -= 1;
      if (error) this.#refused += 1;
      else this.#answered += 1;
      this.#wake();
    });
  }

  /** Resolves when every message has been answered. */
  drain(): Promise<void> {
    return this.#until(() => this.#waiting === 0);
  }

  close(): void {
    this.#closed = true;
    this.#client.end(true);
    this.#wake();
  }

  #down(reason: Error): void {
    if (this.#downSince === 0) this.#downSince = Date.now();
    const { host, port, patienceMs } = this.#options;
    if (this.#closed || Date.now() - this.#downSince < patienceMs) return;
    this.#failure = new Error(
      `连不上 MQTT 端口 ${host}:${port}（${reason.message}）。请确认服务已启动、端口无误。`,
    );
    this.#wake();
  }

  async #until(ready: () => boolean): Promise<void> {
    while (!ready() && !this.#closed && !this.#failure) {
      await new Promise<void>((resolve) => this.#woken.add(resolve));
    }
    if (this.#failure) throw this.#failure;
  }

  #wake(): void {
    const woken = [...this.#woken];
    this.#woken.clear();
    for (const go of woken) go();
  }
}
