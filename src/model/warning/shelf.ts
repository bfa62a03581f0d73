import type { Level } from './level.ts';

/** How far a shelf (搁置) reaches: one sign at one point, one item at one object, or everything of an object. */
export const SHELF_SCOPES = ['sign', 'item', 'object'] as const;
export type ShelfScope = (typeof SHELF_SCOPES)[number];

export const SHELF_SCOPE_TEXT: Readonly<Record<ShelfScope, string>> = {
  sign: '这个监测点的这个体征',
  item: '这个对象的这个预警事项',
  object: '这个对象的全部报警',
};

/** `proposed`: waits for a second person (red). `ended`: by itself, by somebody, or a proposal nobody confirmed. */
export const SHELF_STATES = ['proposed', 'running', 'ended'] as const;
export type ShelfState = (typeof SHELF_STATES)[number];

export const SHELF_REASONS = [
  'known-fault',
  'construction',
  'exercise',
  'nuisance',
  'in-hand',
  'other',
] as const;
export type ShelfReason = (typeof SHELF_REASONS)[number];

export const SHELF_REASON_TEXT: Readonly<Record<ShelfReason, string>> = {
  'known-fault': '设备故障，等待维修',
  construction: '现场施工或作业',
  exercise: '演练、测试',
  nuisance: '反复误报，已提请修改体征',
  'in-hand': '已在现场处置',
  other: '其他',
};

/** Settings that say how long at most, by level; red is never shelved by one person (decision 0027). */
export const SHELF_SETTING = {
  blue: 'shelving.blue-minutes',
  yellow: 'shelving.yellow-minutes',
  orange: 'shelving.orange-minutes',
  red: 'shelving.red-minutes',
} as const satisfies Readonly<Record<Level, string>>;

/** A reminder goes to whoever shelved so long before the end. */
export const SHELF_REMINDER_MS = 10 * 60_000;
/** A proposal that nobody confirms lapses. */
export const SHELF_PROPOSAL_MS = 30 * 60_000;
