import { roomFor, widened } from '#base';

/**
 * Condition state of every binding (a sign at a point) in columns, indexed by the binding's number.
 * Times are epoch ms; 0 means "does not hold". Ranks: 0 normal, 1 blue … 4 red.
 */
export class SignStates {
  length = 0;
  level = new Uint8Array(64);
  peakLevel = new Uint8Array(64);
  peakValue = new Float64Array(64);
  /** Last good value compared, and its moment. NaN and −Infinity before the first. */
  value = new Float64Array(64);
  at = new Float64Array(64);
  belowSince = new Float64Array(64);
  /** Four a binding: since when each level's condition has held. */
  pendingSince = new Float64Array(256);

  /** Adds a binding in its normal state and gives its number. */
  add(): number {
    const i = this.length;
    if (i === this.level.length) this.#grow();
    this.length = i + 1;
    this.reset(i);
    return i;
  }

  /** At no level, and no level's condition holds. */
  isQuiet(i: number): boolean {
    const p = i * 4;
    return (
      this.level[i] === 0 &&
      this.pendingSince[p] === 0 &&
      this.pendingSince[p + 1] === 0 &&
      this.pendingSince[p + 2] === 0 &&
      this.pendingSince[p + 3] === 0
    );
  }

  reset(i: number): void {
    this.level[i] = 0;
    this.peakLevel[i] = 0;
    this.peakValue[i] = Number.NaN;
    this.value[i] = Number.NaN;
    this.at[i] = Number.NEGATIVE_INFINITY;
    this.belowSince[i] = 0;
    this.pendingSince.fill(0, i * 4, i * 4 + 4);
  }

  #grow(): void {
    const n = roomFor(this.length, this.level.length);
    this.level = widened(new Uint8Array(n), this.level);
    this.peakLevel = widened(new Uint8Array(n), this.peakLevel);
    this.peakValue = widened(new Float64Array(n), this.peakValue);
    this.value = widened(new Float64Array(n), this.value);
    this.at = widened(new Float64Array(n), this.at);
    this.belowSince = widened(new Float64Array(n), this.belowSince);
    this.pendingSince = widened(new Float64Array(n * 4), this.pendingSince);
  }
}
