import { type Sign, SIGN_LEVELS, type SignLevel, type Verification } from '#model/standard';

/** A sign in force with what a chain test needs to know of it. */
export interface TestableSign {
  readonly sign: Sign;
  readonly verification: Verification;
  /** Levels for which the handbook says what to do. */
  readonly handbook: readonly SignLevel[];
  readonly periodSeconds: number;
  readonly range: readonly [number, number];
}

/** What a chain test sends: a value that breaks one level of one sign, and one at which nothing stands. */
export interface TestPlan {
  readonly sign: Sign;
  readonly level: SignLevel;
  readonly breach: number;
  readonly normal: number;
  /** Between two readings: never so long that the one before is no longer believed (s). */
  readonly stepSeconds: number;
  readonly breachReadings: number;
  readonly normalReadings: number;
}

/** A value is believed for three periods, five minutes at least; a reading comes well before that. */
const FRESH_SECONDS = 300;
const STEP_SHARE = 0.8;
/** The first normal value may be taken for a jump and is believed with the second. */
const JUMP_READINGS = 2;
/** A test that would have to send more is no quick look. */
const MOST_READINGS = 200;

/**
 * The sign a scenario's chain is tested with: one that compares the reading itself with numbers, is let through without a person
 * where there is such a one, has a handbook, and needs the fewest readings. The same standard gives the same sign every time.
 */
export function chooseTestSign(signs: readonly TestableSign[]): TestPlan | undefined {
  const plans = signs.flatMap((one) => SIGN_LEVELS.flatMap((level) => planOf(one, level, signs) ?? []));
  const [best] = plans.toSorted(
    (a, b) =>
      a.order.reduce((by, n, i) => by || n - (b.order[i] ?? 0), 0) ||
      (a.plan.sign.code < b.plan.sign.code ? -1 : 1),
  );
  return best?.plan;
}

interface Ranked {
  readonly plan: TestPlan;
  /** The smaller the better, number by number. */
  readonly order: readonly number[];
}

function planOf(one: TestableSign, level: SignLevel, all: readonly TestableSign[]): Ranked | undefined {
  const { sign, verification, handbook, periodSeconds, range } = one;
  const beside = all.filter((other) => other.sign.element === sign.element).map((other) => other.sign);
  const breach = breachOf(sign, level, range);
  const normal = breach === undefined ? undefined : normalOf(beside, range);
  if (breach === undefined || normal === undefined) return undefined;
  const stepSeconds = Math.floor(Math.max(FRESH_SECONDS, 3 * periodSeconds) * STEP_SHARE);
  const levels = SIGN_LEVELS.filter((name) => stands(sign, name, breach)).length;
  const breachReadings = 1 + Math.ceil((sign.levels[level]?.onDelaySeconds ?? 0) / stepSeconds);
  const normalReadings = 1 + JUMP_READINGS + Math.ceil((levels * sign.offDelaySeconds) / stepSeconds);
  if (breachReadings + normalReadings > MOST_READINGS) return undefined;
  const isLetThrough = verification === 'automatic';
  const order = [
    isLetThrough ? 0 : 1,
    handbook.includes(level) ? 0 : 1,
    beside.length,
    levels,
    breachReadings + normalReadings,
  ];
  return { plan: { sign, level, breach, normal, stepSeconds, breachReadings, normalReadings }, order };
}

/** A value that stands at this level and at none above it; undefined where the limits are no plain numbers or leave no room. */
function breachOf(sign: Sign, level: SignLevel, [least, most]: TestableSign['range']): number | undefined {
  const limit = numberOf(sign, level);
  if (
    limit === undefined ||
    SIGN_LEVELS.some((name) => sign.levels[name] && numberOf(sign, name) === undefined)
  )
    return undefined;
  const above = SIGN_LEVELS.slice(0, SIGN_LEVELS.indexOf(level)).flatMap(
    (name) => numberOf(sign, name) ?? [],
  );
  const isLow = sign.direction === 'low';
  const next = isLow ? Math.max(least, ...above) : Math.min(most, ...above);
  // `high` holds at the limit itself, `low` only under it.
  const value = isLow ? (limit + next) / 2 : limit;
  return value >= least && value <= most && stands(sign, level, value) ? value : undefined;
}

/** A value at which none of these signs stands or stays: in the middle of the widest room between their limits. */
function normalOf(signs: readonly Sign[], [least, most]: TestableSign['range']): number | undefined {
  const marks = signs.flatMap(({ levels, deadband }) =>
    SIGN_LEVELS.flatMap((level) =>
      [levels[level]?.limit, levels[level]?.lower].flatMap((at) =>
        typeof at === 'number' ? [at - deadband, at, at + deadband] : [],
      ),
    ),
  );
  const ends = [least, ...marks.filter((mark) => mark > least && mark < most), most].toSorted(
    (a, b) => a - b,
  );
  const rooms = ends
    .slice(1)
    .map((to, i) => ({ from: ends[i] ?? least, to }))
    .toSorted((a, b) => b.to - b.from - (a.to - a.from));
  const middles = [...rooms.map(({ from, to }) => (from + to) / 2), least, most];
  return middles.find((value) => signs.every((sign) => isAtRest(sign, value)));
}

/** Neither at a level nor within the dead-band of one. */
function isAtRest(sign: Sign, value: number): boolean {
  const { deadband } = sign;
  return SIGN_LEVELS.every((level) => {
    const { high, low } = sidesOf(sign, level);
    return value < high - deadband && value >= low + deadband;
  });
}

function stands(sign: Sign, level: SignLevel, value: number): boolean {
  const { high, low } = sidesOf(sign, level);
  return value >= high || value < low;
}

/** What the reading itself is held against; a sign that measures something else, or by a parameter, never stands here. */
function sidesOf(sign: Sign, level: SignLevel): { readonly high: number; readonly low: number } {
  const none = { high: Number.POSITIVE_INFINITY, low: Number.NEGATIVE_INFINITY };
  const cell = sign.levels[level];
  if (!cell || sign.measure.kind !== 'value') return none;
  const high = typeof cell.limit === 'number' ? cell.limit : none.high;
  if (sign.direction === 'high') return { ...none, high };
  if (sign.direction === 'low')
    return { ...none, low: typeof cell.limit === 'number' ? cell.limit : none.low };
  return { high, low: typeof cell.lower === 'number' ? cell.lower : none.low };
}

function numberOf(sign: Sign, level: SignLevel): number | undefined {
  const limit = sign.levels[level]?.limit;
  return sign.measure.kind === 'value' && typeof limit === 'number' ? limit : undefined;
}
