import type { DetectionPart } from '#detection';

/** A point whose readings are rarer, beside its own past, than its element lets pass. */
export interface RarePoint {
  /** What spoke loudest. */
  readonly part: DetectionPart | undefined;
  /** Points of the same element near by that are heard and have learnt their own past; and how many of those are unusual themselves. */
  readonly heard: number;
  readonly agreeing: number;
  /** Something of another kind near by stands past its limits. */
  readonly isWitnessed: boolean;
}

/** An instrument that stands still, or swings as it never did, is looked at by itself: water, gas and weather do not do that. */
const BY_ITSELF: ReadonlySet<DetectionPart | undefined> = new Set(['standstill', 'swing']);

/**
 * Whether what a point tells is improbable (与自身历史不符), so that its data is doubted: neighbours are heard and none of them is unusual, nor
 * does anything else say the same. Where nobody could say the same nobody is contradicted: it may well be true (decision 0037).
 */
export function isImprobable({ part, heard, agreeing, isWitnessed }: RarePoint): boolean {
  if (BY_ITSELF.has(part)) return true;
  return heard > 0 && agreeing === 0 && !isWitnessed;
}
