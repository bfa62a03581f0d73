import { detect, newDetectorMemory } from '#detection';

import type { CorpusFile } from './corpus.ts';
import type { ScoredFile } from './scoring.ts';

/** The detector over one file, row by row in the file's order. It is told each row's time and value and nothing else. */
export function scoreFile({ at, value, windows, probation }: CorpusFile): ScoredFile {
  const memory = newDetectorMemory();
  const scores = Float64Array.from(value, (read, i) => scoreOf(detect(memory, at[i] ?? Number.NaN, read)));
  return { scores, windows, probation };
}

/** Decades of rarity (0…∞) as NAB's score (0…1): 1 decade is 0.5, 3 are 0.75, 9 are 0.9. */
const scoreOf = (rarity: number): number => rarity / (1 + rarity);
