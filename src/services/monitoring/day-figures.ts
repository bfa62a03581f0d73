import { toBeijing } from '#base';
import { isSuspect } from '#model/monitoring';
import type { DayRows, ReadingCopy } from '#storage';

import type { PointBook } from './point-book.ts';
import type { LateReading } from './prepare-group.ts';

const DAY_MS = 86_400_000;
const BEIJING_MS = 8 * 3_600_000;
const REPLAYED = 16;

/** The day in Beijing of a moment (epoch ms), `2026-11-23`. */
export function dayOf(at: number): string {
  const { year, month, day } = toBeijing(at);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The first moment of the Beijing day a moment lies in; epoch ms. */
export function dayStart(at: number): number {
  return Math.floor((at + BEIJING_MS) / DAY_MS) * DAY_MS - BEIJING_MS;
}

/**
 * Live readings counted by the day they were observed on and by their point, since the last flush. What is added is committed;
 * nothing is allocated per reading but for the first one of a point in a day.
 */
export class DayFigures {
  readonly #days = new Map<number, OneDay>();

  /** The rows of a committed group, as they were written. */
  add(copy: ReadingCopy, receivedAt: number, book: PointBook): void {
    let from = Number.NaN;
    let day: OneDay | undefined;
    copy.walk((point, observedAt, quality, source) => {
      if (source >= REPLAYED) return;
      if (!(observedAt >= from && observedAt < from + DAY_MS)) {
        from = dayStart(observedAt);
        day = this.#day(from);
      }
      day?.count(point, observedAt, quality, receivedAt - observedAt <= (book.inTimeMs[point] ?? 0));
    });
  }

  /** Late rows that were stored. */
  addLate(rows: readonly LateReading[], receivedAt: number, book: PointBook): void {
    for (const { point, observedAt, quality, session } of rows) {
      if (session !== 0) continue;
      const day = this.#day(dayStart(observedAt));
      day.count(point, observedAt, quality, receivedAt - observedAt <= (book.inTimeMs[point] ?? 0));
    }
  }

  clear(): void {
    this.#days.clear();
  }

  get size(): number {
    return this.#days.size;
  }

  /** What is to be written down, day by day. */
  rows(): readonly DayRows[] {
    return [...this.#days].map(([from, day]) => day.rows(dayOf(from)));
  }

  #day(from: number): OneDay {
    const found = this.#days.get(from);
    if (found) return found;
    const day = new OneDay();
    this.#days.set(from, day);
    return day;
  }
}

/** Counts of one day. Points are given slots in the order they appear, so that a day with one late reading costs little. */
class OneDay {
  #length = 0;
  /** Slot of each point + 1; 0 where it has none yet. */
  #slotOf = new Int32Array(1024);
  #points = new Int32Array(64);
  #received = new Int32Array(64);
  #suspect = new Int32Array(64);
  #inTime = new Int32Array(64);
  #lastAt = new Float64Array(64);
  /** By point × 65,536 + bit of the mark. */
  readonly #marks = new Map<number, number>();

  // Scalars, not an object: this runs for every reading.
  // oxlint-disable-next-line max-params
  count(point: number, at: number, quality: number, isInTime: boolean): void {
    const slot = this.#slot(point);
    this.#received[slot] = (this.#received[slot] ?? 0) + 1;
    if (isInTime) this.#inTime[slot] = (this.#inTime[slot] ?? 0) + 1;
    if (at > (this.#lastAt[slot] ?? 0)) this.#lastAt[slot] = at;
    if (quality === 0) return;
    if (isSuspect(quality)) this.#suspect[slot] = (this.#suspect[slot] ?? 0) + 1;
    for (let left = quality; left !== 0; left &= left - 1) {
      const key = point * 65_536 + (left & -left);
      this.#marks.set(key, (this.#marks.get(key) ?? 0) + 1);
    }
  }

  rows(day: string): DayRows {
    const n = this.#length;
    return {
      day,
      points: this.#points.subarray(0, n),
      received: this.#received.subarray(0, n),
      suspect: this.#suspect.subarray(0, n),
      inTime: this.#inTime.subarray(0, n),
      lastAt: this.#lastAt.subarray(0, n),
      marks: [...this.#marks].map(([key, count]) => ({
        point: Math.floor(key / 65_536),
        mark: key % 65_536,
        count,
      })),
    };
  }

  #slot(point: number): number {
    const known = this.#slotOf[point] ?? 0;
    if (known !== 0) return known - 1;
    const slot = this.#length;
    this.#length += 1;
    if (point >= this.#slotOf.length) this.#slotOf = wider(new Int32Array(2 * point + 2), this.#slotOf);
    this.#slotOf[point] = slot + 1;
    if (slot === this.#points.length) this.#grow();
    this.#points[slot] = point;
    return slot;
  }

  #grow(): void {
    const n = this.#points.length * 2;
    this.#points = wider(new Int32Array(n), this.#points);
    this.#received = wider(new Int32Array(n), this.#received);
    this.#suspect = wider(new Int32Array(n), this.#suspect);
    this.#inTime = wider(new Int32Array(n), this.#inTime);
    this.#lastAt = wider(new Float64Array(n), this.#lastAt);
  }
}

function wider<T extends { set(from: T): void }>(to: T, from: T): T {
  to.set(from);
  return to;
}
