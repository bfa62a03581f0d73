import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { commandRoutes } from '#contract/command';
import { getDutyNow, whoIsOnDuty } from './index.ts';
import { openWatchHouse } from './testing.ts';

test('scale', { timeout: 400_000 }, async () => {
  const house = await openWatchHouse();
  const s = house.db.storage.system;
  const t0 = performance.now();
  await sql`insert into roster (platform_id, place, scenario, name, calendar_id, pattern, created_at)
    select id, place, scenario, '值班', 'cn', '{"workday":[],"holiday":null}', now() from platform where place is not null`.execute(s);
  await sql`insert into roster_seat (roster_id, place, scenario, position, name, turn, own_holiday_rota)
    select id, place, scenario, 0, '值班员', 'shift', false from roster`.execute(s);
  await sql`insert into duty_shift (roster_id, seat_id, place, scenario, from_at, to_at, account_id, status)
    select t.roster_id, t.id, t.place, t.scenario, ${new Date(house.now)}::timestamptz + n * interval '12 hours', ${new Date(house.now)}::timestamptz + (n + 1) * interval '12 hours',
      (select min(id) from account) + (n + 90) % 40, 'planned'
    from roster_seat t, generate_series(-90, 90) n`.execute(s);
  await sql`analyze`.execute(s);
  const n = (await sql<{ n: number }>`select count(*) as n from duty_shift`.execute(s)).rows[0]?.n;
  console.log('shifts', n, 'filled in', Math.round(performance.now() - t0));

  const context = await house.as('town.zhangjiang');
  context.authorize('duty.read');
  await context.transaction(async (tx) => {
    const at = new Date(house.now);
    for (let i = 0; i < 2; i += 1) {
    const plans = [
      sql`explain (analyze, buffers) select r.id, r.name, (select coalesce(json_agg(json_build_object('id', t.id, 'shifts', (
          select coalesce(json_agg(json_build_object('id', s.id) order by s.from_at), '[]')
          from ((select * from duty_shift s where s.seat_id = t.id and s.status <> 'cancelled' and s.from_at <= ${at}
              order by s.from_at desc limit 2)
            union all (select * from duty_shift s where s.seat_id = t.id and s.status <> 'cancelled' and s.from_at > ${at}
              order by s.from_at limit 2)) s)) order by t.position, t.id), '[]')
        from roster_seat t where t.roster_id = r.id and t.retired_at is null) as seats
        from (select r.* from roster r where r.retired_at is null and r.platform_id = (select id from platform where code = '310115125')) r join platform p on p.id = r.platform_id`,
      sql`explain (analyze, buffers) select id, username, name, unit, title, phone_masked from duty_person where id = any(${[1, 2, 3, 4]})`,
      sql`explain (analyze, buffers) select principal_id, deputy_id, from_at, to_at from duty_deputy
    where principal_id = any(${[1, 2, 3, 4]}::int[]) and from_at < ${at} and to_at > ${at} and to_at > from_at order by id`,
    ];
    for (const plan of plans) {
      const { rows } = await plan.execute(tx);
      if (i === 1) console.log(rows.map((row) => Object.values(row as object)[0]).join('\n'));
    }
    }
  });
  expect(n).toBeGreaterThan(200_000);
  await house.db.drop();
});
