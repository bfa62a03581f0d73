/** So long after a version takes over, readings of the time before may still be on their way. */
const UNDER_WAY_MS = 5 * 60_000;

interface Version<Signs> {
  readonly from: number;
  readonly signs: Signs;
}

/**
 * Which version of the standard each point is judged by: readings of a version's moment and later by it, those before by the one
 * before, point by point, in whatever order points report.
 */
export class VersionLine<Signs> {
  #settled: Signs;
  /** Versions that have been published and not taken over by every point, in the order of their moments. */
  #coming: readonly Version<Signs>[] = [];
  /** How many of them a point has taken over. */
  readonly #taken = new Map<number, number>();
  /** Before this moment (epoch ms) no version takes over: the hot path asks no more than that. */
  nextAt = Number.POSITIVE_INFINITY;
  /** Points may have taken over versions up to this moment by the clock, though what they said before it is still on its way. */
  aheadOf = Number.NEGATIVE_INFINITY;

  constructor(signs: Signs) {
    this.#settled = signs;
  }

  /** What a point is judged by now. */
  of(point: number): Signs {
    const taken = this.#taken.get(point) ?? 0;
    return taken === 0 ? this.#settled : (this.#coming[taken - 1]?.signs ?? this.#settled);
  }

  /** What holds at a moment, whoever has taken it over; undefined where no coming version has its moment by then. */
  at(moment: number): Signs | undefined {
    return this.#coming.findLast(({ from }) => from <= moment)?.signs;
  }

  /** A version has been published that takes over at `from`, or the signs of that moment have become others. */
  expect(from: number, signs: Signs): void {
    const others = this.#coming.filter((version) => version.from !== from);
    this.#coming = [...others, { from, signs }].toSorted((a, b) => a.from - b.from);
    this.nextAt = this.#coming[0]?.from ?? Number.POSITIVE_INFINITY;
  }

  /** A version that was to take over at `from` will not. No point may have taken it. */
  forget(from: number): void {
    this.#coming = this.#coming.filter((version) => version.from !== from);
    this.nextAt = this.#coming[0]?.from ?? Number.POSITIVE_INFINITY;
  }

  /** The moment of the next version that a point which has come to `at` takes over; undefined when it has them all. */
  due(point: number, at: number): number | undefined {
    const next = this.#coming[this.#taken.get(point) ?? 0];
    return next && next.from <= at ? next.from : undefined;
  }

  take(point: number): void {
    this.#taken.set(point, (this.#taken.get(point) ?? 0) + 1);
  }

  /** A point has spoken of a moment before a version that it took over by the clock; true when it is judged by an older one now. */
  takeBack(point: number, at: number): boolean {
    const taken = this.#taken.get(point) ?? 0;
    const past = this.#coming.slice(0, taken).findLastIndex(({ from }) => from <= at) + 1;
    if (past < taken) this.#taken.set(point, past);
    return past < taken;
  }

  /** The newest moment at which a version has taken over by now and not yet by the clock; undefined when there is none. */
  struck(now: number): number | undefined {
    const newest = this.#coming.findLast(({ from }) => from <= now)?.from;
    return newest !== undefined && newest > this.aheadOf ? newest : undefined;
  }

  /** The moment of the newest version of whose past nothing can be under way any more; undefined when there is none. */
  overAt(now: number): number | undefined {
    return this.#coming.findLast(({ from }) => from + UNDER_WAY_MS <= now)?.from;
  }

  /** Every point has taken over what came up to `from`. */
  settle(from: number): void {
    const over = this.#coming.findLastIndex((version) => version.from <= from) + 1;
    this.#settled = this.#coming[over - 1]?.signs ?? this.#settled;
    this.#coming = this.#coming.slice(over);
    for (const [point, taken] of this.#taken) {
      if (taken > over) this.#taken.set(point, taken - over);
      else this.#taken.delete(point);
    }
    this.nextAt = this.#coming[0]?.from ?? Number.POSITIVE_INFINITY;
  }
}
