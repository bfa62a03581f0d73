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
      day?.count(point, observedAt, quality, receivedAt - observedAt <= book.elements.inTimeMsOf(point));
    });
  }

  /** Late rows that were stored. */
  addLate(rows: readonly LateReading[], receivedAt: number, book: PointBook): void {
    for (const { point, observedAt, quality, session } of rows) {
      if (session !== 0) continue;
      const day = this.#day(dayStart(observedAt));
      day.count(point, observedAt, quality, receivedAt - observedAt <= book.elements.inTimeMsOf(point));
    }
  }

  clear(): void {
    this.#days.clear();
  }

  /** Takes out what was counted of some points, day by day. */
  take(points: readonly number[]): readonly DayRows[] {
    const taken: DayRows[] = [];
    for (const [from, day] of this.#days) {
      const rows = day.take(points, dayOf(from));
      if (rows.points.length > 0) taken.push(rows);
      if (day.isEmpty) this.#days.delete(from);
    }
    return taken;
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
  /** Points with something counted. */
  #waiting = 0;
  /** Slot of each point + 1; 0 where it has none yet. */
  #slotOf = new Int32Array(1024);
  #points = new Int32Array(64);
  #received = new Int32Array(64);
  #suspect = new Int32Array(64);
  #inTime = new Int32Array(64);
  #lastAt = new Float64Array(64);
  /** Marks there are any of. */
  #seen = new Uint16Array(64);
  /** By point × 65,536 + bit of the mark. */
  readonly #marks = new Map<number, number>();

  // Scalars, not an object: this runs for every reading.
  // oxlint-disable-next-line max-params
  count(point: number, at: number, quality: number, isInTime: boolean): void {
    const slot = this.#slot(point);
    if (this.#received[slot] === 0) this.#waiting += 1;
    this.#received[slot] = (this.#received[slot] ?? 0) + 1;
    if (isInTime) this.#inTime[slot] = (this.#inTime[slot] ?? 0) + 1;
    if (at > (this.#lastAt[slot] ?? 0)) this.#lastAt[slot] = at;
    if (quality !== 0) this.#mark(point, slot, quality);
  }

  #mark(point: number, slot: number, quality: number): void {
    if (isSuspect(quality)) this.#suspect[slot] = (this.#suspect[slot] ?? 0) + 1;
    this.#seen[slot] = (this.#seen[slot] ?? 0) | quality;
    for (let left = quality; left !== 0; left &= left - 1) {
      const key = point * 65_536 + (left & -left);
      this.#marks.set(key, (this.#marks.get(key) ?? 0) + 1);
    }
  }

  get isEmpty(): boolean {
    return this.#waiting === 0;
  }

  take(points: readonly number[], day: string): DayRows {
    const rows: TakenRows = { day, points: [], received: [], suspect: [], inTime: [], lastAt: [], marks: [] };
    for (const point of points) {
      const slot = (this.#slotOf[point] ?? 0) - 1;
      if (slot >= 0 && this.#received[slot] !== 0) this.#takeOne(point, slot, rows);
    }
    return rows;
  }

  #takeOne(point: number, slot: number, rows: TakenRows): void {
    rows.points.push(point);
    rows.received.push(this.#received[slot] ?? 0);
    rows.suspect.push(this.#suspect[slot] ?? 0);
    rows.inTime.push(this.#inTime[slot] ?? 0);
    rows.lastAt.push(this.#lastAt[slot] ?? 0);
    for (let left = this.#seen[slot] ?? 0; left !== 0; left &= left - 1) {
      const mark = left & -left;
      const key = point * 65_536 + mark;
      rows.marks.push({ point, mark, count: this.#marks.get(key) ?? 0 });
      this.#marks.delete(key);
    }
    this.#received[slot] = this.#suspect[slot] = this.#inTime[slot] = this.#lastAt[slot] = 0;
    this.#seen[slot] = 0;
    this.#waiting -= 1;
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
    this.#seen = wider(new Uint16Array(n), this.#seen);
  }
}

function wider<T extends { set(from: T): void }>(to: T, from: T): T {
  to.set(from);
  return to;
}

/** {@link DayRows} while they are gathered. */
type TakenRows = { [K in keyof DayRows]: DayRows[K] extends readonly (infer One)[] ? One[] : DayRows[K] };
