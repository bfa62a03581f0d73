import { type CompiledSign, excess } from './compile-sign.ts';
import type { SignStates } from './sign-states.ts';

/** A sign's level changed at a point. `value` is what was compared. */
export interface SignChange {
  readonly binding: number;
  /** Row of the sign, in the version that judged. */
  readonly sign: number;
  readonly fromLevel: number;
  readonly toLevel: number;
  /** When it changed, by the readings' clock (epoch ms). */
  readonly at: number;
  readonly value: number;
  /** Worst level and value since it was raised. */
  readonly peakLevel: number;
  readonly peakValue: number;
}

/** What an evaluation gives back: level changes in order, and bindings whose stored state is no longer true. */
export interface Outcome {
  readonly changes: SignChange[];
  readonly touched: Set<number>;
}

/**
 * Judges one good reading (catalog §0.4, ISA-18.2): a level is raised once its condition has held for its on-delay,
 * upgrades at once; it is left one level at a time, each after the value was past the limit by the dead-band for the
 * off-delay. Timers run on the last value for as long as it is fresh: silence is neither a recovery nor a breach.
 *
 * `value` is what is compared (the point's, or what its measure makes of it; never NaN), `freshMs` how long one stays believable.
 */
// Scalars, not an object: this runs for every reading of every sign.
// oxlint-disable-next-line max-params
export function evaluate(
  sign: CompiledSign,
  states: SignStates,
  i: number,
  at: number,
  value: number,
  freshMs: number,
  outcome: Outcome,
): void {
  const quiet = states.isQuiet(i);
  if (quiet && value < sign.lowestHigh && value >= sign.highestLow) {
    states.value[i] = value;
    states.at[i] = at;
    return;
  }
  if (!quiet) runTimers(sign, states, i, at, freshMs, outcome);
  apply(sign, states, i, at, value, freshMs, outcome);
}

/** Lets on- and off-delays run out up to `now` on the last value; call it when no reading comes. */
// oxlint-disable-next-line max-params
export function runTimers(
  sign: CompiledSign,
  states: SignStates,
  i: number,
  now: number,
  freshMs: number,
  outcome: Outcome,
): void {
  const until = Math.min(now, (states.at[i] ?? 0) + freshMs);
  raise(sign, states, i, until, outcome);
  stepDown(sign, states, i, until, outcome);
}

// oxlint-disable-next-line max-params
function apply(
  sign: CompiledSign,
  states: SignStates,
  i: number,
  at: number,
  value: number,
  freshMs: number,
  outcome: Outcome,
): void {
  // After a gap nothing is known of the time between: conditions begin anew.
  const gap = at - (states.at[i] ?? 0) > freshMs;
  let touched = watchLevels(sign, states, i, { at, value, gap });
  states.value[i] = value;
  states.at[i] = at;
  if ((states.level[i] ?? 0) > 0) {
    touched = watchBelow(sign, states, i, gap) || touched;
    notePeak(sign, states, i, value);
  }
  if (touched) outcome.touched.add(i);
  raise(sign, states, i, at, outcome);
  // With no off-delay the step down happens on the very reading that is below.
  if (sign.offDelayMs === 0) stepDown(sign, states, i, at, outcome);
}

/** Starts, keeps or ends each level's on-delay; true when one changed. */
function watchLevels(
  sign: CompiledSign,
  states: SignStates,
  i: number,
  now: { readonly at: number; readonly value: number; readonly gap: boolean },
): boolean {
  let touched = false;
  for (let k = 0; k < 4; k += 1) {
    const before = states.pendingSince[i * 4 + k] ?? 0;
    const holds = now.value >= (sign.highs[k] ?? 0) || now.value < (sign.lows[k] ?? 0);
    const kept = before === 0 || now.gap ? now.at : before;
    const after = holds ? kept : 0;
    if (after === before) continue;
    states.pendingSince[i * 4 + k] = after;
    touched = true;
  }
  return touched;
}

/** Starts, keeps or ends the off-delay of the present level; true when that changed. */
function watchBelow(sign: CompiledSign, states: SignStates, i: number, gap: boolean): boolean {
  const before = states.belowSince[i] ?? 0;
  const after = isBack(sign, states.level[i] ?? 1, states.value[i] ?? 0)
    ? before === 0 || gap
      ? (states.at[i] ?? 0)
      : before
    : 0;
  states.belowSince[i] = after;
  return after !== before;
}

/** Raises to the highest level whose condition has held for its on-delay by `until`. */
// oxlint-disable-next-line max-params
function raise(sign: CompiledSign, states: SignStates, i: number, until: number, outcome: Outcome): void {
  const p = i * 4;
  for (;;) {
    const level = states.level[i] ?? 0;
    // The earliest moment at which any higher level is due; ties go to the highest, for upgrades are immediate.
    let due = Number.POSITIVE_INFINITY;
    let to = 0;
    for (let k = 3; k >= level; k -= 1) {
      const since = states.pendingSince[p + k] ?? 0;
      if (since === 0) continue;
      const when = since + (sign.onDelayMs[k] ?? 0);
      if (when <= until && when < due) {
        due = when;
        to = k + 1;
      }
    }
    if (to === 0) return;
    if (level === 0) {
      states.peakLevel[i] = 0;
      states.peakValue[i] = Number.NaN;
    }
    states.belowSince[i] = 0;
    change(sign, states, i, { to, at: due }, outcome);
  }
}

/** Leaves levels one by one, each after its off-delay, as long as the value stands below them. */
// oxlint-disable-next-line max-params
function stepDown(sign: CompiledSign, states: SignStates, i: number, until: number, outcome: Outcome): void {
  const value = states.value[i] ?? 0;
  for (;;) {
    const level = states.level[i] ?? 0;
    const since = states.belowSince[i] ?? 0;
    if (level === 0 || since === 0 || since + sign.offDelayMs > until) return;
    const at = since + sign.offDelayMs;
    const to = nextLower(sign, level);
    change(sign, states, i, { to, at }, outcome);
    const stillBelow = to > 0 && isBack(sign, to, value);
    states.belowSince[i] = stillBelow ? at : 0;
  }
}

/** The next level below that the sign has; 0 is normal. */
function nextLower(sign: CompiledSign, level: number): number {
  let to = level - 1;
  while (to > 0 && !hasLevel(sign, to)) to -= 1;
  return to;
}

function hasLevel({ highs, lows }: CompiledSign, level: number): boolean {
  return Number.isFinite(highs[level - 1]) || Number.isFinite(lows[level - 1]);
}

/** Whether a value is back past a level's limits by the dead-band. */
function isBack({ highs, lows, deadband }: CompiledSign, level: number, value: number): boolean {
  const [high, low] = [highs[level - 1] ?? 0, lows[level - 1] ?? 0];
  return value < high - deadband && value >= low + deadband;
}

// oxlint-disable-next-line max-params
function change(
  sign: CompiledSign,
  states: SignStates,
  i: number,
  next: { readonly to: number; readonly at: number },
  outcome: Outcome,
): void {
  const fromLevel = states.level[i] ?? 0;
  states.level[i] = next.to;
  if (next.to > fromLevel) notePeak(sign, states, i, states.value[i] ?? 0);
  outcome.changes.push({
    binding: i,
    sign: sign.id,
    fromLevel,
    toLevel: next.to,
    at: next.at,
    value: states.value[i] ?? 0,
    peakLevel: states.peakLevel[i] ?? 0,
    peakValue: states.peakValue[i] ?? 0,
  });
  outcome.touched.add(i);
}

function notePeak(sign: CompiledSign, states: SignStates, i: number, value: number): void {
  const level = states.level[i] ?? 0;
  const peak = states.peakValue[i] ?? Number.NaN;
  if (level > (states.peakLevel[i] ?? 0)) states.peakLevel[i] = level;
  if (Number.isNaN(peak) || excess(sign, value) > excess(sign, peak)) states.peakValue[i] = value;
}
