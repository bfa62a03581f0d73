import { isSuspect, QUALITY, qualityMarks, READING_SOURCES } from '#model/monitoring';
import type { ReadingColumns } from '#storage';

import { isReplayed, REPLAY_SOURCE } from '../prepare-group.ts';

/** A reading as a file tells it; moment in epoch ms, marks joined by `;`. */
export interface ReadingCells {
  readonly observedAt: number;
  readonly value: number;
  /** What was sent, where people have corrected it; else null. */
  readonly raw: number | null;
  readonly suspect: boolean;
  readonly marks: string;
  readonly source: string;
  readonly replay: boolean;
}

export function readingCells(columns: ReadingColumns, i: number): ReadingCells {
  const quality = columns.quality[i] ?? 0;
  const source = columns.source[i] ?? 0;
  return {
    observedAt: columns.observedAt[i] ?? 0,
    value: columns.value[i] ?? 0,
    raw: (quality & QUALITY.corrected) === 0 ? null : (columns.raw?.[i] ?? null),
    suspect: isSuspect(quality),
    marks: quality === 0 ? '' : qualityMarks(quality).join(';'),
    source: READING_SOURCES[source % REPLAY_SOURCE] ?? 'iot',
    replay: isReplayed(source),
  };
}
