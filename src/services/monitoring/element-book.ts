import { widened } from '#base';
import { flatAfterMs } from '#model/monitoring';

import type { BookedPoint } from './booked-point.ts';

const MIN_FRESH_MS = 5 * 60_000;
const FRESH_PERIODS = 3;
const IN_TIME_MS = 60_000;

/**
 * What the points of an element have in common, by the element's number; of each point only that number is kept. An element that
 * has become another has another number: points keep what they were added with. Number 0 asks nothing of anybody.
 */
export class ElementBook {
  /** By the point's number: that of its element. */
  of = new Uint32Array(1024);
  readonly rangeMin: number[] = [Number.NEGATIVE_INFINITY];
  readonly rangeMax: number[] = [Number.POSITIVE_INFINITY];
  readonly #lateMs: number[] = [0];
  readonly #inTimeMs: number[] = [0];
  readonly #freshMs: number[] = [0];
  readonly #maxChange: number[] = [Number.POSITIVE_INFINITY];
  readonly #perMs: number[] = [1];
  readonly #flatMs: number[] = [Number.POSITIVE_INFINITY];
  readonly #numbers = new Map<string, number>();

  /** Older than this on arrival (ms), a reading counts as late. */
  lateMsOf(point: number): number {
    return this.#lateMs[this.of[point] ?? 0] ?? 0;
  }

  /** Received within so long (ms) of its observation, a reading is in time: max(T, 60 s) (A5). */
  inTimeMsOf(point: number): number {
    return this.#inTimeMs[this.of[point] ?? 0] ?? 0;
  }

  /** How long a value may stand for the present (ms). */
  freshMsOf(point: number): number {
    return this.#freshMs[this.of[point] ?? 0] ?? 0;
  }

  /** The largest credible change; it may take {@link perMsOf}. */
  maxChangeOf(point: number): number {
    return this.#maxChange[this.of[point] ?? 0] ?? 0;
  }

  perMsOf(point: number): number {
    return this.#perMs[this.of[point] ?? 0] ?? 1;
  }

  /** The same value for longer than this (ms) is a sensor that stands still. */
  flatMsOf(point: number): number {
    return this.#flatMs[this.of[point] ?? 0] ?? 0;
  }

  grow(points: number): void {
    this.of = widened(new Uint32Array(points), this.of);
  }

  add({ id, element, periodMs, range, maxChange }: BookedPoint): void {
    const facts = JSON.stringify([element, periodMs, range, maxChange]);
    const known = this.#numbers.get(facts);
    this.of[id] = known ?? this.#lateMs.length;
    if (known !== undefined) return;
    this.#numbers.set(facts, this.#lateMs.length);
    this.rangeMin.push(range?.[0] ?? Number.NEGATIVE_INFINITY);
    this.rangeMax.push(range?.[1] ?? Number.POSITIVE_INFINITY);
    this.#lateMs.push(Math.max(MIN_FRESH_MS, 2 * periodMs));
    this.#inTimeMs.push(Math.max(IN_TIME_MS, periodMs));
    // What is event driven stands until it says something else.
    this.#freshMs.push(
      periodMs === 0 ? Number.POSITIVE_INFINITY : Math.max(MIN_FRESH_MS, FRESH_PERIODS * periodMs),
    );
    this.#maxChange.push(maxChange?.value ?? Number.POSITIVE_INFINITY);
    this.#perMs.push(maxChange?.perMs ?? 1);
    this.#flatMs.push(flatAfterMs(element, periodMs));
  }
}
