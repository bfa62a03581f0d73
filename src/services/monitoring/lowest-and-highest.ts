import type { ReadingColumns, RollUps } from '#storage';

/** A reading as a chart draws it. `at` in epoch ms; `raw` what was sent, where people may have corrected it. */
export interface DrawnReading {
  readonly at: number;
  readonly value: number;
  readonly raw: number;
  readonly quality: number;
  readonly source: number;
}

/**
 * Cuts a stretch of time into slots of the same width and keeps of each its lowest and its highest reading (the earlier of
 * equals): a peak is never averaged away. Readings come in the order of time, in as many pieces as one likes.
 */
export class LowestAndHighest {
  readonly #first: number;
  readonly #step: number;
  readonly #kept: DrawnReading[] = [];
  #slot = Number.NaN;
  #low: DrawnReading | undefined;
  #high: DrawnReading | undefined;

  /** `width` slots between the moments of the first and the last reading (epoch ms). */
  constructor(first: number, last: number, width: number) {
    this.#first = first;
    this.#step = (last - first) / width;
  }

  add(columns: ReadingColumns): void {
    const { observedAt, value, length } = columns;
    for (let i = 0; i < length; i += 1) {
      const at = observedAt[i] ?? 0;
      const slot = this.#step > 0 ? Math.floor((at - this.#first) / this.#step) : 0;
      if (slot !== this.#slot) {
        this.#close();
        this.#slot = slot;
      }
      const v = value[i] ?? 0;
      if (this.#low === undefined || v < this.#low.value) this.#low = rowOf(columns, i);
      if (this.#high === undefined || v > this.#high.value) this.#high = rowOf(columns, i);
    }
  }

  /** What is left, in the order of time. */
  done(): readonly DrawnReading[] {
    this.#close();
    return this.#kept;
  }

  #close(): void {
    const [low, high] = [this.#low, this.#high];
    if (!low || !high) return;
    if (low.at === high.at) this.#kept.push(low);
    else this.#kept.push(...(low.at < high.at ? [low, high] : [high, low]));
    this.#low = this.#high = undefined;
  }
}

export function rowOf(columns: ReadingColumns, i: number): DrawnReading {
  const { observedAt, value, quality, source, raw = value } = columns;
  return {
    at: observedAt[i] ?? 0,
    value: value[i] ?? 0,
    raw: raw[i] ?? 0,
    quality: quality[i] ?? 0,
    source: source[i] ?? 0,
  };
}

/** The lowest and the highest reading of each stretch of roll-ups, in the order of time. */
export function drawnOf(rolled: RollUps): readonly DrawnReading[] {
  const drawn: DrawnReading[] = [];
  for (let i = 0; i < rolled.length; i += 1) {
    const [low, high] = [lowOf(rolled, i), highOf(rolled, i)];
    if (low.at === high.at) drawn.push(low);
    else drawn.push(...(low.at < high.at ? [low, high] : [high, low]));
  }
  return drawn;
}

function lowOf({ lowAt, low, lowRaw, lowQuality, lowSource }: RollUps, i: number): DrawnReading {
  return {
    at: lowAt[i] ?? 0,
    value: low[i] ?? 0,
    raw: lowRaw[i] ?? 0,
    quality: lowQuality[i] ?? 0,
    source: lowSource[i] ?? 0,
  };
}

function highOf({ highAt, high, highRaw, highQuality, highSource }: RollUps, i: number): DrawnReading {
  return {
    at: highAt[i] ?? 0,
    value: high[i] ?? 0,
    raw: highRaw[i] ?? 0,
    quality: highQuality[i] ?? 0,
    source: highSource[i] ?? 0,
  };
}
