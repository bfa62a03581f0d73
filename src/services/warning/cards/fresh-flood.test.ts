import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { loadCells } from './load-cells.ts';
import { loadExtremes } from './load-extremes.ts';
import { District, FLOOD, KANGQIAO } from './testing.ts';

const COUNT = 2000;
let district: District;
beforeAll(async () => {
  district = await District.open();
  const { system } = district.db.storage;
  await sql`vacuum analyze alarm`.execute(system);
  await sql`vacuum analyze warning`.execute(system);
  await district.storm({ town: KANGQIAO, count: COUNT });
  await sql`with p as (
      insert into point (code, object_id, element_code, place, scenarios, simulated)
      select 'p.' || id, id, 'FLOOD.UNDERPASS', place, scenarios, false from monitored_object returning id, object_id, place)
    insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value, raised_at,
      changed_at, recorded_at, simulated)
    select nextval('alarm_id'), p.id, p.object_id, (select id from sign where code = 'FLOOD.S06'), 'FLOOD.I06', p.place, ${FLOOD},
      4, 4, 60, 62, now(), now(), now(), false from p`.execute(system);
});
afterAll(() => district.db.drop());

test('the cards of a flood read each alarm and each warning a few times, though the database has not yet noticed the flood', async () => {
  const context = district.person();
  context.authorize('warning.read');
  const read = await context.transaction(async (tx) => {
    const where = context.reach('w');
    const cells = await loadCells(tx, where);
    const extremeOf = await loadExtremes(tx, where, [cells]);
    expect(extremeOf(cells, '下立交积水')).toContain('62 cm');
    const { rows } = await sql<{ relname: string; n: number }>`
      select relname, seq_tup_read + coalesce(idx_tup_fetch, 0) as n from pg_stat_xact_user_tables
      where relname in ('alarm', 'warning')`.execute(tx);
    return new Map(rows.map(({ relname, n }) => [relname, n]));
  });
  expect(read.get('alarm')).toBeLessThanOrEqual(3 * COUNT);
  expect(read.get('warning')).toBeLessThanOrEqual(8 * COUNT);
});
