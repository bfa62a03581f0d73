import type {
  DeviceDirectory,
  GatewayCounters,
  KnownDevice,
  ReadingBatch,
  UnknownDevice,
} from '#model/monitoring';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';

import { startMqttGateway } from './gateway.ts';
import type { Credentials, MqttGatewayOptions, MqttReader } from './options.ts';

export type Row = readonly [point: number, at: number, value: number, quality: number];

/** Storage that commits when the test says so. */
export class FakeSink {
  readonly stored: Row[] = [];
  hold: Promise<void> = Promise.resolve();
  failures = 0;
  asked = 0;
  /** Rows that were handed over, stored or not. */
  taken = 0;

  async accept(batch: ReadingBatch): Promise<void> {
    this.asked += 1;
    this.taken += batch.length;
    await this.hold;
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('the database is away');
    }
    for (let i = 0; i < batch.length; i += 1) {
      const [point = -1, at = -1] = [batch.point[i], batch.observedAt[i]];
      this.stored.push([point, at, batch.value[i] ?? Number.NaN, batch.quality[i] ?? -1]);
    }
  }
}

/** Devices, counts and storage in memory. Each device's token is `token-{code}`. */
export class World implements DeviceDirectory, GatewayCounters {
  readonly sink = new FakeSink();
  /** By their secret. */
  readonly readers = new Map<string, MqttReader>();
  readonly devices = new Map<string, KnownDevice>();
  readonly quarantined: UnknownDevice[] = [];
  readonly refused: string[] = [];
  readonly unmapped: string[] = [];
  readonly lenient: string[] = [];
  readonly accepted = new Map<string, number>();
  readonly #revoked = new Set<string>();
  readonly #listeners = new Set<Parameters<Credentials['onEnd']>[0]>();
  readonly #closers: (() => Promise<unknown>)[] = [];

  readonly credentials: Credentials = {
    find: (secret) => {
      const reader = this.readers.get(secret);
      if (reader) return Promise.resolve({ protocol: 'sensorthings', deviceCode: '', reader });
      const deviceCode = secret.replace(/^token-/u, '');
      const known = secret.startsWith('token-') && !this.#revoked.has(deviceCode);
      return Promise.resolve(known ? { protocol: 'mqtt', deviceCode } : undefined);
    },
    onEnd: (listener) => {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    },
  };

  /** Ends a device's token. */
  revoke(code: string): void {
    this.#revoked.add(code);
    for (const listener of this.#listeners) listener(({ deviceCode }) => deviceCode === code);
  }

  /** Registers a device whose factors feed points 1, 2, … in this order. */
  device(code: string, factors: readonly string[], settings: KnownDevice['settings'] = {}): void {
    const first = this.devices.size * 10 + 1;
    const bindings = factors.map((factor, i) => [factor, { point: first + i, scale: 1, offset: 0 }] as const);
    const id = this.devices.size + 1;
    this.devices.set(code, { id, code, settings, factors: new Map(bindings), session: 0 });
  }

  get context() {
    return { sink: this.sink, directory: this, counters: this, log: () => undefined };
  }

  async gateway(options: Partial<MqttGatewayOptions> = {}) {
    const gateway = await startMqttGateway({
      ...this.context,
      host: '127.0.0.1',
      port: 0,
      credentials: this.credentials,
      ...options,
    });
    this.onClose(() => gateway.close());
    return gateway;
  }

  /** A client that is connected, does not call again by itself, and ends with the test. */
  async connect(port: number, options: IClientOptions): Promise<MqttClient> {
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0, ...options });
    client.on('error', () => undefined);
    this.onClose(() => client.endAsync(true));
    return client;
  }

  onClose(close: () => Promise<unknown>): void {
    this.#closers.push(close);
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).toReversed()) await close();
  }

  find(_protocol: string, code: string): KnownDevice | undefined {
    return this.devices.get(code);
  }
  all(): readonly KnownDevice[] {
    return [...this.devices.values()];
  }

  quarantine(seen: UnknownDevice): void {
    this.quarantined.push(seen);
  }

  framesAccepted(_protocol: string, code: string, n: number): void {
    this.accepted.set(code, (this.accepted.get(code) ?? 0) + n);
  }

  framesRefused(_protocol: string, reason: string, code: string | undefined): void {
    this.refused.push(`${reason}:${code ?? '?'}`);
  }

  factorsUnmapped(_protocol: string, code: string, factor: string): void {
    this.unmapped.push(`${code}/${factor}`);
  }

  leniencyUsed(_protocol: string, code: string, leniency: string): void {
    this.lenient.push(`${leniency}:${code}`);
  }
}
