import { sql } from 'kysely';
import { test } from 'vitest';
import { commandRoutes } from '#contract/command';
import { getDutyNow, whoIsOnDuty } from './index.ts';
import { openWatchHouse } from './testing.ts';
test('scale', { timeout: 400_000 }, async () => {
  const house = await openWatchHouse();
  const s = house.db.storage.system;
  await sql`insert into roster (platform_id, place, scenario, name, calendar_id, pattern, created_at)
    select id, place, scenario, '值班', 'cn', '{"workday":[],"holiday":null}', now() from platform where place is not null`.execute(s);
  await sql`insert into roster_seat (roster_id, place, scenario, position, name, turn, own_holiday_rota)
    select id, place, scenario, 0, '值班员', 'shift', false from roster`.execute(s);
  await sql`insert into duty_shift (roster_id, seat_id, place, scenario, from_at, to_at, account_id, status)
    select t.roster_id, t.id, t.place, t.scenario, ${new Date(house.now)}::timestamptz + n * interval '12 hours', ${new Date(house.now)}::timestamptz + (n + 1) * interval '12 hours',
      (select min(id) from account) + (n + 90) % 40, 'planned' from roster_seat t, generate_series(-90, 90) n`.execute(s);
  await sql`analyze`.execute(s);
  for (const who of ['district', 'town.zhangjiang', 'flood.admin']) {
    const context = await house.as(who);
    const time = async (what: string, run: () => Promise<unknown>) => {
      for (let i = 0; i < 20; i += 1) await run();
      const times: number[] = [];
      for (let i = 0; i < 100; i += 1) { const t = performance.now(); await run(); times.push(performance.now() - t); }
      times.sort((a, b) => a - b);
      console.log(who, what, 'p50', times[50]?.toFixed(1), 'min', times[0]?.toFixed(1), 'p95', times[95]?.toFixed(1));
    };
    const code = { district: 'PD', 'town.zhangjiang': '310115125', 'flood.admin': 'FLOOD' }[who] ?? 'PD';
    await time('who', () => whoIsOnDuty(context, { query: { platform: code } }));
    await time('now platform', () => getDutyNow(context, { query: commandRoutes.getDutyNow.query.parse({ platform: code }) }));
    await time('now page50', () => getDutyNow(context, { query: commandRoutes.getDutyNow.query.parse({}) }));
  }
  await house.db.drop();
});
