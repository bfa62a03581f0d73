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

/** What an 抽查 that did not pass asks of the unit, beside its answer. */
export const CLOSURE_REMEDIES = ['reopen', 'amend', 'notice'] as const;
export type ClosureRemedy = (typeof CLOSURE_REMEDIES)[number];

export const CLOSURE_REMEDY_TEXT: Readonly<Record<ClosureRemedy, string>> = {
  reopen: '重开工单',
  amend: '更正记录',
  notice: '书面说明',
};

/** How 抽查 of an order stands. */
export const SAMPLE_STATES = ['waiting', 'passed', 'failed'] as const;
export type SampleState = (typeof SAMPLE_STATES)[number];

/** What an office asks to have answered: about an order, or about a record that did not pass its 抽查. */
export const SUPERVISION_KINDS = ['supervision', 'rectification'] as const;
export type SupervisionKind = (typeof SUPERVISION_KINDS)[number];

export const SUPERVISION_KIND_TEXT: Readonly<Record<SupervisionKind, string>> = {
  supervision: '督办',
  rectification: '整改通知',
};

/** A photo farther from its object than this is told to the reviewer (catalog §3.2). */
export const PHOTO_FAR_M = 300;
