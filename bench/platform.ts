import type { Storage } from '#storage';
import { sql } from 'kysely';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { percentile, print } from './machine.ts';
import { setStage } from './stage.ts';

const OBJECTS = 100_000;
const SHIFTS = 180;
const RUNS = 200;

const ZHANGJIANG = '310115125';

/** What somebody at a desk opens, and who opens it. */
const PAGES: readonly { readonly name: string; readonly who: string; readonly path: string }[] = [
  { name: 'tree, first level', who: 'district', path: '/api/v1/platforms?parent=PD' },
  { name: 'tree, search 张江', who: 'district', path: '/api/v1/platforms?search=张江' },
  { name: 'platform page, district', who: 'district', path: '/api/v1/platforms/PD' },
  { name: 'platform page, town', who: 'town.zhangjiang', path: `/api/v1/platforms/${ZHANGJIANG}` },
  { name: 'subtree list, district', who: 'district', path: '/api/v1/objects?limit=50' },
  { name: 'subtree list, scenario', who: 'flood.admin', path: '/api/v1/objects?limit=50' },
  { name: 'subtree list, town', who: 'town.zhangjiang', path: '/api/v1/objects?limit=50' },
  { name: 'subtree list, village', who: 'village.sample', path: '/api/v1/objects?limit=50' },
  { name: 'object search', who: 'town.zhangjiang', path: '/api/v1/objects?limit=50&search=对象 77' },
  { name: 'who is on duty, one platform', who: 'district', path: `/api/v1/duty/now?platform=${ZHANGJIANG}` },
  { name: 'who is on duty, whom to call', who: 'district', path: `/api/v1/duty/who?platform=${ZHANGJIANG}` },
  { name: 'who is on duty, first 50 of all', who: 'district', path: '/api/v1/duty/now?limit=50' },
];

/** The pages of the platform system over HTTP: the tree, a platform, what lies in a subtree, and who is on duty. */
export async function platform(): Promise<void> {
  const stage = await setStage(0, fill);
  try {
    const people = new Map<string, Client>();
    for (const { who } of PAGES) {
      if (!people.has(who)) people.set(who, await new Client(stage.puan.url).as(who, PASSWORD));
    }
    for (const { name, who, path } of PAGES) {
      const client = people.get(who) ?? stage.admin;
      const figures = await times(() => client.ask('GET', path));
      print({
        name: `platform ${name} p95`,
        value: rounded(percentile(figures, 0.95)),
        unit: 'ms',
        note: `中位数 ${rounded(percentile(figures, 0.5))} ms；${OBJECTS} 个对象，每个平台一张值班表各 ${SHIFTS} 班，一人依次请求 ${RUNS} 次`,
      });
    }
  } finally {
    await stage.puan.remove();
  }
}

/** Objects over all villages, and a roster of three people for every platform, half of its shifts behind us. */
async function fill(storage: Storage): Promise<void> {
  const db = storage.system;
  await sql`
    with villages as (
      select place, lat, lon, row_number() over (order by place) - 1 as n, count(*) over () as of from platform where kind = 'village'
    )
    insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon, simulated)
    select 'far.' || i, '测量对象 ' || i, array[(1 + i % 15)::int2], v.place, true, 31.0 + (i % 300) * 0.001,
      121.5 + (i / 300 % 300) * 0.001, false
    from generate_series(0, ${OBJECTS}::int - 1) i join villages v on v.n = i % v.of`.execute(db);
  const pattern = JSON.stringify({ workday: [{ name: '全天', from: '08:00', to: '08:00' }], holiday: null });
  await sql`insert into roster (platform_id, place, scenario, name, calendar_id, pattern, created_at)
    select id, place, scenario, '测量值班', 'cn', ${pattern}, now() from platform`.execute(db);
  await sql`insert into roster_seat (roster_id, place, scenario, position, name, turn, own_holiday_rota)
    select id, place, scenario, 0, '值班员', 'shift', false from roster where name = '测量值班'`.execute(db);
  await sql`
    with people as (select array_agg(id order by id) as ids from (select id from account order by id limit 3) a)
    insert into duty_shift (roster_id, seat_id, place, scenario, from_at, to_at, account_id, status)
    select t.roster_id, t.id, t.place, t.scenario, date_trunc('day', now()) + n * interval '1 day',
      date_trunc('day', now()) + (n + 1) * interval '1 day', p.ids[1 + (n + 900) % 3], 'planned'
    from roster_seat t join roster r on r.id = t.roster_id and r.name = '测量值班', people p,
      generate_series(${-SHIFTS / 2}::int, ${SHIFTS / 2 - 1}::int) n`.execute(db);
}

async function times(run: () => Promise<unknown>): Promise<readonly number[]> {
  for (let i = 0; i < 10; i += 1) await run();
  const found: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const began = performance.now();
    await run();
    found.push(performance.now() - began);
  }
  return found;
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
