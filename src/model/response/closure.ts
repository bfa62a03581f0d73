/** What can be wrong with the record of an order (办法 art. 9): 要素缺失、内容不规范、逻辑不合理. */
export const FINDING_KINDS = ['missing', 'malformed', 'contradictory'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export const FINDING_KIND_TEXT: Readonly<Record<FindingKind, string>> = {
  missing: '要素缺失',
  malformed: '内容不规范',
  contradictory: '逻辑不合理',
};

/** The checks of the closure quality gate (结案质量), in the order in which they are told. */
export const CLOSURE_CHECKS = [
  'verdict',
  'note',
  'steps',
  'results',
  'note-empty',
  'result-empty',
  'times',
  'photo-after',
  'span',
  'year',
  'repaired-though-high',
  'false-though-high',
  'number-large',
  'photo-far',
  'photo-old',
  'photo-nowhere',
  'note-like',
] as const;
export type ClosureCheck = (typeof CLOSURE_CHECKS)[number];

/** A photo farther from its object than this is told to the reviewer (catalog §3.2). */
export const PHOTO_FAR_M = 300;
