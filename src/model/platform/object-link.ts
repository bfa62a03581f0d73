/** 关联对象: what one object has to do with another; composite signs read the facts of both together. */
export const LINK_KINDS = ['drains', 'powers', 'gauges', 'contains', 'other'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** Said of the object it is written from: “由……排水”. */
export const LINK_TEXT: Readonly<Record<LinkKind, string>> = {
  drains: '排水关系',
  powers: '供电关系',
  gauges: '测量关系',
  contains: '包含关系',
  other: '其他关系',
};
