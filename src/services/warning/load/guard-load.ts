import { announce, type Announcement, type SystemContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { LOAD_SPAN_MS, nextLoad } from '#workflow';
import { sql } from 'kysely';

import { type Arrived, arrivedAt, type Desk, loadDesks, loadLimits } from './desks.ts';

interface Counted {
  readonly desk: Desk;
  readonly count: number;
}

/**
 * The load guard (负荷守护): which duty desks begin or end flood mode now, by what has come to them in ten minutes. Told in the event
 * stream, and by that in the duty log. A replayed recording floods nobody.
 */
export async function guardLoad(system: SystemContext): Promise<void> {
  const now = system.now();
  await system.transaction(async (tx) => {
    const arrived = await loadArrived(tx, now);
    if (arrived.length === 0 && !(await anyFlood(tx))) return;
    const desks = await loadDesks(tx);
    const counted = desks
      .map((desk) => ({ desk, count: arrivedAt(desk, arrived) }))
      .filter(({ desk, count }) => count > 0 || desk.flood !== null);
    const limitsOf = await loadLimits(
      tx,
      counted.map(({ desk }) => desk.id),
    );
    const stepOf = ({ desk, count }: Counted) => nextLoad(desk.flood !== null, count, limitsOf(desk.id));
    const by = Map.groupBy(counted, stepOf);
    await begin(tx, now, by.get('begin') ?? []);
    await end(tx, now, by.get('end') ?? []);
    await raisePeaks(tx, by.get('stay') ?? []);
  });
}

async function loadArrived(tx: Tx, now: number): Promise<readonly Arrived[]> {
  const { rows } = await sql<Arrived>`
    select place, scenario, count(*) as count from warning
    where replay_session_id is null and recorded_at > ${new Date(now - LOAD_SPAN_MS)} group by 1, 2`.execute(
    tx,
  );
  return rows;
}

async function anyFlood(tx: Tx): Promise<boolean> {
  const { rows } = await sql`select from seat_flood where ended_at is null limit 1`.execute(tx);
  return rows.length > 0;
}

async function begin(tx: Tx, now: number, begun: readonly Counted[]): Promise<void> {
  if (begun.length === 0) return;
  const rows = begun.map(({ desk: { id, place, scenario }, count }) => ({ id, place, scenario, count }));
  await sql`insert into seat_flood (platform_id, place, scenario, began_at, peak)
    select id, place, scenario, ${new Date(now)}, count
    from ${recordset(rows, sql`r(id int, place int, scenario int2, count int)`)}`.execute(tx);
  await announce(
    tx,
    begun.map(({ desk, count }) =>
      told(desk, now, {
        type: 'seat.flood-began',
        text: `洪峰模式：10 分钟内 ${count} 条预警，已按原因归并`,
      }),
    ),
  );
}

async function end(tx: Tx, now: number, ended: readonly Counted[]): Promise<void> {
  if (ended.length === 0) return;
  await sql`update seat_flood set ended_at = ${new Date(now)}
    where id = any(${ended.flatMap(({ desk }) => desk.flood ?? [])}::bigint[])`.execute(tx);
  await announce(
    tx,
    ended.map(({ desk, count }) =>
      told(desk, now, {
        type: 'seat.flood-ended',
        text: `洪峰模式结束：10 分钟内 ${count} 条，最多时 ${desk.peak} 条`,
      }),
    ),
  );
}

function told(
  { id, place, scenario }: Desk,
  at: number,
  { type, text }: Pick<Announcement, 'type'> & { readonly text: string },
): Announcement {
  return { type, at, place, scenario, payload: { id, text } };
}

async function raisePeaks(tx: Tx, stayed: readonly Counted[]): Promise<void> {
  const rows = stayed.flatMap(({ desk, count }) =>
    desk.flood !== null && count > desk.peak ? [{ id: desk.flood, count }] : [],
  );
  if (rows.length === 0) return;
  await sql`update seat_flood f set peak = r.count from ${recordset(rows, sql`r(id bigint, count int)`)}
    where f.id = r.id`.execute(tx);
}
