/** What makes a suppression rule (按设计抑制) apply: alarms of a point, of a sign, or of an item. */
export const CAUSE_KINDS = ['point', 'sign', 'item'] as const;
export type CauseKind = (typeof CAUSE_KINDS)[number];

export const CAUSE_KIND_TEXT: Readonly<Record<CauseKind, string>> = {
  point: '监测点',
  sign: '预警体征',
  item: '预警事项',
};

/** Where the rule's item is held: at the cause's own object, at objects that lean on it (依赖关系), or at those that are listed. */
export const SUPPRESSION_REACHES = ['same', 'linked', 'listed'] as const;
export type SuppressionReach = (typeof SUPPRESSION_REACHES)[number];

export const SUPPRESSION_REACH_TEXT: Readonly<Record<SuppressionReach, string>> = {
  same: '同一对象',
  linked: '依赖它的对象',
  listed: '列出的对象',
};
