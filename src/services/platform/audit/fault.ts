/** Ways in which a chain is found broken. */
export type FaultKind =
  | 'changed'
  | 'deleted'
  | 'swapped'
  | 'gap'
  | 'seal'
  | 'cut'
  | 'rewritten'
  | 'planted'
  | 'head';

/** One finding of a verification: where, and what is wrong, in a sentence. */
export interface Fault {
  readonly kind: FaultKind;
  /** Number in the chain; null for a row that has none. */
  readonly seq: number | null;
  readonly auditId: number | null;
  /** Moment of the row, epoch ms; null where there is no row to read it from. */
  readonly at: number | null;
  readonly text: string;
}
