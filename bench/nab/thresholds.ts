import { readFileSync, writeFileSync } from 'node:fs';

import { CorpusError } from './corpus.ts';
import { bestThreshold, PROFILES, type Profile, type Ranking } from './scoring.ts';

/** The score from which a row is an alarm, one for each profile and the same for all files. */
export type Thresholds = Readonly<Record<Profile['name'], number>>;

export function findThresholds(ranking: Ranking): Thresholds {
  return byProfile((profile) => bestThreshold(ranking, profile));
}

export function saveThresholds(file: string, thresholds: Thresholds): void {
  writeFileSync(file, `${JSON.stringify(thresholds, null, 2)}\n`);
}

/** Reads what {@link saveThresholds} wrote. Throws {@link CorpusError}. */
export function readThresholds(file: string): Thresholds {
  let read: Partial<Record<string, unknown>>;
  try {
    read = JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<string, unknown>>;
  } catch (error) {
    throw new CorpusError(
      `读不到阈值文件 ${file}：${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return byProfile(({ name }) => {
    const threshold = read[name];
    if (typeof threshold === 'number' && Number.isFinite(threshold)) return threshold;
    throw new CorpusError(`阈值文件 ${file} 里没有 ${name}，或它不是数。请用 --save-thresholds 重新保存。`);
  });
}

/** A figure for each profile, rounded to no less than what NAB prints. */
export function byProfile(figure: (profile: Profile) => number): Thresholds {
  const [standard, lowFalse, lowMissed] = PROFILES.map(figure);
  return {
    standard: standard ?? Number.NaN,
    reward_low_FP_rate: lowFalse ?? Number.NaN,
    reward_low_FN_rate: lowMissed ?? Number.NaN,
  };
}
