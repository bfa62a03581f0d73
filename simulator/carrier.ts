import type { Item } from '#protocols/hj212';
import { type PuanClient, type Row, ROWS_PER_POST } from './client.ts';
import type { Moment } from './fill.ts';
import { Hj212Device } from './hj212-device.ts';
import type { ReplayMap } from './replay-map.ts';

/** Readings by their fate, and for frames how often they were sent again. */
export interface CarriedCounts {
  readonly unit: 'readings' | 'frames';
  readonly sent: number;
  readonly answered: number;
  readonly refused: number;
  readonly resent: number;
  /** Why the first one was refused, where the server says it. */
  readonly firstRefusal?: string;
}

/** A way into the server: takes moments in order, as fast as they are answered. */
export interface Carrier {
  send(moment: Moment): Promise<void>;
  /** Everything taken so far is answered, or given up, when this resolves. */
  flush(): Promise<void>;
  counts(): CarriedCounts;
  close(): void;
}

/** By `POST /api/v1/readings`, in batches; rows of a batch that are refused are counted, the others kept. */
export class HttpCarrier implements Carrier {
  readonly #client: PuanClient;
  #rows: Row[] = [];
  #counts = { sent: 0, answered: 0, refused: 0 };
  #firstRefusal: string | undefined;

  constructor(client: PuanClient) {
    this.#client = client;
  }

  async send({ at, samples }: Moment): Promise<void> {
    for (const { channel, value } of samples)
      this.#rows.push({ point: channel.point, observedAt: at, value });
    if (this.#rows.length >= ROWS_PER_POST) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = this.#rows;
    if (rows.length === 0) return;
    this.#rows = [];
    this.#counts.sent += rows.length;
    const { accepted, refused, firstRefusal } = await this.#client.postReadings(rows);
    this.#counts.answered += accepted;
    this.#counts.refused += refused;
    this.#firstRefusal ??= firstRefusal;
  }

  counts(): CarriedCounts {
    const why = this.#firstRefusal === undefined ? {} : { firstRefusal: this.#firstRefusal };
    return { unit: 'readings', ...this.#counts, resent: 0, ...why };
  }

  close(): void {
    this.#rows = [];
  }
}

export interface Hj212Station {
  readonly host: string;
  readonly port: number;
  readonly patienceMs: number;
  /** Frames in flight per device; replay at full speed uses several, as a logger does that sends history. */
  readonly window: number;
}

/** Each device of the map is a logger of its own, with its own connection. */
export class Hj212Carrier implements Carrier {
  readonly #devices: ReadonlyMap<string, Hj212Device>;

  constructor({ devices }: Pick<ReplayMap, 'devices'>, station: Hj212Station) {
    this.#devices = new Map(
      devices.map(({ code, st, pw }) => [code, new Hj212Device({ ...station, mn: code, st, pw })]),
    );
  }

  async send({ at, samples }: Moment): Promise<void> {
    const groups = new Map<string, Item[][]>();
    for (const { channel, value } of samples) {
      const items: Item[] = [
        [`${channel.factor}-Rtd`, String(value)],
        [`${channel.factor}-Flag`, 'N'],
      ];
      const there = groups.get(channel.device);
      if (there) there.push(items);
      else groups.set(channel.device, [items]);
    }
    await Promise.all([...groups].map(async ([code, items]) => this.#devices.get(code)?.upload(at, items)));
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
