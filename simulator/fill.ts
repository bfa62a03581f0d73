import type { Channel } from './replay-map.ts';

/** One value of one channel, in the element's unit. */
export interface Sample {
  readonly channel: Channel;
  readonly value: number;
}

/** Everything a recording says of one moment (epoch ms). */
export interface Moment {
  readonly at: number;
  readonly samples: readonly Sample[];
}

/**
 * Turns rows into moments in order of time, filling up between rows where the map says so. An hourly total is shared
 * out over its hour; a temperature runs straight to the next row. A blank stays a gap: nothing is filled towards it.
 */
export class Filler {
  readonly #fills: boolean;
  readonly #pending = new Map<number, Sample[]>();
  readonly #last = new Map<Channel, { readonly at: number; readonly value: number }>();

  /** With `fills` false only what was recorded comes out. */
  constructor(fills = true) {
    this.#fills = fills;
  }

  /** Takes a row; gives the moments that are complete now. */
  push(at: number, samples: readonly Sample[]): Moment[] {
    for (const sample of samples) {
      const { fill } = sample.channel;
      if (!this.#fills || fill?.kind !== 'even') this.#put(at, sample);
      if (this.#fills && fill?.kind === 'linear') this.#line(at, sample, fill);
    }
    const ready = this.#flush(at);
    if (this.#fills) for (const sample of samples) this.#share(at, sample);
    return ready;
  }

  end(): Moment[] {
    return this.#flush(Number.POSITIVE_INFINITY);
  }

  #put(at: number, sample: Sample): void {
    const there = this.#pending.get(at);
    if (there) there.push(sample);
    else this.#pending.set(at, [sample]);
  }

  #line(at: number, { channel, value }: Sample, fill: NonNullable<Channel['fill']>): void {
    const before = this.#last.get(channel);
    this.#last.set(channel, { at, value });
    if (!before || at <= before.at || at - before.at > fill.overSeconds * 1000) return;
    for (let t = before.at + fill.everySeconds * 1000; t < at; t += fill.everySeconds * 1000) {
      const part = (t - before.at) / (at - before.at);
      this.#put(t, { channel, value: round(before.value + (value - before.value) * part) });
    }
  }

  #share(at: number, { channel, value }: Sample): void {
    const { fill } = channel;
    if (fill?.kind !== 'even') return;
    const parts = Math.round(fill.overSeconds / fill.everySeconds);
    for (let k = 1; k <= parts; k += 1) {
      this.#put(at + k * fill.everySeconds * 1000, { channel, value: round(value / parts) });
    }
  }

  #flush(to: number): Moment[] {
    const ready = [...this.#pending].filter(([at]) => at <= to).toSorted(([a], [b]) => a - b);
    for (const [at] of ready) this.#pending.delete(at);
    return ready.map(([at, samples]) => ({ at, samples }));
  }
}

/** Six decimals: finer than any sensor here, and no tail of binary fractions on the wire. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6;
