import { widened } from '#base';
import { DOUBT_STEP, isInOtherUnit, QUALITY, SUSPECT_BITS } from '#model/monitoring';
import type { CompiledSign } from '#signs';

import type { ElementBook } from './element-book.ts';

/** From when to when (epoch ms) a point is being serviced. */
export interface ServiceSpan {
  readonly from: number;
  readonly to: number;
}

/** Which way a change leads to an alarm. */
const UP = 1;
const DOWN = 2;
const EITHER = UP | DOWN;
/** Beside the ways: there are windows in which the point is being serviced. */
const SERVICED = 4;

/** Values held back in a row: the next one is believed whatever it is. */
const MOST_HELD = 2;
/** Two readings a day apart may well be equal: fewer than these tell nothing. */
const ENOUGH_SAME = 12;
/** Doubt below this is none. */
const DOUBT_GONE = 0.01;
/** Added to the number of values held back while a surge may still prove to be a spike. */
const SURGED = 8;
const COUNT_HELD = 7;

/** What is kept of a point: what was believed last; where a surge came from and a held-back jump led; since when it is still. */
const WIDTH = 5;
const BELIEVED = 0;
const BELIEVED_AT = 1;
const SURGED_FROM = 2;
const HELD_VALUE = 3;
const SAME_SINCE = 4;
const NOTHING = [NaN, 0, NaN, NaN, 0] as const;

/**
 * What is asked of each reading beyond its range: did it jump, does it stand still, in what unit is it. Columns are indexed by
 * the point's number; nothing is allocated per reading.
 *
 * A jump is a change beyond the element's largest credible one (`maxChange`, growing with the time passed). It must never hide
 * an alarm (the largest credible change of FIRE.ETEMP equals its red limit), so it depends on where it leads:
 * - towards what a sign watches, it is believed at once and marked `surge`; on-delays are what keeps single spikes from raising;
 * - back to where a surge came from, with the next reading, it is believed: the surge was a spike;
 * - anywhere else it is marked `jump` and held back until the next reading stands where it led: a broken wire's zero is no
 *   recovery. After two held back the third is believed, whatever it is.
 */
export class ReadingChecks {
  /** What is known of each point, {@link WIDTH} numbers side by side: a reading touches one line of the cache, or two. */
  #facts = new Float64Array(1024 * WIDTH);
  #sides = new Uint8Array(1024);
  /** Values held back in a row; and readings with the same value, up to {@link ENOUGH_SAME}. */
  #held = new Uint8Array(1024);
  #sameCount = new Uint8Array(1024);
  readonly #elements: ElementBook;
  readonly #windows = new Map<number, readonly ServiceSpan[]>();
  /** 0: the last readings were all good; 1: all suspect. */
  doubt = new Float32Array(1024);
  /** Marks of the last suspect reading. */
  doubtMarks = new Uint16Array(1024);

  constructor(elements: ElementBook) {
    this.#elements = elements;
    for (let i = 0; i < this.#facts.length; i += WIDTH) this.#facts.set(NOTHING, i);
  }

  grow(n: number): void {
    const facts = new Float64Array(n * WIDTH);
    for (let i = this.#facts.length; i < facts.length; i += WIDTH) facts.set(NOTHING, i);
    this.#facts = widened(facts, this.#facts);
    this.#sides = widened(new Uint8Array(n), this.#sides);
    this.#held = widened(new Uint8Array(n), this.#held);
    this.#sameCount = widened(new Uint8Array(n), this.#sameCount);
    this.doubt = widened(new Float32Array(n), this.doubt);
    this.doubtMarks = widened(new Uint16Array(n), this.doubtMarks);
  }

  /** A sign looks at the point's readings: what leads towards its limits is never held back, nor anything it looks at otherwise than by value. */
  watch(point: number, { measure, lowestHigh, highestLow }: CompiledSign): void {
    const isByValue = measure.kind === 'value' || measure.kind === 'points';
    const sides = (Number.isFinite(lowestHigh) ? UP : 0) | (Number.isFinite(highestLow) ? DOWN : 0);
    this.#sides[point] = (this.#sides[point] ?? 0) | (isByValue ? sides : EITHER);
  }

  /** Conditions of composite signs read the point's values, whichever way they go. */
  watchEither(point: number): void {
    this.#sides[point] = (this.#sides[point] ?? 0) | EITHER;
  }

  /** The windows (检修标定) there are now, by point; all others are over. */
  serve(windows: ReadonlyMap<number, readonly ServiceSpan[]>): void {
    for (const point of this.#windows.keys()) this.#sides[point] = (this.#sides[point] ?? 0) & EITHER;
    this.#windows.clear();
    for (const [point, spans] of windows) {
      this.#windows.set(point, spans);
      this.#sides[point] = (this.#sides[point] ?? 0) | SERVICED;
    }
  }

  /** Whether the point was, or is, being serviced at a moment (epoch ms). */
  isServiced(point: number, at: number): boolean {
    if (((this.#sides[point] ?? 0) & SERVICED) === 0) return false;
    return (this.#windows.get(point) ?? []).some(({ from, to }) => at >= from && at < to);
  }

  /** A suspect reading, by these marks. */
  disbelieve(point: number, marks: number): void {
    const doubt = this.doubt[point] ?? 0;
    this.doubt[point] = doubt + DOUBT_STEP * (1 - doubt);
    this.doubtMarks[point] = marks;
  }

  /** What a point told is of another time: a replay begins or ends. */
  forget(point: number): void {
    const f = point * WIDTH;
    this.#facts[f + BELIEVED] = Number.NaN;
    this.#facts[f + SURGED_FROM] = Number.NaN;
    this.#facts[f + HELD_VALUE] = Number.NaN;
    this.#facts[f + SAME_SINCE] = 0;
    this.#held[point] = 0;
    this.#sameCount[point] = 0;
    this.doubt[point] = 0;
  }

  /** Since when (epoch ms) the value is the same, for elements that are never still; 0 where nothing is known. */
  sameSince(point: number): number {
    return this.#facts[point * WIDTH + SAME_SINCE] ?? 0;
  }

  /** What the tables know of the newest reading. */
  restore(point: number, newest: { at: number; value: number; quality: number; sameSince: number }): void {
    const f = point * WIDTH;
    this.#facts[f + SAME_SINCE] = newest.sameSince;
    this.#sameCount[point] = newest.sameSince > 0 && newest.sameSince < newest.at ? ENOUGH_SAME : 1;
    if ((newest.quality & SUSPECT_BITS) !== 0) {
      this.doubtMarks[point] = newest.quality & SUSPECT_BITS;
      return;
    }
    this.#facts[f + BELIEVED] = newest.value;
    this.#facts[f + BELIEVED_AT] = newest.at;
  }

  /**
   * The marks of a reading, newer than what its point has: those it came with (`q`) and those that are found here. `same`: the
   * value is what the reading before it had.
   */
  // Scalars, not an object: this runs for every reading.
  // oxlint-disable-next-line max-params
  mark(p: number, at: number, v: number, q: number, same: boolean): number {
    const facts = this.#facts;
    const f = p * WIDTH;
    let marks = this.isServiced(p, at) ? q | QUALITY.service : q;
    if (this.#isFlat(p, at, same) && v !== 0) marks |= QUALITY.flat;
    const from = facts[f + BELIEVED] ?? Number.NaN;
    const isNear = Math.abs(v - from) <= this.#elements.maxChangeOf(p);
    if ((marks & SUSPECT_BITS) === 0) marks |= isNear ? this.#settle(p) : this.#leap(p, at, v);
    if ((marks & SUSPECT_BITS) !== 0) return this.#suspect(p, v, marks);
    const doubt = this.doubt[p] ?? 0;
    if (doubt > 0) this.doubt[p] = doubt < DOUBT_GONE ? 0 : (1 - DOUBT_STEP) * doubt;
    facts[f + BELIEVED] = v;
    facts[f + BELIEVED_AT] = at;
    return marks;
  }

  #suspect(p: number, v: number, marks: number): number {
    const isOff = (marks & (QUALITY.range | QUALITY.jump)) !== 0;
    const before = this.#facts[p * WIDTH + BELIEVED] ?? Number.NaN;
    const all = isOff && isInOtherUnit(v, before) ? marks | QUALITY.unit : marks;
    this.disbelieve(p, all);
    return all;
  }

  /** Whether a value is the same for too long, by now. */
  #isFlat(p: number, at: number, same: boolean): boolean {
    const f = p * WIDTH;
    const flatMs = this.#elements.flatMsOf(p);
    if (flatMs === Number.POSITIVE_INFINITY) return false;
    if (!same || this.#facts[f + SAME_SINCE] === 0) {
      this.#facts[f + SAME_SINCE] = at;
      this.#sameCount[p] = 1;
      return false;
    }
    const count = this.#sameCount[p] ?? 0;
    if (count < ENOUGH_SAME) this.#sameCount[p] = count + 1;
    return count >= ENOUGH_SAME && at - (this.#facts[f + SAME_SINCE] ?? at) >= flatMs;
  }

  /** Nothing is held back any more, and no surge may still prove to be a spike; gives no mark. */
  #settle(p: number): number {
    if (this.#held[p] === 0) return 0;
    this.#facts[p * WIDTH + SURGED_FROM] = Number.NaN;
    this.#facts[p * WIDTH + HELD_VALUE] = Number.NaN;
    this.#held[p] = 0;
    return 0;
  }

  /** The mark of a value further from the last believed one than is credible in one period; 0 where so much time has passed. */
  #leap(p: number, at: number, v: number): number {
    const f = p * WIDTH;
    const from = this.#facts[f + BELIEVED] ?? Number.NaN;
    if (Number.isNaN(from)) return 0;
    const credible = this.#credible(p, at);
    if (Math.abs(v - from) <= credible || this.#isConfirmed(p, v, credible)) return this.#settle(p);
    if (((this.#sides[p] ?? 0) & (v > from ? UP : DOWN)) === 0) {
      this.#facts[f + HELD_VALUE] = v;
      this.#held[p] = (this.#held[p] ?? 0) + 1;
      return QUALITY.jump;
    }
    const surgedFrom = this.#facts[f + SURGED_FROM] ?? Number.NaN;
    this.#settle(p);
    this.#facts[f + SURGED_FROM] = Number.isNaN(surgedFrom) ? from : surgedFrom;
    this.#held[p] = SURGED;
    return QUALITY.surge;
  }

  /** How far a value may be from the last believed one by now. */
  #credible(p: number, at: number): number {
    const periods = (at - (this.#facts[p * WIDTH + BELIEVED_AT] ?? 0)) / this.#elements.perMsOf(p);
    return this.#elements.maxChangeOf(p) * Math.max(1, periods);
  }

  /** Back where a surge came from, where the last jump led already, or held back often enough. */
  #isConfirmed(p: number, v: number, credible: number): boolean {
    const f = p * WIDTH;
    const held = this.#held[p] ?? 0;
    return (
      Math.abs(v - (this.#facts[f + SURGED_FROM] ?? Number.NaN)) <= credible ||
      Math.abs(v - (this.#facts[f + HELD_VALUE] ?? Number.NaN)) <= credible ||
      (held & COUNT_HELD) >= MOST_HELD
    );
  }
}
