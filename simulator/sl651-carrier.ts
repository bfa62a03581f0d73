import type { CarriedCounts, Carrier } from './carrier.ts';
import type { Moment } from './fill.ts';
import type { ReplayMap } from './replay-map.ts';
import { Sl651Device, type Sl651DeviceOptions } from './sl651-device.ts';
import type { ElementValue } from './sl651-report.ts';

/** Each device of the map is a station of its own, with its own connection. The protocol's moments are whole minutes. */
export class Sl651Carrier implements Carrier {
  readonly #stations: ReadonlyMap<string, Sl651Device>;

  constructor({ devices }: Pick<ReplayMap, 'devices'>, options: Omit<Sl651DeviceOptions, 'station'>) {
    this.#stations = new Map(
      devices.map(({ code }) => [code, new Sl651Device({ ...options, station: code, keepingMs: 0 })]),
    );
  }

  async send({ at, samples }: Moment): Promise<void> {
    const elements = new Map<string, ElementValue[]>();
    for (const { channel, value } of samples) {
      const own = elements.get(channel.device) ?? [];
      own.push({ id: channel.factor, value });
      elements.set(channel.device, own);
    }
    await Promise.all([...elements].map(async ([code, own]) => this.#stations.get(code)?.report(at, own)));
  }

  async flush(): Promise<void> {
    await Promise.all([...this.#stations.values()].map((station) => station.drain()));
  }

  counts(): CarriedCounts {
    const total = { sent: 0, answered: 0, refused: 0, resent: 0 };
    for (const { counts } of this.#stations.values()) {
      total.sent += counts.sent;
      total.answered += counts.answered;
      total.refused += counts.refused;
      total.resent += counts.resent;
    }
    return { unit: 'frames', ...total };
  }

  close(): void {
    for (const station of this.#stations.values()) station.close();
  }
}
