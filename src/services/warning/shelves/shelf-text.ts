import { LEVEL_TEXT, levelOf, SHELF_REASON_TEXT, type ShelfReason } from '#model/warning';

import { momentText } from './moment-text.ts';

/** What is said of a shelf. */
export interface SpokenShelf {
  readonly madeBy: string;
  readonly level: number;
  readonly reasonKind: ShelfReason;
  readonly reason: string;
  /** Epoch ms. */
  readonly until: number;
}

/** `张三搁置到 18:00（黄色及以下）：设备故障，等待维修；探头进水`. */
export function shelfText({ madeBy, level, reasonKind, reason, until }: SpokenShelf, now: number): string {
  const color = LEVEL_TEXT[levelOf(level) ?? 'blue'];
  const span = level > 1 ? `${color}及以下` : color;
  return `${madeBy}搁置到 ${momentText(until, now)}（${span}）：${SHELF_REASON_TEXT[reasonKind]}；${reason}`;
}
