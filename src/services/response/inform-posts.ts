import { type Level, LEVEL_TEXT } from '#model/warning';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

interface Risen {
  readonly order: { readonly id: number };
  readonly level: Level;
  readonly at: number;
}

/**
 * Tells the posts that are to be told besides of an upgrade (setting `notify.list`): those set for the order's scenario and
 * those set for its territory, each the nearest on the way up (条块).
 */
export async function informPosts(tx: Tx, upgrades: readonly Risen[]): Promise<void> {
  const rows = upgrades.map(({ order, level, at }) => ({
    id: order.id,
    at,
    reason: `预警升至${LEVEL_TEXT[level]}`,
  }));
  await sql`
    with lists as (
      select above.place, above.place_to, s.value
      from platform_setting s join platform above on above.id = s.platform_id where s.key = 'notify.list'
    ), posts as (
      select r.id, r.at, r.reason, o.place, o.scenario, post.name, min(post.ord) as ord
      from ${recordset(rows, sql`r(id bigint, at float8, reason text)`)} join work_order o on o.id = r.id
      cross join lateral (
        select place from platform p where p.kind = 'scenario' and p.scenario = o.scenario union all select o.place
      ) here
      cross join lateral (
        select value from lists l where here.place between l.place and l.place_to order by l.place_to - l.place limit 1
      ) nearest
      cross join lateral jsonb_array_elements_text(nearest.value) with ordinality as post(name, ord)
      group by r.id, r.at, r.reason, o.place, o.scenario, post.name
    ), told as (
      insert into reminder (work_order_id, place, scenario, at, to_role, channel, reason)
      select id, place, scenario, to_timestamp(at / 1000.0), name, 'push', reason from posts order by id, ord
    )
    insert into work_order_entry (work_order_id, place, scenario, at, kind, text)
    select id, place, scenario, to_timestamp(at / 1000.0), 'reminded',
      reason || '，另行告知' || string_agg(name, '、' order by ord, name)
    from posts group by id, place, scenario, at, reason`.execute(tx);
}
