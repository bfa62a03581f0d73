import type { ConfidencePart } from '#model/warning';

/** What is known about a warning beside that its signs hold. */
export interface WarningConfidenceFacts {
  /** Of the best point that still speaks for it (see `confidenceOf`); null where nothing is known of its data. */
  readonly data: { readonly value: number; readonly reasons: readonly string[] } | null;
  /** Points of the same element near by, or at the same object, and how many of them are past the same limit. */
  readonly neighbours: { readonly heard: number; readonly agreeing: number };
  /** Sentences of other kinds of source that agree: a picture, a call, an analysis, another sign of the object. */
  readonly others: readonly string[];
  /** Whether all it rests on is what a camera recognised or people reported. */
  readonly suspectedOnly: boolean;
  /** Who verified it; null where nobody has. */
  readonly verifiedBy: string | null;
  /** Since the newest reading that speaks for it, ms; null where there is none. */
  readonly ageMs: number | null;
}

export interface WarningConfidence {
  /** 0: it may be nothing. 1: nothing speaks against it. */
  readonly value: number;
  readonly parts: readonly ConfidencePart[];
}

/** 约定值: no source gives any; each step is chosen so that one independent witness outweighs one doubt. */
const SUSPECTED = 0.5;
const AGREEING_NEIGHBOUR = 0.6;
const OTHER_KIND = 0.5;
const ALONE = 0.85;
const VERIFIED = 0.95;
/** From so many ms without a reading on, what is left of it. */
const AGES = [
  { from: 6 * 3_600_000, factor: 0.5, text: '超过 6 小时没有新读数' },
  { from: 3_600_000, factor: 0.8, text: '超过 1 小时没有新读数' },
] as const;

/**
 * How sure a warning is (可信度), with the parts that make it so. What speaks for it shrinks the doubt that is left, each witness by
 * its factor; what speaks against it shrinks the sureness. Whom a person has verified is nearly sure, whatever the data were.
 */
export function warningConfidence(facts: WarningConfidenceFacts): WarningConfidence {
  const data = dataPart(facts);
  const weighed = [neighbourPart(facts.neighbours), otherPart(facts.others), agePart(facts.ageMs)];
  const against = weighed.reduce((value, { keeps }) => value * keeps, data.value);
  const doubt = weighed.reduce((left, { doubts }) => left * doubts, 1 - against);
  const value = facts.verifiedBy === null ? 1 - doubt : Math.max(1 - doubt, VERIFIED);
  const verified: readonly ConfidencePart[] =
    facts.verifiedBy === null
      ? []
      : [{ kind: 'verified', speaks: 'for', text: `${facts.verifiedBy} 已核实` }];
  const parts = [data.part, ...weighed.flatMap(({ part }) => part ?? []), ...verified];
  return { value: Math.round(value * 100) / 100, parts };
}

/** A part of the weighing: what it leaves of the sureness, what it leaves of the doubt, and what it says. */
interface Weighed {
  readonly keeps: number;
  readonly doubts: number;
  readonly part: ConfidencePart | null;
}

const SILENT: Weighed = { keeps: 1, doubts: 1, part: null };

function dataPart({ data, suspectedOnly }: WarningConfidenceFacts): {
  readonly value: number;
  readonly part: ConfidencePart;
} {
  if (data === null) return { value: 0.5, part: { kind: 'data', speaks: 'neither', text: '数据质量未知' } };
  const reasons = [...(suspectedOnly ? ['只有视频识别或社会上报'] : []), ...data.reasons];
  const value = suspectedOnly ? data.value * SUSPECTED : data.value;
  return {
    value,
    part:
      reasons.length === 0
        ? { kind: 'data', speaks: 'for', text: '数据质量正常' }
        : { kind: 'data', speaks: 'against', text: reasons.join('、') },
  };
}

function neighbourPart({ heard, agreeing }: WarningConfidenceFacts['neighbours']): Weighed {
  if (heard === 0) return SILENT;
  if (agreeing === 0)
    return {
      keeps: ALONE,
      doubts: 1,
      part: { kind: 'neighbours', speaks: 'against', text: `附近 ${heard} 个同类测点都没有越限` },
    };
  return {
    keeps: 1,
    doubts: AGREEING_NEIGHBOUR ** Math.min(agreeing, 5),
    part: { kind: 'neighbours', speaks: 'for', text: `附近 ${heard} 个同类测点中 ${agreeing} 个也越限` },
  };
}

function otherPart(others: readonly string[]): Weighed {
  if (others.length === 0) return SILENT;
  return {
    keeps: 1,
    doubts: OTHER_KIND ** Math.min(others.length, 3),
    part: { kind: 'others', speaks: 'for', text: others.join('；') },
  };
}

function agePart(ageMs: number | null): Weighed {
  const old = ageMs === null ? undefined : AGES.find(({ from }) => ageMs >= from);
  return old
    ? { keeps: old.factor, doubts: 1, part: { kind: 'age', speaks: 'against', text: old.text } }
    : SILENT;
}
