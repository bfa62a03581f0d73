export const CONFIDENCE_PARTS = ['data', 'neighbours', 'others', 'verified', 'age'] as const;
type ConfidencePartKind = (typeof CONFIDENCE_PARTS)[number];

/** One part of how sure a warning is, in the order in which they are weighed. */
export interface ConfidencePart {
  readonly kind: ConfidencePartKind;
  /** Does it speak for the warning, against it, or for neither? */
  readonly speaks: 'for' | 'against' | 'neither';
  readonly text: string;
}
