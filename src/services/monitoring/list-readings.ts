import { AppError } from '#base';
import type { monitoringRoutes } from '#contract/monitoring';
import { isSuspect, QUALITY, qualityMarks, READING_SOURCES } from '#model/monitoring';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import {
  type HistoryAsk,
  HOURS,
  measurePacked,
  measureRolled,
  MINUTES,
  readFirst,
  readHistory,
  readRolled,
  type Tx,
} from '#storage';
import type { z } from 'zod';

import { type DrawnReading, drawnOf, LowestAndHighest, rowOf } from './lowest-and-highest.ts';
import { isReplayed, REPLAY_SOURCE } from './prepare-group.ts';

type Query = z.output<typeof monitoringRoutes.listReadings.query>;
type Page = z.output<typeof monitoringRoutes.listReadings.reply>;

/**
 * Slots this much longer than a minute or an hour are made of whole ones, an eighth longer at most than asked for: so that they
 * can be drawn from roll-ups, and look the same whether they are or not.
 */
const WHOLE = 8;
/** More readings than this are not held at once: their slots are summed up piece by piece. */
const AT_ONCE = 600_000;

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
    const ask = { points: [point.id], from, to, rows: 'all' } as const;
    if (query.width !== undefined) {
      const drawn = await draw(tx, ask, { width: query.width, now: context.now() });
      return { items: drawn.map((row) => show(query.point, row)), next: null };
    }
    const columns = await readFirst(tx, ask, query.limit + 1);
    const rows = Array.from({ length: columns.length }, (_, i) => rowOf(columns, i));
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.at));
    return { items: page.map((row) => show(query.point, row)), next };
  });
}

async function draw(
  tx: Tx,
  ask: HistoryAsk & { readonly points: readonly [number] },
  { width, now }: { readonly width: number; readonly now: number },
): Promise<readonly DrawnReading[]> {
  const [point] = ask.points;
  const ms = await slotOf(tx, ask, { width, now });
  if (ms !== undefined)
    return drawnOf(await readRolled(tx, { point, from: ask.from, to: ask.to, rows: 'all', ms }));
  const columns = (await readHistory(tx, ask)).get(point);
  if (!columns) return [];
  const drawn = new LowestAndHighest(columns.observedAt[0] ?? 0, columns.observedAt.at(-1) ?? 0, width);
  drawn.add(columns);
  return drawn.done();
}

/** The length of a slot (ms) where slots are cut by the clock; undefined where few readings are cut between their first and their last. */
async function slotOf(
  tx: Tx,
  ask: HistoryAsk & { readonly points: readonly [number] },
  { width, now }: { readonly width: number; readonly now: number },
): Promise<number | undefined> {
  const packed = await measurePacked(tx, ask);
  const rolled = await measureRolled(tx, ask.points[0], ask);
  const first = Math.max(ask.from, Math.min(rolled.first, packed.n > 0 ? packed.first : now));
  const slot = (Math.min(ask.to, now) - first) / width;
  // Of what is not kept one by one any more there are hours.
  if (rolled.isAllThereIs) return Math.max(1, Math.ceil(slot / HOURS.ms)) * HOURS.ms;
  const whole = [HOURS, MINUTES].find(({ ms }) => slot >= ms * WHOLE);
  if (whole) return Math.ceil(slot / whole.ms) * whole.ms;
  return packed.n > AT_ONCE ? Math.ceil(slot) : undefined;
}

function show(point: string, row: DrawnReading): Page['items'][number] {
  return {
    point,
    observedAt: row.at,
    value: row.value,
    quality: isSuspect(row.quality) ? 'suspect' : 'good',
    marks: [...qualityMarks(row.quality)],
    source: READING_SOURCES[row.source % REPLAY_SOURCE] ?? 'iot',
    replay: isReplayed(row.source),
    raw: (row.quality & QUALITY.corrected) === 0 ? null : row.raw,
  };
}
