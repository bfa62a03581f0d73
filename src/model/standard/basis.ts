/**
 * 制订依据: where a value of the standard comes from. A value without a basis may not be published
 * (seed art. 7: the standard changes when its basis changes, so the basis is data).
 *
 * `S` a public page was read · `K` a known clause, not re-read · `P` common practice · `A` our assumption.
 */
export const BASIS_TAGS = ['S', 'K', 'P', 'A'] as const;
export type BasisTag = (typeof BASIS_TAGS)[number];

export interface Basis {
  readonly tag: BasisTag;
  /** Title of the document or, for P and A, in words where the value comes from. */
  readonly document: string;
  readonly clause?: string;
  readonly url?: string;
  /** True only where the value was read in an official page, a reprint of it, a news report or an engineering text. */
  readonly verified: boolean;
  readonly note?: string;
}
