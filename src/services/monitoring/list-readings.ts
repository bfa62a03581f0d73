import { AppError } from '#base';
import type { monitoringRoutes } from '#contract/monitoring';
import { isSuspect, qualityMarks, SOURCES } from '#model/monitoring';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { measurePacked, type HistoryAsk, readFirst, readHistory, type Tx, walkHistory } from '#storage';
import type { z } from 'zod';

import { type DrawnReading, LowestAndHighest, rowOf } from './lowest-and-highest.ts';
import { correct, type Corrected, loadCorrections, rawOf } from './quality/corrected-readings.ts';
import { REPLAY_SOURCE } from './prepare-group.ts';

type Query = z.output<typeof monitoringRoutes.listReadings.query>;
type Page = z.output<typeof monitoringRoutes.listReadings.reply>;

/** So many readings are drawn at one go; longer histories by pieces of about half of it, so that other requests get their turn. */
const AT_ONCE = 600_000;
const PIECE = 250_000;

/**
 * Readings of one point, oldest first. With `width` the time is cut into that many slots and each gives its lowest and
 * its highest reading: a peak is never averaged away.
 */
export async function listReadings(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Page> {
  context.authorize('reading.read');
  const from = Math.max(query.from ?? 0, query.after === undefined ? 0 : readIdCursor(query.after) + 1);
  const to = query.to ?? context.now() + 86_400_000;
  return context.transaction(async (tx) => {
    // The point's own policy is the scope of its readings.
    const point = await tx
      .selectFrom('point')
      .select('id')
      .where('code', '=', query.point)
      .executeTakeFirst();
    if (!point) throw new AppError('record.not-found', { what: '监测点', id: query.point });
    // The same moment may have been replayed more than once: the newest arrival counts.
    const corrections = await loadCorrections(tx, point.id, { from, to });
    const ask = { points: [point.id] as const, from, to, rows: 'all' } as const;
    if (query.width !== undefined) {
      const drawn = await draw(tx, ask, { width: query.width, corrections });
      return { items: drawn.map((row) => show(query.point, row, corrections)), next: null };
    }
    const columns = await readFirst(tx, ask, query.limit + 1);
    correct(columns, corrections);
    const rows = Array.from({ length: columns.length }, (_, i) => rowOf(columns, i));
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.at));
    return { items: page.map((row) => show(query.point, row, corrections)), next };
  });
}

async function draw(
  tx: Tx,
  ask: HistoryAsk & { readonly points: readonly [number] },
  { width, corrections }: { readonly width: number; readonly corrections: readonly Corrected[] },
): Promise<readonly DrawnReading[]> {
  const packed = await measurePacked(tx, ask);
  if (packed.n <= AT_ONCE) {
    const columns = (await readHistory(tx, ask)).get(ask.points[0]);
    if (!columns) return [];
    const drawn = new LowestAndHighest(columns.observedAt[0] ?? 0, columns.observedAt.at(-1) ?? 0, width);
    correct(columns, corrections);
    drawn.add(columns);
    return drawn.done();
  }
  const windowMs = Math.ceil(((packed.last - packed.first + 1) * PIECE) / packed.n);
  let drawn: LowestAndHighest | undefined;
  for await (const { readings, first, last } of walkHistory(tx, { ...ask, windowMs })) {
    drawn ??= new LowestAndHighest(first, last, width);
    for (const columns of readings.values()) {
      correct(columns, corrections);
      drawn.add(columns);
    }
  }
  return drawn?.done() ?? [];
}

function show(point: string, row: DrawnReading, corrections: readonly Corrected[]): Page['items'][number] {
  const replay = row.source >= REPLAY_SOURCE;
  return {
    point,
    observedAt: row.at,
    value: row.value,
    quality: isSuspect(row.quality) ? 'suspect' : 'good',
    marks: [...qualityMarks(row.quality)],
    source: SOURCES[row.source % REPLAY_SOURCE] ?? 'iot',
    replay,
    raw: rawOf(row, corrections),
  };
}
