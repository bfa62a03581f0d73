import type { SystemContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { type CardCell, chooseGrains, gatherCards, LOAD_SPAN_MS } from '#workflow';
import { covers } from '#model/platform';
import { sql } from 'kysely';

import { loadAreas } from '../cards/card-areas.ts';
import { type Desk, loadDesks } from './desks.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** What a desk in a flood is shown. */
const IN_FLOOD = { most: 12, finest: 'town' } as const;

interface Arrival {
  readonly item: string;
  readonly place: number;
  readonly scenario: number;
  readonly cause: string | null;
  readonly minute: number;
  readonly count: number;
}

/**
 * Writes down what the desks had to bear in this hour (负荷): once a minute, a minute behind, so that the last look at an hour sees the
 * whole of it. Done twice it says the same.
 */
export async function noteLoad(system: SystemContext): Promise<void> {
  const at = system.now() - MINUTE_MS;
  const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
  await system.transaction(async (tx) => {
    const arrivals = await loadArrivals(tx, hour);
    if (arrivals.length === 0) return;
    const cells = arrivals.map(cellOf);
    const { areaAt } = await loadAreas(tx, cells);
    const floods = await desksInFlood(tx, hour);
    const rows = (await loadDesks(tx)).flatMap((desk) => {
      const its = arrivals.filter(({ place, scenario }) => covers(desk.scope, place, scenario));
      const own = its.filter(({ minute }) => minute >= hour);
      if (own.length === 0) return [];
      const warnings = sum(own);
      const flood = floods.has(desk.id);
      const ownCells = own.map(cellOf);
      const shown = flood
        ? gatherCards(ownCells, areaAt, chooseGrains(ownCells, areaAt, IN_FLOOD)).length
        : warnings;
      return [{ ...rowOf(desk), warnings, shown, peak: peakOf(its, hour), flood }];
    });
    await save(tx, hour, rows);
  });
}

/** By minute, from ten minutes before the hour, which the first spans of ten minutes reach back to. */
async function loadArrivals(tx: Tx, hour: number): Promise<readonly Arrival[]> {
  const { rows } = await sql<Arrival>`
    select item_code as item, place, scenario, cause, date_trunc('minute', recorded_at) as minute, count(*) as count
    from warning where replay_session_id is null and recorded_at >= ${new Date(hour - LOAD_SPAN_MS)}
      and recorded_at < ${new Date(hour + HOUR_MS)} group by 1, 2, 3, 4, 5`.execute(tx);
  return rows;
}

async function desksInFlood(tx: Tx, hour: number): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ id: number }>`
    select platform_id as id from seat_flood
    where began_at < ${new Date(hour + HOUR_MS)} and coalesce(ended_at, 'infinity') >= ${new Date(hour)}`.execute(
    tx,
  );
  return new Set(rows.map(({ id }) => id));
}

/** For counting cards only how many there are matters. */
function cellOf({ item, place, scenario, cause, minute, count }: Arrival): CardCell {
  return {
    item,
    place,
    scenario,
    cause,
    session: null,
    warning: null,
    object: null,
    levels: [count, 0, 0, 0],
    unacknowledged: count,
    overdue: 0,
    simulated: 0,
    firstAt: minute,
    changedAt: minute,
    newest: 0,
  };
}

function rowOf({ id, place, scenario }: Desk) {
  return { id, place, scenario };
}

function sum(arrivals: readonly Arrival[]): number {
  return arrivals.reduce((total, { count }) => total + count, 0);
}

/** Most in ten minutes on end, whole minutes, that end in the hour. */
function peakOf(arrivals: readonly Arrival[], hour: number): number {
  const byMinute = new Map<number, number>();
  for (const { minute, count } of arrivals) byMinute.set(minute, (byMinute.get(minute) ?? 0) + count);
  let most = 0;
  for (let end = hour; end < hour + HOUR_MS; end += MINUTE_MS) {
    let inSpan = 0;
    for (let minute = end - LOAD_SPAN_MS + MINUTE_MS; minute <= end; minute += MINUTE_MS)
      inSpan += byMinute.get(minute) ?? 0;
    most = Math.max(most, inSpan);
  }
  return most;
}

async function save(tx: Tx, hour: number, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into seat_load (platform_id, place, scenario, hour, warnings, shown, peak, flood)
    select id, place, scenario, ${new Date(hour)}, warnings, shown, peak, flood
    from ${recordset(
      rows,
      sql`r(id int, place int, scenario int2, warnings int, shown int, peak int, flood boolean)`,
    )}
    on conflict (platform_id, hour) do update set warnings = excluded.warnings, shown = excluded.shown,
      peak = excluded.peak, flood = excluded.flood`.execute(tx);
}
