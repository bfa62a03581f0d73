import { fromBeijing, toBeijing } from '#base';
import { SELF_TEST_PLACE } from '#model/platform';
import { announce, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { limitsInForce } from '../standard-in-force.ts';

const MINUTE_MS = 60_000;

/**
 * 超期未结案清单: once a day at the hour the rules name, what is late and open is written down, with since when, by which limits and
 * with whom it stands, and how many of it each platform has. The day's own row is the lock: whoever comes second, or again after a
 * restart, finds it written. A server that was down at the hour writes it when it is back. Gives how many stand on it.
 */
export async function writeOverdueList(context: SystemContext): Promise<number> {
  return context.transaction(async (tx) => {
    const now = context.now();
    const { escalation } = await limitsInForce(tx, now);
    const { year, month, day } = toBeijing(now);
    const [hours = 0, minutes = 0] = escalation.overdueListAt.split(':').map(Number);
    if (now < fromBeijing(year, month, day, (hours * 60 + minutes) * MINUTE_MS)) return 0;
    const date = [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
    const { numAffectedRows } =
      await sql`insert into overdue_list (day, written_at) values (${date}::date, ${new Date(now)})
      on conflict do nothing`.execute(tx);
    if (Number(numAffectedRows ?? 0) === 0) return 0;
    const lines = await writeLines(tx, date);
    await tellPlatforms(tx, date, now);
    return lines;
  });
}

async function writeLines(tx: Tx, day: string): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into overdue_line (day, work_order_id, place, scenario, level, overdue_since, limits, unit, handler, days)
    select ${day}::date, o.id, o.place, o.scenario, o.level, d.since, d.kinds, o.unit, a.name,
      1 + (select count(*) from overdue_line l where l.work_order_id = o.id and l.day < ${day}::date)
    from work_order o
    cross join lateral (
      select min(due_at) as since, array_agg(kind order by due_at) as kinds from deadline
      where work_order_id = o.id and overdue_at is not null and met_at is null and stopped_at is null
    ) d
    left join account_name a on a.id = o.handler_id
    where o.overdue and o.state <> 'closed' and o.replay_session_id is null and not o.simulated
      and o.place <> ${SELF_TEST_PLACE} and d.since is not null`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Each platform that has some is told how many. */
async function tellPlatforms(tx: Tx, day: string, at: number): Promise<void> {
  const { rows } = await sql<{
    readonly code: string;
    readonly place: number;
    readonly scenario: number | null;
    readonly orders: number;
    readonly red: number;
  }>`
    with late as (
      select place, scenario, count(*) as orders, count(*) filter (where level = 4) as red from overdue_line
      where day = ${day}::date group by place, scenario
    ), counted as (
      insert into overdue_count (day, platform_id, place, scenario, orders, red)
      select ${day}::date, p.id, p.place, p.scenario, sum(l.orders), sum(l.red)
      from platform p join late l on l.place between p.place and p.place_to or l.scenario = p.scenario
        or p.kind = 'industry' and l.scenario in (select c.scenario from platform c where c.parent_id = p.id)
      where p.place is not null
      group by p.id returning platform_id, place, scenario, orders, red
    )
    select p.code, c.place, c.scenario, c.orders, c.red from counted c join platform p on p.id = c.platform_id
    order by p.code`.execute(tx);
  await announce(
    tx,
    rows.map(({ code, place, scenario, orders, red }) => ({
      type: 'overdue-list.written',
      at,
      place,
      scenario,
      payload: { id: 0, day, platform: code, orders, red },
    })),
  );
}
