/**
 * Readings in columns: what every gateway hands over and the hot path works on. No object per reading.
 *
 * `point` is the point's number (dense, given at registration), `observedAt` the device's time in epoch ms,
 * `quality` the marks set so far (see {@link QUALITY}), `source` an index into {@link READING_SOURCES}.
 * `session` is the replay session all rows belong to; 0 means live.
 */
export interface ReadingBatch {
  readonly length: number;
  readonly point: Int32Array;
  readonly observedAt: Float64Array;
  readonly value: Float64Array;
  readonly quality: Uint16Array;
  readonly source: Uint8Array;
  readonly session: number;
}

/** The regulation's four kinds of sensing (art. 8): 物联感知, 大数据分析, 视频智能识别, 社会感知. */
export const SOURCES = ['iot', 'analytics', 'video', 'social'] as const;
export type Source = (typeof SOURCES)[number];

/** Where a reading comes from: as {@link ReadingBatch.source} numbers them. What a drill's script (演练脚本) tells no device may claim. */
export const READING_SOURCES = [...SOURCES, 'script'] as const;
export type ReadingSource = (typeof READING_SOURCES)[number];
export const SCRIPT_SOURCE = READING_SOURCES.indexOf('script');

/** Takes readings over. Resolves once they are committed; rejects when they were not stored. */
export interface ReadingSink {
  accept(batch: ReadingBatch): Promise<void>;
}

/** Collects rows one by one into a batch; grows as needed. */
export class ReadingBatchBuilder {
  #length = 0;
  #point: Int32Array;
  #observedAt: Float64Array;
  #value: Float64Array;
  #quality: Uint16Array;
  #source: Uint8Array;
  readonly #session: number;

  constructor(session = 0, capacity = 64) {
    this.#session = session;
    this.#point = new Int32Array(capacity);
    this.#observedAt = new Float64Array(capacity);
    this.#value = new Float64Array(capacity);
    this.#quality = new Uint16Array(capacity);
    this.#source = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  // Five scalars instead of one object: this runs once per reading.
  // oxlint-disable-next-line max-params
  add(point: number, observedAt: number, value: number, quality = 0, source = 0): void {
    if (this.#length === this.#point.length) this.#grow();
    const i = this.#length;
    this.#point[i] = point;
    this.#observedAt[i] = observedAt;
    this.#value[i] = value;
    this.#quality[i] = quality;
    this.#source[i] = source;
    this.#length = i + 1;
  }

  /** The batch so far, as views on the builder's arrays: do not add afterwards. */
  finish(): ReadingBatch {
    const n = this.#length;
    return {
      length: n,
      point: this.#point.subarray(0, n),
      observedAt: this.#observedAt.subarray(0, n),
      value: this.#value.subarray(0, n),
      quality: this.#quality.subarray(0, n),
      source: this.#source.subarray(0, n),
      session: this.#session,
    };
  }

  #grow(): void {
    const capacity = this.#point.length * 2;
    const grown = <T extends { set(from: T): void }>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.#point = grown(new Int32Array(capacity), this.#point);
    this.#observedAt = grown(new Float64Array(capacity), this.#observedAt);
    this.#value = grown(new Float64Array(capacity), this.#value);
    this.#quality = grown(new Uint16Array(capacity), this.#quality);
    this.#source = grown(new Uint8Array(capacity), this.#source);
  }
}
