import { DATA_REASON_TEXT, type DataReason } from './data-reason.ts';

/** What is known of a point at a moment. */
export interface ConfidenceFacts {
  readonly heard: boolean;
  readonly stale: boolean;
  readonly serviced: boolean;
  readonly suspect: boolean;
  /** 0: the last readings were all good; 1: all suspect. */
  readonly doubt: number;
  readonly reasons: readonly DataReason[];
  /** Score of today and yesterday, 0–100; null where it has none. */
  readonly score: number | null;
}

export interface Confidence {
  /** 0: tells nothing; 1: nothing speaks against it. */
  readonly value: number;
  readonly reasons: readonly string[];
}

/** How far the newest value of a point may be leant on, and what speaks against it: each reason takes its part. */
export function confidenceOf(facts: ConfidenceFacts): Confidence {
  if (!facts.heard) return { value: 0, reasons: ['从未收到数据'] };
  const against: readonly (readonly [boolean, number, string])[] = [
    [facts.stale, 0.1, '超时未更新'],
    [facts.serviced, 0.2, '正在检修标定'],
    [facts.suspect, 0.3, '最新读数存疑'],
    [facts.doubt > 0.1, 1 - 0.7 * facts.doubt, `近期存疑读数占 ${Math.round(facts.doubt * 100)} %`],
    [facts.score !== null && facts.score < 75, 0.8, '近两日质量低于良'],
    ...facts.reasons.map((reason) => [true, 0.6, DATA_REASON_TEXT[reason]] as const),
  ];
  const found = against.filter(([holds]) => holds);
  const value = found.reduce((product, [, factor]) => product * factor, 1);
  return { value: Math.round(value * 100) / 100, reasons: found.map(([, , reason]) => reason) };
}
