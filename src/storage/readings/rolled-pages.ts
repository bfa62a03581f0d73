import { type Kysely, sql } from 'kysely';

import type { Database } from '../tables/database.ts';
import { beginOf } from './roll-ups.ts';
import type { ReadingColumns } from './reading-columns.ts';

/** What is kept rolled up: stretches of so many ms, a page of them together. */
export interface Tier {
  readonly seconds: 60 | 3600;
  readonly ms: number;
  readonly pageMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
export const MINUTES: Tier = { seconds: 60, ms: MINUTE_MS, pageMs: 6 * HOUR_MS };
export const HOURS: Tier = { seconds: 3600, ms: HOUR_MS, pageMs: 7 * 24 * HOUR_MS };
const TIERS = [MINUTES, HOURS];
/** A page is worth its bytes where a stretch holds at least so many readings; else the readings themselves are as quickly read. */
export const DENSE = 8;

/** A page's time; moments in epoch ms. */
export interface PageSpan {
  readonly point: number;
  readonly seconds: number;
  readonly from: number;
  readonly to: number;
}

/** A page that readings were packed into; `dense` where it is to be made though there was none. */
export interface TouchedPage extends PageSpan {
  readonly dense: boolean;
}

/** The coarsest tier whose stretches fit into `ms`; undefined where there is none. */
export function tierWithin(ms: number): Tier | undefined {
  return TIERS.findLast((tier) => ms % tier.ms === 0);
}

/** The pages of a point whose time these readings lie in. */
export function touchedPages(point: number, rows: ReadingColumns): readonly TouchedPage[] {
  return TIERS.flatMap((tier) => touchedOf(point, rows, tier));
}

function touchedOf(
  point: number,
  { observedAt, length }: ReadingColumns,
  tier: Tier,
): readonly TouchedPage[] {
  const touched: TouchedPage[] = [];
  for (let i = 0; i < length;) {
    const from = beginOf(observedAt[i] ?? 0, tier.pageMs);
    const to = from + tier.pageMs;
    let readings = 0;
    let stretches = 0;
    for (let until = from; i < length && (observedAt[i] ?? 0) < to; i += 1) {
      const at = observedAt[i] ?? 0;
      readings += 1;
      if (at < until) continue;
      stretches += 1;
      until = beginOf(at, tier.ms) + tier.ms;
    }
    touched.push({ point, seconds: tier.seconds, from, to, dense: readings >= DENSE * stretches });
  }
  return touched;
}

/**
 * Says that these pages are to be made anew, in the transaction that packs the readings. It holds their rows until the commit, and
 * whoever corrects readings there waits for it: so it comes last.
 */
export async function markTouched(db: Kysely<Database>, touched: readonly TouchedPage[]): Promise<void> {
  const dense = touched.filter((page) => page.dense);
  const sparse = touched.filter((page) => !page.dense);
  if (dense.length > 0)
    await sql`insert into rolled_page (point_id, seconds, from_at, to_at)
      select distinct * from ${pageRows(dense)} k(point, seconds, since, until)
      where k.since >= (select kept_from from reading_horizon) order by 1, 2, 3
      on conflict (point_id, seconds, from_at) do update set stale = true`.execute(db);
  if (sparse.length > 0)
    await sql`update rolled_page r set stale = true from ${pageRows(sparse)} k(point, seconds, since, until)
      where r.point_id = k.point and r.seconds = k.seconds and r.from_at = k.since and not r.stale
        and k.since >= (select kept_from from reading_horizon)`.execute(db);
}

function pageRows(pages: readonly PageSpan[]) {
  return sql`unnest(${pages.map(({ point }) => point)}::int[], ${pages.map(({ seconds }) => seconds)}::int2[],
    ${pages.map(({ from }) => new Date(from))}::timestamptz[], ${pages.map(({ to }) => new Date(to))}::timestamptz[])`;
}
