import { type Kysely, sql } from 'kysely';

import type { Database } from '../tables/database.ts';
import { type Corrections, loadCorrections } from './corrections.ts';
import { type HistoryAsk, moment, readHot } from './hot-rows.ts';
import { measurePacked, readOver } from './read-history.ts';
import { emptyColumns, firstAt, type ReadingColumns, sliceColumns } from './reading-columns.ts';
import { decodeRollUps } from './roll-codec.ts';
import { Roller, type RollUps, sliceRollUps } from './roll-ups.ts';
import { HOURS, type Tier, tierWithin } from './rolled-pages.ts';
import { type Page, type Part, partsOf, type Stretch } from './rolled-stretches.ts';

/** Which roll-ups are asked for: of one point, in stretches of `ms`, counted from Beijing's midnight. */
export interface RolledAsk {
  readonly point: number;
  /** Observed from this moment on (epoch ms) … */
  readonly from: number;
  /** … and before this one. */
  readonly to: number;
  readonly ms: number;
  /** Live rows alone unless told. */
  readonly rows?: 'live' | 'all';
}

/** So many readings are held at once where they must be read one by one. */
const PIECE = 250_000;

/**
 * What a point's readings come to, stretch by stretch, in the order of time: from the pages that are kept where they are good, and
 * from the readings themselves where they are not (what is still hot, came late, lies at the ends, or is too thin for pages). It is
 * the same as if all of it were read and summed up, but for the last digits of sums.
 */
export async function readRolled(db: Kysely<Database>, ask: RolledAsk): Promise<RollUps> {
  const roller = new Roller(ask.ms);
  const all: HistoryAsk = { points: [ask.point], from: ask.from, to: ask.to, rows: ask.rows ?? 'live' };
  if (ask.to <= ask.from) return roller.done();
  // The hot before the packed, as in readHistory: what is packed in between is seen twice and merged.
  const hot = (await readHot(db, all)).get(ask.point) ?? emptyColumns(0);
  const corrections = await loadCorrections(db, all);
  const tier = tierWithin(ask.ms);
  const pages = tier ? await freshPages(db, ask, tier) : [];
  const packed = await measurePacked(db, all);
  const span = spanOf(ask, { hot, pages, packed });
  if (!span) return roller.done();
  const source = { all, hot, corrections, pieceMs: pieceOf(packed) };
  const parts: readonly Part[] = tier ? partsOf(span, { pages, tier, hotAt: hot.observedAt }) : [span];
  for (const part of parts) {
    if (part.page) roller.addRolled(within(part.page, part));
    else for await (const columns of readingsOf(db, source, part)) roller.add(columns);
  }
  return roller.done();
}

interface Source {
  readonly all: HistoryAsk;
  readonly hot: ReadingColumns;
  readonly corrections: Corrections;
  readonly pieceMs: number;
}

/** The readings of a stretch, in pieces that fit the memory. */
async function* readingsOf(
  db: Kysely<Database>,
  { all, hot, corrections, pieceMs }: Source,
  { from, to }: Stretch,
): AsyncGenerator<ReadingColumns> {
  for (let at = from; at < to; at += pieceMs) {
    const window = { ...all, from: at, to: Math.min(at + pieceMs, to) };
    const own = sliceColumns(hot, firstAt(hot, window.from), firstAt(hot, window.to));
    const columns = await readOver(db, window, { hot: own, corrections });
    if (columns) yield columns;
  }
}

type Measured = Awaited<ReturnType<typeof measurePacked>>;

/** Where there is anything of what is asked for. */
function spanOf(
  { from, to }: RolledAsk,
  {
    hot,
    pages,
    packed,
  }: { readonly hot: ReadingColumns; readonly pages: readonly Page[]; readonly packed: Measured },
): Stretch | undefined {
  const firsts = [hot.observedAt[0], pages[0]?.from, packed.n > 0 ? packed.first : undefined];
  const lasts = [hot.observedAt.at(-1), pages.at(-1)?.to, packed.n > 0 ? packed.last : undefined];
  const first = Math.max(from, Math.min(...firsts.map((at) => at ?? Number.POSITIVE_INFINITY)));
  const last = Math.min(to, Math.max(...lasts.map((at) => at ?? Number.NEGATIVE_INFINITY)) + 1);
  return first < last ? { from: first, to: last } : undefined;
}

/** The time in which about as many readings lie as are held at once. */
function pieceOf({ n, first, last }: Measured): number {
  return n <= PIECE ? Number.POSITIVE_INFINITY : Math.ceil(((last - first + 1) * PIECE) / n);
}

async function freshPages(
  db: Kysely<Database>,
  { point, from, to }: RolledAsk,
  tier: Tier,
): Promise<readonly Page[]> {
  const { rows } = await sql<Page>`select from_at as "from", to_at as "to", n, bytes from rolled_page
    where point_id = ${point} and seconds = ${tier.seconds} and not stale
      and from_at > ${moment(from - tier.pageMs)} and from_at < ${moment(to)} order by from_at`.execute(db);
  return rows;
}

/** Of a page, the stretches of its own that begin in a stretch of time. */
function within(page: Page, { from, to }: Stretch): RollUps {
  const rolled = decodeRollUps(page.bytes, page.n);
  const first = rolled.at.findIndex((at) => at >= from);
  if (first < 0) return sliceRollUps(rolled, 0, 0);
  const end = rolled.at.findIndex((at) => at >= to);
  return sliceRollUps(rolled, first, end < 0 ? rolled.length : end);
}

/** Since when a point's roll-ups tell of a time (epoch ms; infinite where they do not), and whether they alone tell of its beginning. */
export async function measureRolled(
  db: Kysely<Database>,
  point: number,
  { from, to }: Pick<HistoryAsk, 'from' | 'to'>,
): Promise<{ readonly first: number; readonly isAllThereIs: boolean }> {
  const { rows } = await sql<{ first: number | null; isAllThereIs: boolean | null }>`
    select min(from_at) as first, min(from_at) < (select kept_from from reading_horizon) as "isAllThereIs"
    from rolled_page where point_id = ${point} and seconds = ${HOURS.seconds} and not stale
      and from_at > ${moment(from - HOURS.pageMs)} and from_at < ${moment(to)}`.execute(db);
  const [row] = rows;
  return { first: row?.first ?? Number.POSITIVE_INFINITY, isAllThereIs: row?.isAllThereIs ?? false };
}
