import type { Sample } from './fill.ts';
import type { Channel } from './replay-map.ts';

/** What was found in a recording while it was read. */
export interface RecordingCounts {
  rows: number;
  /** Blank cells, and cells that say “no value”: never sent, never 0. */
  missing: number;
  /** Cells that are neither a number nor blank. */
  unreadable: number;
  /** Rows whose stamp is no time, or that belong to no event. */
  badTimes: number;
  /** Rows of a moment that had been there already, with the same values: not sent again. */
  duplicates: number;
  /** Rows older than the row before. */
  backwards: number;
}

export const newCounts = (): RecordingCounts => ({
  rows: 0,
  missing: 0,
  unreadable: 0,
  badTimes: 0,
  duplicates: 0,
  backwards: 0,
});

const NO_VALUE: ReadonlySet<string> = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL']);

/** What a cell says of a channel, in the element's unit; nothing when it holds no value, which is counted. */
export function sampleOf(channel: Channel, cell: string | undefined, counts: RecordingCounts): Sample[] {
  const text = (cell ?? '').trim();
  if (NO_VALUE.has(text) || channel.missing.includes(text)) {
    counts.missing += 1;
    return [];
  }
  const number = Number(text);
  if (!Number.isFinite(number)) {
    counts.unreadable += 1;
    return [];
  }
  return [{ channel, value: Math.round((number * channel.scale + channel.offset) * 1e9) / 1e9 }];
}
