import { type Kysely, sql } from 'kysely';

import type { Database } from '../tables/database.ts';
import { isOnlyPacker } from './only-packer.ts';
import { rollPages } from './roll-pages.ts';
import { beginOf } from './roll-ups.ts';
import { HOURS } from './rolled-pages.ts';

/** Chunks and pages taken away in one transaction, and of one point at a time. */
const AT_ONCE = 2000;
const OF_A_POINT = 20;

/** What was taken away. */
export interface Forgotten {
  readonly rows: number;
  readonly readings: number;
  /** False where there may be more. */
  readonly isAll: boolean;
}

/**
 * Moves the moment since when readings are kept one by one (epoch ms) on by a week, up to `target` at the most, after every hour
 * before it has been rolled up, however few readings it has. Gives where it stands now, undefined where it stays: everything
 * younger is kept, nothing is packed, or somebody packs just now. What lies behind it is taken away by {@link forgetChunks}.
 */
export async function moveHorizon(db: Kysely<Database>, target: number): Promise<number | undefined> {
  const begin = await beginOfAll(db);
  const next = Math.min(beginOf(target, HOURS.pageMs), beginOf(begin, HOURS.pageMs) + HOURS.pageMs);
  if (!Number.isFinite(begin) || next <= begin) return undefined;
  await keepHours(db, begin, next);
  while (!(await rollPages(db, next)).isAll);
  return db.transaction().execute(async (tx) => {
    if (!(await isOnlyPacker(tx))) return undefined;
    const moved = await sql`update reading_horizon set kept_from = ${new Date(next)}
      where not exists (select from rolled_page where stale and to_at <= ${new Date(next)})`.execute(tx);
    return Number(moved.numAffectedRows ?? 0) > 0 ? next : undefined;
  });
}

/** Where readings begin: behind the horizon, or with the oldest of all; infinite where there is none. */
async function beginOfAll(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ horizon: number; first: number | null }>`
    select kept_from as horizon, case when kept_from = '-infinity' then (
      select min(c.from_at) from point p cross join lateral (
        select from_at from reading_chunk where point_id = p.id order by to_at limit 1) c) end as first
    from reading_horizon`.execute(db);
  const { horizon = 0, first = null } = rows[0] ?? {};
  return Number.isFinite(horizon) ? horizon : (first ?? Number.POSITIVE_INFINITY);
}

/** Lets every hour in which readings lie be rolled up and stay so. */
async function keepHours(db: Kysely<Database>, from: number, to: number): Promise<void> {
  const page = sql`${HOURS.pageMs / 1000} * interval '1 second'`;
  await sql`insert into rolled_page as r (point_id, seconds, from_at, to_at, kept)
    select distinct p.id, ${HOURS.seconds}::int2, b.at, b.at + ${page}, true
    from point p
      cross join lateral (select from_at, to_at from reading_chunk c
        where c.point_id = p.id and c.to_at >= ${new Date(from)} and c.from_at < ${new Date(to)}) c
      cross join lateral generate_series(date_bin(${page}, c.from_at, timestamptz '1970-01-01 00:00+08'), c.to_at, ${page}) b(at)
    where b.at >= ${new Date(beginOf(from, HOURS.pageMs))} and b.at < ${new Date(to)}
    on conflict (point_id, seconds, from_at) do update set kept = true where not r.kept`.execute(db);
}

/**
 * Takes away the oldest chunks that end before the horizon, but for those that something open rests on; none while hours before the
 * horizon are still to be rolled up.
 */
export async function forgetChunks(db: Kysely<Database>): Promise<Forgotten> {
  return db.transaction().execute(async (tx) => {
    if (!(await isOnlyPacker(tx))) return { rows: 0, readings: 0, isAll: true };
    const { rows } = await sql<{ n: number }>`
      with held as materialized (select * from held_reading), old as (
        select c.* from point p cross join lateral (
          select point_id, to_at, from_at from reading_chunk c
          where c.point_id = p.id and c.to_at < (select kept_from from reading_horizon)
            and not exists (select from held h where h.point_id = c.point_id and c.to_at >= h.from_at and c.from_at <= h.to_at)
          order by to_at limit ${OF_A_POINT}) c
        where not exists (select from rolled_page where stale and to_at <= (select kept_from from reading_horizon))
        limit ${AT_ONCE}
      ) delete from reading_chunk c using old o
        where c.point_id = o.point_id and c.to_at = o.to_at and c.from_at = o.from_at returning c.n`.execute(
      tx,
    );
    return {
      rows: rows.length,
      readings: rows.reduce((sum, { n }) => sum + n, 0),
      isAll: rows.length === 0,
    };
  });
}

/** Takes away roll-ups of minutes or hours that ended before `before` (epoch ms), but for those that something open rests on. */
export async function forgetPages(db: Kysely<Database>, seconds: number, before: number): Promise<Forgotten> {
  const { rows } = await sql<{ n: number }>`
    with held as materialized (select * from held_reading), old as (
      select point_id, from_at from rolled_page r where seconds = ${seconds} and to_at < ${new Date(before)}
        and not exists (select from held h where h.point_id = r.point_id and r.to_at >= h.from_at and r.from_at <= h.to_at)
      order by to_at limit ${AT_ONCE}
    ) delete from rolled_page r using old o
      where r.point_id = o.point_id and r.seconds = ${seconds} and r.from_at = o.from_at returning r.n`.execute(
    db,
  );
  return { rows: rows.length, readings: 0, isAll: rows.length < AT_ONCE };
}
