import { QUALITY } from '#model/monitoring';
import { type Kysely, sql } from 'kysely';

import type { Database } from '../tables/database.ts';
import { type HistoryAsk, moment, REPLAYED } from './hot-rows.ts';
import { copyColumns, firstAt, type ReadingColumns } from './reading-columns.ts';

/** A correction (数据修正) that stands; moments in epoch ms, both inside. */
interface Correction {
  readonly point: number;
  readonly from: number;
  readonly to: number;
  readonly kind: 'bad' | 'correct';
  readonly scale: number;
  readonly shift: number;
}

/** By point, newest first: where several touch a reading, the newest holds. */
export type Corrections = ReadonlyMap<number, readonly Correction[]>;

/** The corrections that touch what is asked for. */
export async function loadCorrections(
  db: Kysely<Database>,
  { points, from, to }: Pick<HistoryAsk, 'points' | 'from' | 'to'>,
): Promise<Corrections> {
  const { rows } = await sql<Correction>`
    select * from corrections_of(${[...points]}::int[], ${moment(from)}, ${moment(to)})`.execute(db);
  return Map.groupBy(rows, ({ point }) => point);
}

/**
 * A point's readings as people have corrected them: values, the marks `bad` and `corrected`, and beside them in `raw` what was
 * sent. What nobody has touched is given back as it is. Replayed rows are no record of Pudong and stay as they were played.
 */
export function correctColumns(
  columns: ReadingColumns,
  corrections: readonly Correction[] = [],
): ReadingColumns {
  const touching = corrections.filter(({ from, to }) => firstAt(columns, from) < firstAt(columns, to + 1));
  if (touching.length === 0) return columns;
  const corrected = { ...copyColumns(columns), raw: columns.value.slice() };
  // The oldest first, each from what was sent: the newest is what remains.
  for (const correction of touching.toReversed()) apply(corrected, columns, correction);
  return corrected;
}

function apply(
  corrected: ReadingColumns,
  sent: ReadingColumns,
  { from, to, kind, scale, shift }: Correction,
): void {
  const mark = kind === 'bad' ? QUALITY.bad : QUALITY.corrected;
  for (let i = firstAt(sent, from); i < firstAt(sent, to + 1); i += 1) {
    if ((sent.source[i] ?? 0) >= REPLAYED) continue;
    const value = sent.value[i] ?? 0;
    corrected.quality[i] = (sent.quality[i] ?? 0) | mark;
    corrected.value[i] = kind === 'correct' ? value * scale + shift : value;
  }
}
