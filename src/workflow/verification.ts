import { type Level, LEVEL_TEXT, levelOf, rankOf } from '#model/warning';

/** Who owns an alarm that waits for verification: the analyst first, after the limit whoever answers for them. */
export const VERIFIERS = ['business-admin', 'department-owner'] as const;
export type Verifier = (typeof VERIFIERS)[number];

/** An alarm that waits for a person, with its limit (epoch ms). */
export interface WaitingAlarm {
  readonly askedAt: number;
  readonly dueAt: number;
  /** Of the alarm as it stands now. */
  readonly level: number;
  /** Rungs climbed so far. */
  readonly step: number;
}

export interface VerificationRules {
  /** From this level on an alarm that nobody verified in time becomes a warning by itself; null: never. */
  readonly worstCaseFrom: Level | null;
}

/** The rungs of a limit, in percent of it (catalog §3.2 has the same for orders). Beyond the last one it is reminded at each further 100 %. */
const PERCENTS = [50, 100, 200] as const;
const LAST = PERCENTS.length;

export type VerificationStep =
  | { readonly kind: 'wait'; readonly nextAt: number }
  | {
      readonly kind: 'remind';
      readonly percent: number;
      readonly owner: Verifier;
      /** True where the owner changes with this rung. */
      readonly handedOn: boolean;
      readonly step: number;
      readonly nextAt: number;
    }
  | { readonly kind: 'raise'; readonly reason: string };

/** When a rung is due. A limit that was extended moves the rungs ahead with it. */
export function rungAt({ askedAt, dueAt }: Pick<WaitingAlarm, 'askedAt' | 'dueAt'>, step: number): number {
  return askedAt + Math.round(((dueAt - askedAt) * percentOf(step)) / 100);
}

/** What a waiting alarm asks for at a moment. After an outage the worst rung that was missed says it all. */
export function verificationStep(
  alarm: WaitingAlarm,
  rules: VerificationRules,
  at: number,
): VerificationStep {
  const reached = rungsBehind(alarm, at);
  if (reached <= alarm.step) return { kind: 'wait', nextAt: rungAt(alarm, alarm.step) };
  if (reached >= LAST && isWorstCase(alarm.level, rules)) {
    return { kind: 'raise', reason: WORST_CASE };
  }
  const percent = percentOf(reached - 1);
  const owner = ownerAt(reached);
  return {
    kind: 'remind',
    percent,
    owner,
    handedOn: owner !== ownerAt(alarm.step),
    step: reached,
    nextAt: rungAt(alarm, reached),
  };
}

/** Exactly one at every moment: the analyst until the limit has passed, then the department's owner. */
export function ownerAt(step: number): Verifier {
  return step >= 2 ? 'department-owner' : 'business-admin';
}

/** Said of an alarm that became a warning because nobody looked. */
export const WORST_CASE = '到时无人核实，按最坏情况发出';

/** `核实时限已过 50 %`. */
export function verificationText(percent: number): string {
  if (percent < 100) return `核实时限已过 ${percent} %`;
  return percent === 100 ? '核实时限已到' : `核实已超时，用时达时限的 ${percent} %`;
}

/** Why a confirmed alarm may not have this level; undefined where it may. A level above what the signs say needs a reason. */
export function levelFault(signs: number, given: Level, reason: string | undefined): string | undefined {
  if (rankOf(given) <= signs || (reason ?? '').trim() !== '') return undefined;
  const said = levelOf(signs);
  return `体征只到${said ? LEVEL_TEXT[said] : '正常'}，定为${LEVEL_TEXT[given]}须写明理由`;
}

function isWorstCase(level: number, { worstCaseFrom }: VerificationRules): boolean {
  return worstCaseFrom !== null && level >= rankOf(worstCaseFrom);
}

function rungsBehind(alarm: WaitingAlarm, at: number): number {
  let step = 0;
  // The rungs beyond the last are as far apart as the limit is long; a limit of nothing has only the first ones.
  const most = alarm.dueAt > alarm.askedAt ? Number.POSITIVE_INFINITY : LAST;
  while (step < most && rungAt(alarm, step) <= at) step += 1;
  return step;
}

function percentOf(step: number): number {
  return PERCENTS[step] ?? 200 + 100 * (step - LAST + 1);
}
