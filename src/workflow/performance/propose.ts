import { unitText } from '#model/standard';
import {
  type Level,
  LEVEL_TEXT,
  type ProposalKind,
  rankOf,
  type SignProposal,
  STALE_MS,
} from '#model/warning';

import { type ActorHistory, type Episode, repeatsOf } from './actor-history.ts';
import { quantile } from './quantile.ts';

export interface Proposal {
  readonly kind: ProposalKind;
  /** Null where nothing of the standard changes. */
  readonly change: SignProposal | null;
  /** Why, in one sentence with its figures. */
  readonly why: string;
}

/** Fewer than this are no pattern. */
const PATTERN = 3;
/** Nine out of ten are caught; the tenth may be something else. */
const MOST = 0.9;
/** A margin over what was observed. */
const MARGIN = 1.1;
/** A swing wider than this part of what can be measured is no ripple at the limit: the reading jumps. */
const JUMP_SHARE = 0.1;
const SUSPECT_SHARE = 0.05;
const SHORT_MS = 5 * 60_000;
const LONGEST_DELAY_SECONDS = 600;
const DELAY_STEP_SECONDS = 5;
/** So many long alarms of one sign at one point say that its limit is part of everyday life there. */
const OFTEN = 10;

/** The first that fits, the ground first: a sick sensor is mended before its limits are touched. */
const PROPOSERS: readonly ((history: ActorHistory) => Proposal | null)[] = [
  mendSensor,
  raiseDeadband,
  addDelay,
  reviewLimit,
];

/** What would quiet a sign at a point, by what it has done; null where its history asks for nothing. */
export function propose(history: ActorHistory): Proposal | null {
  for (const proposer of PROPOSERS) {
    const proposal = proposer(history);
    if (proposal) return proposal;
  }
  return null;
}

function mendSensor(history: ActorHistory): Proposal | null {
  const why = sickness(history);
  return why === null ? null : { kind: 'mend-sensor', change: null, why: `${why}，先检修传感器，不动限值` };
}

function sickness({ episodes, sign, ...history }: ActorHistory): string | null {
  const { findings, suspectShare, range } = history;
  const [first] = findings;
  if (first !== undefined) return `${findings.length} 起数据异常（${first}），其间报警 ${episodes.length} 次`;
  if (suspectShare !== null && suspectShare >= SUSPECT_SHARE)
    return `${text(suspectShare * 100)}% 的读数存疑，其间报警 ${episodes.length} 次`;
  if (sign?.isSilence && episodes.length >= PATTERN) return `数据中断报警 ${episodes.length} 次`;
  const swing = swingOf({ episodes, sign, ...history });
  if (sign && range !== null && swing !== undefined && swing > range * JUMP_SHARE)
    return `限值上下反复 ${repeatsOf({ episodes, sign, ...history }).length} 次，每次回落 ${text(swing)}${unit(sign)}，超过量程的 ${JUMP_SHARE * 100}%，是读数跳动`;
  return null;
}

/** How far nine of ten repeats fell back; undefined where there is no pattern or nothing is known of it. */
function swingOf(history: ActorHistory): number | undefined {
  const repeats = repeatsOf(history);
  if (repeats.length < PATTERN) return undefined;
  return quantile(known(repeats, 'returned'), MOST);
}

function raiseDeadband(history: ActorHistory): Proposal | null {
  const { sign, episodes } = history;
  const repeats = repeatsOf(history);
  if (!sign?.isNumeric || repeats.length < PATTERN || repeats.length * 2 < episodes.length - 1) return null;
  const fallen = swingOf(history);
  const past = quantile(known(repeats, 'excursion'), MOST);
  const width = fallen ?? past;
  if (width === undefined) return null;
  const to = roundUp(width * MARGIN);
  if (to <= sign.deadband) return null;
  const seen =
    fallen === undefined
      ? `九成越限不超过 ${text(width)}${unit(sign)}（回落多少无读数可查，按上下对称计）`
      : `九成只回落到限值以内 ${text(width)}${unit(sign)}${past === undefined ? '' : `、越限不超过 ${text(past)}${unit(sign)}`}`;
  return {
    kind: 'raise-deadband',
    change: { field: 'deadband', from: sign.deadband, to, unit: sign.unit },
    why: `恢复后 15 分钟内又报警 ${repeats.length} 次（共 ${episodes.length} 次），${seen}，回差由 ${text(sign.deadband)} 加大到 ${text(to)}${unit(sign)}，这些可并为一次`,
  };
}

function addDelay({ sign, episodes, periodSeconds }: ActorHistory): Proposal | null {
  if (!sign) return null;
  const held = episodes.flatMap(({ raisedAt, normalAt, peakLevel }) =>
    normalAt === null
      ? []
      : [{ ms: Math.max(0, normalAt - raisedAt - sign.offDelaySeconds * 1000), peakLevel }],
  );
  const short = held.filter(({ ms }) => ms <= SHORT_MS);
  if (short.length < PATTERN || short.length * 2 < episodes.length) return null;
  const longest =
    (quantile(
      short.map(({ ms }) => ms),
      MOST,
    ) ?? 0) / 1000;
  const worst = quantile(
    short.map(({ peakLevel }) => peakLevel),
    MOST,
  );
  const mildest = sign.levels[0]?.onDelaySeconds ?? 0;
  const step = Math.max(periodSeconds, DELAY_STEP_SECONDS);
  const to = (Math.floor((mildest + longest) / step) + 1) * step;
  const levels = sign.levels.filter(
    ({ level, onDelaySeconds }) => level !== 'red' && rankOf(level) <= (worst ?? 0) && onDelaySeconds < to,
  );
  // Red is never made to wait, and what mostly comes to red would be told all the same.
  if (to > LONGEST_DELAY_SECONDS || levels.length === 0 || worst === rankOf('red')) return null;
  const from = Math.min(...levels.map(({ onDelaySeconds }) => onDelaySeconds));
  return {
    kind: 'add-delay',
    change: { field: 'onDelaySeconds', levels: levels.map(({ level }) => level), from, to },
    why: `${episodes.length} 次报警中 ${short.length} 次在 5 分钟内自行恢复，九成越限不超过 ${text(longest)} 秒，${levelNames(levels)}持续时间由 ${from} 秒加长到 ${to} 秒，这些不再报警；红色不加`,
  };
}

function reviewLimit({ episodes, from, to }: ActorHistory): Proposal | null {
  const lasted = episodes.map(({ raisedAt, normalAt }) => (normalAt ?? to) - raisedAt);
  const longest = Math.max(0, ...lasted);
  if (longest > STALE_MS) {
    const stood = lasted.reduce((sum, ms) => sum + ms, 0);
    return {
      kind: 'review-limit',
      change: null,
      why: `连续报警最长 ${days(longest)} 天，${days(to - from)} 天里共 ${days(stood)} 天在报警，限值已不起作用：复核限值，设备不用的停用`,
    };
  }
  if (episodes.length < OFTEN) return null;
  const middle = quantile(lasted, 0.5) ?? 0;
  return {
    kind: 'review-limit',
    change: null,
    why: `${days(to - from)} 天报警 ${episodes.length} 次，每次约 ${text(middle / 60_000)} 分钟，既不抖动也不短暂：限值可能偏严，请复核`,
  };
}

function known(episodes: readonly Episode[], field: 'excursion' | 'returned'): readonly number[] {
  return episodes.flatMap((one) => one[field] ?? []);
}

function levelNames(levels: readonly { readonly level: Level }[]): string {
  return levels.map(({ level }) => LEVEL_TEXT[level]).join('、');
}

function unit({ unit: of }: { readonly unit: string }): string {
  const told = unitText(of);
  return told === '' ? '' : ` ${told}`;
}

/** Three digits that count. */
function text(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function days(ms: number): string {
  return String(Math.round(ms / 8_640_000) / 10);
}

/** Upwards to two digits that count: 0.0312 is 0.032. */
function roundUp(value: number): number {
  if (value <= 0) return 0;
  const digits = 1 - Math.floor(Math.log10(value));
  const step = 10 ** -digits;
  return Number((Math.ceil(value / step - 1e-9) * step).toFixed(Math.max(0, digits)));
}
