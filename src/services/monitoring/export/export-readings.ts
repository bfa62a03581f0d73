import { AppError } from '#base';
import { type ExportFormat, type exportRoutes, momentText } from '#contract/monitoring';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadPointViews, type PointView } from '../point-view.ts';
import { estimateRows } from './estimate-rows.ts';
import { exportedRows, type ExportSpan } from './exported-rows.ts';
import { readingsCsv } from './readings-csv.ts';
import { readingsParquet } from './readings-parquet.ts';

/** A file that is written while it is sent. */
export interface ReadingExport {
  readonly name: string;
  readonly type: string;
  readonly content: AsyncGenerator<string | Uint8Array>;
}

/** Readings of one file. */
export const EXPORT_ROWS = 2_000_000;
const LONGEST_MS = 366 * 86_400_000;

/**
 * Readings of some points as a file. That it was taken out is audited before the first byte is sent. Throws `input.invalid`,
 * `record.not-found` naming the points the caller does not reach, `reading.export-too-large`.
 */
export async function exportReadings(
  context: RequestContext,
  { query }: { readonly query: z.output<typeof exportRoutes.exportReadings.query> },
): Promise<ReadingExport> {
  context.authorize('reading.read');
  const { from, to, format } = query;
  if (to <= from || to - from > LONGEST_MS) {
    throw new AppError('input.invalid', { issues: '导出的时段须在 366 天以内，且结束晚于开始' });
  }
  const span: ExportSpan = { from, to, rows: 'all' };
  const codes = [...new Set(query.point)];
  const points = await context.transaction(async (tx) => {
    const found = await findPoints(tx, codes);
    const rows = await estimateRows(tx, found, span);
    if (rows > EXPORT_ROWS)
      throw new AppError('reading.export-too-large', { count: rows, limit: EXPORT_ROWS });
    await audit(context, tx, {
      action: 'reading.export',
      subject: codes.length === 1 ? `point/${codes[0]}` : `points/${codes.length}`,
      after: { points: codes, from, to, format, rows },
    });
    return found;
  });
  return exportFile(context, points, { span, format });
}

/** The file of these points, whose number was bounded before. */
export function exportFile(
  context: Pick<RequestContext, 'transaction'>,
  points: readonly PointView[],
  { span, format }: { readonly span: ExportSpan; readonly format: ExportFormat },
): ReadingExport {
  const pieces = exportedRows((run) => context.transaction(run), points, { span, most: EXPORT_ROWS });
  const day = momentText(span.from).slice(0, 10);
  const [only, ...more] = points;
  const name =
    only && more.length === 0 ? `${only.object_name}-${only.element_name}` : `${points.length}个监测点`;
  return format === 'csv'
    ? { name: `读数-${name}-${day}.csv`, type: 'text/csv; charset=utf-8', content: readingsCsv(pieces) }
    : {
        name: `读数-${name}-${day}.parquet`,
        type: 'application/vnd.apache.parquet',
        content: readingsParquet(pieces),
      };
}

async function findPoints(tx: Tx, codes: readonly string[]): Promise<readonly PointView[]> {
  const found = await loadPointViews(tx, { suffix: sql`where p.code = any(${[...codes]}) order by p.id` });
  const known = new Set(found.map(({ code }) => code));
  const missing = codes.filter((code) => !known.has(code));
  if (missing.length > 0) {
    throw new AppError('record.not-found', { what: '监测点', id: missing.slice(0, 20).join('、') });
  }
  return found;
}
