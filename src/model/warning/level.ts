/**
 * The four levels of a warning, lowest first (catalog §0.3): 蓝 一般, 黄 较重, 橙 严重, 红 特别严重.
 * A level's rank is its place in this list plus one; rank 0 means normal (no level).
 */
export const LEVELS = ['blue', 'yellow', 'orange', 'red'] as const;
export type Level = (typeof LEVELS)[number];
/** 0 = normal, 1 = blue … 4 = red. */
export type LevelRank = 0 | 1 | 2 | 3 | 4;

export const LEVEL_TEXT: Readonly<Record<Level, string>> = {
  blue: '蓝色',
  yellow: '黄色',
  orange: '橙色',
  red: '红色',
};

export function rankOf(level: Level | null | undefined): LevelRank {
  if (!level) return 0;
  return RANKS[level];
}

const RANKS: Readonly<Record<Level, LevelRank>> = { blue: 1, yellow: 2, orange: 3, red: 4 };

/** The level of a rank; undefined for 0 and for anything that is no rank. */
export function levelOf(rank: number): Level | undefined {
  return LEVELS[rank - 1];
}
