import { isSuspect } from '#model/monitoring';
import type { Flush } from '#storage';

import { DayFigures, dayOf } from './day-figures.ts';
import { KeptDetectors } from './detectors/kept-detectors.ts';
import type { PointBook } from './point-book.ts';
import { type LateReading, type PreparedGroup, ROW_KINDS, rowKindOf, TALLY_SLOTS } from './prepare-group.ts';

/** So many points are written down together with what has gathered, once a second. */
const FEW_POINTS = 5000;
const FLUSH_MS = 1000;
/** More of them are written down in slices, each point about once in this time: no commit waits for all of them. */
const ROUND_MS = 30_000;
const SLICE_MS = 250;
const MOST_IN_SLICE = 8000;

/** What is committed as readings but not yet written down as newest values and counts. */
export class Unflushed {
  /** Points by the receiving time of their first reading that is not written down, oldest first. */
  readonly #points = new Map<number, number>();
  readonly #counts = new Map<string, Float64Array>();
  readonly #days = new DayFigures();
  readonly #detectors = new KeptDetectors();
  #flushedAt = 0;

  /** `late` are those of the group's late rows that were stored: they count as received too. */
  add(group: PreparedGroup, late: readonly LateReading[], book: PointBook): void {
    for (const point of group.moved) this.#wait(point, group.receivedAt);
    for (const { point } of late) this.#wait(point, group.receivedAt);
    this.#count(group, late, book);
  }

  /** Everything is written down, or memory was rebuilt from the tables. */
  clear(now: number): void {
    this.#points.clear();
    this.#counts.clear();
    this.#days.clear();
    this.#detectors.clear();
    this.#flushedAt = now;
  }

  /** How many points are to be written down with this group; 0 when it is not yet time. */
  due(group: PreparedGroup, now: number): number {
    const waiting = this.#points.size + group.moved.length + group.late.length;
    const since = now - this.#flushedAt;
    if (waiting === 0) return 0;
    if (waiting <= FEW_POINTS) return since >= FLUSH_MS ? FEW_POINTS : 0;
    if (since < SLICE_MS) return 0;
    const pace = group.copy.rows > 0 ? Math.ceil((waiting * since) / ROUND_MS) : MOST_IN_SLICE;
    return Math.min(pace, MOST_IN_SLICE);
  }

  /**
   * Takes out the `most` points that wait longest, this group's own included: the mark moves up to the oldest that is left, and a
   * restart counts only what lies behind it. Their newest values are those of now, before the next group is prepared: what is not
   * committed must not be written down. The counts follow once it is known which late rows are stored. Without a commit after it
   * memory is to be rebuilt.
   */
  take(
    group: PreparedGroup,
    { book, most, now }: { readonly book: PointBook; readonly most: number; readonly now: number },
  ): (late: readonly LateReading[]) => Flush {
    for (const point of group.moved) this.#wait(point, group.receivedAt);
    for (const { point } of group.late) this.#wait(point, group.receivedAt);
    const taken: number[] = [];
    for (const point of this.#points.keys()) {
      if (taken.length === most) break;
      taken.push(point);
      this.#points.delete(point);
    }
    this.#flushedAt = now;
    // In one order, so that no two writers wait for each other.
    taken.sort((a, b) => a - b);
    const newest = newestOf(book, taken);
    const detectors = this.#detectors.take(book, taken);
    return (late) => {
      const [oldest] = this.#points.values();
      this.#count(group, late, book);
      const counts = [...this.#counts].flatMap(([day, of]) => countRows(day, of));
      this.#counts.clear();
      return {
        ...newest,
        detectors,
        countedTo: group.receivedAt,
        flushedTo: oldest === undefined ? group.receivedAt : oldest - 1,
        days: this.#days.take(taken),
        counts,
      };
    };
  }

  #count({ tally, copy, receivedAt }: PreparedGroup, late: readonly LateReading[], book: PointBook): void {
    if (copy.rows + late.length === 0) return;
    const counts = this.#countsOf(receivedAt);
    tally.counts.forEach((count, i) => {
      if (count !== 0) counts[i] = (counts[i] ?? 0) + count;
    });
    for (const row of late) {
      const k = ((book.scenario[row.point] ?? 0) * ROW_KINDS + rowKindOf(row.source)) * 2;
      counts[k] = (counts[k] ?? 0) + 1;
      if (isSuspect(row.quality)) counts[k + 1] = (counts[k + 1] ?? 0) + 1;
    }
    this.#days.add(copy, receivedAt, book);
    this.#days.addLate(late, receivedAt, book);
  }

  #wait(point: number, receivedAt: number): void {
    if (!this.#points.has(point)) this.#points.set(point, receivedAt);
  }

  #countsOf(receivedAt: number): Float64Array {
    const name = dayOf(receivedAt);
    const counts = this.#counts.get(name) ?? new Float64Array(TALLY_SLOTS);
    this.#counts.set(name, counts);
    return counts;
  }
}

type Newest = Pick<Flush, 'points' | 'observedAt' | 'values' | 'qualities' | 'intervals' | 'sameSince'>;

/** A point whose rows were all late or of a wrong clock has no newest value. */
function newestOf(book: PointBook, taken: readonly number[]): Newest {
  const points = taken.filter(
    (point) => (book.newestAt[point] ?? Number.NEGATIVE_INFINITY) > Number.NEGATIVE_INFINITY,
  );
  return {
    points,
    observedAt: points.map((point) => book.newestAt[point] ?? 0),
    values: points.map((point) => book.newestValue[point] ?? 0),
    qualities: points.map((point) => book.newestQuality[point] ?? 0),
    intervals: points.map((point) => book.intervalMs[point] ?? 0),
    sameSince: points.map((point) => book.checks.sameSince(point)),
  };
}

function countRows(day: string, counts: Float64Array): Flush['counts'][number][] {
  const rows: Flush['counts'][number][] = [];
  // Scenario 0 is none: self-tests count nowhere.
  for (let k = ROW_KINDS; k < TALLY_SLOTS / 2; k += 1) {
    const received = counts[k * 2] ?? 0;
    const suspect = counts[k * 2 + 1] ?? 0;
    const kind = k % ROW_KINDS;
    const of = { day, scenario: Math.floor(k / ROW_KINDS), replay: kind > 0, script: kind === 2 };
    if (received > 0) rows.push({ ...of, received, suspect });
  }
  return rows;
}
