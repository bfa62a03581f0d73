import { DETECTOR_BYTES, DETECTOR_FORM } from '#detection';
import type { Database } from '#storage';
import { type Kysely, sql } from 'kysely';

import type { PointBook } from '../point-book.ts';
import { detectorsOf } from './detectors-of.ts';

/**
 * Detectors of these points go on from what was written down of them. Gives up to which reading each knows its point (epoch ms);
 * one of which nothing is written, or in another layout, begins anew and is not among them.
 */
export async function recallDetectors(
  db: Kysely<Database>,
  book: PointBook,
  points: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const watched = points.filter((point) => book.session[point] === 0 && detectorsOf(book, point).length > 0);
  const known = new Map<number, number>();
  if (watched.length === 0) return known;
  const rows = await db
    .selectFrom('detector_memory')
    .selectAll()
    .where(sql<boolean>`point_id = any(${watched}::int[])`)
    .where('form', '=', DETECTOR_FORM)
    .execute();
  for (const { point_id, since, at, readings, memory } of rows) {
    if (memory.byteLength !== DETECTOR_BYTES) continue;
    const numbers = new Float32Array(new Uint8Array(memory).buffer);
    for (const detector of detectorsOf(book, point_id))
      detector.takeUp({ since, at, readings, memory: numbers });
    known.set(point_id, at);
  }
  return known;
}
