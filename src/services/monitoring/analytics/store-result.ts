import { AppError } from '#base';
import type { AnalyticsResult } from '#contract/monitoring';
import { ReadingBatchBuilder, SOURCES } from '#model/monitoring';
import type { Storage, Tx } from '#storage';
import { sql } from 'kysely';

import type { BookedPoint } from '../booked-point.ts';
import type { MonitoringDesk } from '../desk.ts';

/** Who wrote a result, and when it came (epoch ms). */
export interface Written {
  readonly by: string;
  readonly source: number | null;
  readonly at: number;
}

/** The point of a result, where everything it names is known. Throws `reading.unknown-point`, `reading.out-of-range`. */
export function pointOfResult({ ingest }: MonitoringDesk, result: AnalyticsResult): BookedPoint {
  const { book } = ingest;
  const point = book.find(result.point);
  const missing = point ? result.inputs.find((input) => !book.find(input.point))?.point : result.point;
  if (!point || missing !== undefined) throw new AppError('reading.unknown-point', { point: missing });
  const { range } = point;
  if (range && (result.value < range[0] || result.value > range[1]))
    throw new AppError('reading.out-of-range', {
      value: result.value,
      point: point.code,
      range: range.join('～'),
    });
  return point;
}

/**
 * Writes a result: the reading first, which a result sent again repeats without effect, then where it came from. False where
 * it was there already. Throws `service.unavailable`.
 */
export async function storeResult(
  desk: MonitoringDesk,
  inTransaction: <T>(run: (tx: Tx) => Promise<T>) => Promise<T>,
  result: AnalyticsResult,
  written: Written,
): Promise<boolean> {
  const point = pointOfResult(desk, result);
  const builder = new ReadingBatchBuilder(desk.ingest.book.session[point.id] ?? 0, 1);
  builder.add(point.id, result.observedAt, result.value, 0, SOURCES.indexOf('analytics'));
  await desk.ingest.accept(builder.finish());
  const { numAffectedRows } = await inTransaction((tx) =>
    sql`insert into analytics_result (source_id, place, scenario, point_id, model, model_version, confidence, inputs, observed_at, value,
        received_at, written_by)
      values (${written.source}, ${point.place}, ${point.scenario}, ${point.id}, ${result.model}, ${result.version},
        ${result.confidence ?? null}, ${JSON.stringify(result.inputs)}::jsonb, ${new Date(result.observedAt)}, ${result.value},
        ${new Date(written.at)}, ${written.by})
      on conflict do nothing`.execute(tx),
  );
  return (numAffectedRows ?? 0n) > 0n;
}

/** The owner's own transactions: those who write readings hold no scope over tables. */
export function asOwner({ system }: Storage) {
  return <T>(run: (tx: Tx) => Promise<T>): Promise<T> => system.transaction().execute(run);
}
