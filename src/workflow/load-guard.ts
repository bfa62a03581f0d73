/** What one desk can bear (ISA-18.2, EEMUA 191: more than 10 alarms in 10 minutes are a flood, fewer than 5 end it). */
export interface LoadLimits {
  /** More new warnings than this in the span begin a flood. */
  readonly enterAbove: number;
  /** Fewer than this end it. */
  readonly leaveBelow: number;
}

/** The span in which a desk's new warnings are counted. */
export const LOAD_SPAN_MS = 600_000;

export type LoadStep = 'begin' | 'end' | 'stay';

/**
 * What becomes of a desk that has had `count` new warnings in the span. Between the two limits everything stays as it is, so that a
 * flood neither begins nor ends twice at one and the same number.
 */
export function nextLoad(inFlood: boolean, count: number, { enterAbove, leaveBelow }: LoadLimits): LoadStep {
  if (!inFlood) return count > enterAbove ? 'begin' : 'stay';
  return count < Math.min(leaveBelow, enterAbove + 1) ? 'end' : 'stay';
}
