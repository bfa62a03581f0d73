import { isSuspect } from '#model/monitoring';
import type { Flush } from '#storage';

import { DayFigures, dayOf } from './day-figures.ts';
import type { PointBook } from './point-book.ts';
import type { LateReading, PreparedGroup } from './prepare-group.ts';

/** A small flush is due after this long; a large one waits, for a restart can rebuild it from the readings. */
const FLUSH_MS = 1000;
const FLUSH_ROWS = 5000;
const FLUSH_LATEST_MS = 15_000;
/** Scenario numbers fit a byte; two kinds of rows (live, replay); received and suspect. */
const SLOTS = 256 * 4;

/** What is committed as readings but not yet written down as newest values and counts. */
export class Unflushed {
  readonly #points = new Set<number>();
  readonly #counts = new Map<string, Float64Array>();
  readonly #days = new DayFigures();
  #flushedAt = 0;

  /** `late` are those of the group's late rows that were stored: they count as received too. */
  add(group: PreparedGroup, late: readonly LateReading[], book: PointBook): void {
    for (const point of group.moved) this.#points.add(point);
    if (group.copy.rows > 0) {
      const counts = this.#countsOf(group.receivedAt);
      group.tally.counts.forEach((count, i) => {
        if (count !== 0) counts[i] = (counts[i] ?? 0) + count;
      });
    }
    this.#days.add(group.copy, group.receivedAt, book);
    this.#days.addLate(late, group.receivedAt, book);
    for (const row of late) {
      const k = ((book.scenario[row.point] ?? 0) * 2 + (row.session === 0 ? 0 : 1)) * 2;
      const counts = this.#countsOf(group.receivedAt);
      counts[k] = (counts[k] ?? 0) + 1;
      if (isSuspect(row.quality)) counts[k + 1] = (counts[k + 1] ?? 0) + 1;
    }
  }

  /** Everything is written down, or memory was rebuilt from the tables. */
  clear(now: number): void {
    this.#points.clear();
    this.#counts.clear();
    this.#days.clear();
    this.#flushedAt = now;
  }

  /** Is it time to write down with this group what has gathered? */
  isDue(group: PreparedGroup, when: { readonly now: number; readonly always: boolean }): boolean {
    const waiting = this.#points.size + group.moved.length;
    if (waiting === 0 && this.#counts.size === 0) return false;
    const since = when.now - this.#flushedAt;
    return when.always || (since >= FLUSH_MS && waiting <= FLUSH_ROWS) || since >= FLUSH_LATEST_MS;
  }

  /**
   * What to write down with this group, its own figures and late rows included: the mark moves past all of them, and a
   * restart counts only what lies behind it.
   */
  withGroup(group: PreparedGroup, late: readonly LateReading[], book: PointBook): Flush {
    this.add(group, late, book);
    const points = [...this.#points];
    return {
      flushedTo: group.receivedAt,
      points,
      observedAt: points.map((point) => book.newestAt[point] ?? 0),
      values: points.map((point) => book.newestValue[point] ?? 0),
      qualities: points.map((point) => book.newestQuality[point] ?? 0),
      intervals: points.map((point) => book.intervalMs[point] ?? 0),
      sameSince: points.map((point) => book.checks.sameSince(point)),
      days: this.#days.rows(),
      counts: [...this.#counts].flatMap(([day, counts]) => countRows(day, counts)),
    };
  }

  #countsOf(receivedAt: number): Float64Array {
    const name = dayOf(receivedAt);
    const counts = this.#counts.get(name) ?? new Float64Array(SLOTS);
    this.#counts.set(name, counts);
    return counts;
  }
}

function countRows(day: string, counts: Float64Array): Flush['counts'][number][] {
  const rows: Flush['counts'][number][] = [];
  for (let k = 0; k < SLOTS / 2; k += 1) {
    const received = counts[k * 2] ?? 0;
    const suspect = counts[k * 2 + 1] ?? 0;
    if (received > 0) rows.push({ day, scenario: k >> 1, replay: (k & 1) === 1, received, suspect });
  }
  return rows;
}
