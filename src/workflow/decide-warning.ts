import type { WarningChange } from '#model/warning';

/** What one alarm's event says. Levels are ranks: 0 normal, 1 blue … 4 red. */
export interface AlarmNews {
  readonly alarm: number;
  readonly toLevel: number;
  /** Epoch ms, by the readings' clock. */
  readonly at: number;
  readonly reason: string;
}

/** A warning while events are worked through: its level is the highest its alarms justify. */
export interface WarningDraft {
  level: number;
  peakLevel: number;
  reason: string;
  openedAt: number;
  changedAt: number;
  normalAt: number | null;
  /** Level per alarm. */
  readonly evidence: Map<number, number>;
  readonly changes: DraftChange[];
}

export interface DraftChange {
  readonly change: WarningChange;
  readonly at: number;
  readonly fromLevel: number;
  readonly toLevel: number;
  readonly reason: string;
}

/**
 * What an alarm's news makes of the warning of its object and item. Gives the warning as it then stands; undefined when
 * there is none and the news opens none (an alarm that is normal again). A warning that became normal takes no more
 * news: the next alarm opens another one.
 */
export function takeNews(open: WarningDraft | undefined, news: AlarmNews): WarningDraft | undefined {
  if (!open) return news.toLevel === 0 ? undefined : raised(news);
  open.evidence.set(news.alarm, news.toLevel);
  const level = Math.max(0, ...open.evidence.values());
  if (level === open.level) return open;
  const change = changeOf(open.level, level);
  open.changes.push({ change, at: news.at, fromLevel: open.level, toLevel: level, reason: news.reason });
  open.level = level;
  open.peakLevel = Math.max(open.peakLevel, level);
  open.reason = news.reason;
  open.changedAt = news.at;
  if (level === 0) open.normalAt = news.at;
  return open;
}

function raised(news: AlarmNews): WarningDraft {
  const { alarm, toLevel: level, at, reason } = news;
  return {
    level,
    peakLevel: level,
    reason,
    openedAt: at,
    changedAt: at,
    normalAt: null,
    evidence: new Map([[alarm, level]]),
    changes: [{ change: 'raised', at, fromLevel: 0, toLevel: level, reason }],
  };
}

function changeOf(from: number, to: number): WarningChange {
  if (to === 0) return 'normal';
  return to > from ? 'upgraded' : 'stepped-down';
}
