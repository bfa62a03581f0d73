import type { Shelf } from '#contract/warning';
import { levelOf } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

type Shown = Omit<Shelf, 'level' | 'allowedActions'>;

/** A shelf with the names a page needs. Moments are epoch ms. */
export interface ShelfRow extends Shown {
  readonly level: number;
  readonly place: number;
  readonly scenario_id: number;
  readonly made_by_id: number;
}

/** Shelves the caller may see, as `suffix` picks and sorts them; `s` is the shelf. */
export async function loadShelves(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly ShelfRow[]> {
  const { rows } = await sql<ShelfRow>`
    select s.id, s.scope, s.place, s.scenario as scenario_id, s.level, s.reason_kind as "reasonKind", s.reason, s.minutes, s.state,
      s.made_by as "madeBy", s.made_by_id, s.made_at as "madeAt", s.confirmed_by as "confirmedBy", s.from_at as "from", s.until, s.version,
      json_build_object('id', o.id, 'code', o.code, 'name', o.name) as object, c.code as scenario, p.code as point,
      case when s.sign_code is not null then json_build_object('code', s.sign_code, 'name', coalesce(g.name, s.sign_code)) end as sign,
      case when s.item_code is not null then json_build_object('code', s.item_code, 'name', coalesce(i.name, s.item_code)) end as item,
      case when s.prolonged_at is not null then json_build_object('by', s.prolonged_by,
        'at', extract(epoch from s.prolonged_at)::float8 * 1000, 'why', s.prolonged_why) end as prolonged,
      case when s.ended_at is not null then json_build_object('by', s.ended_by,
        'at', extract(epoch from s.ended_at)::float8 * 1000, 'why', s.ended_why) end as ended,
      (select count(*) from alarm_hold h where h.held_by = 'shelf/' || s.id and h.ended_at is null) as alarms,
      case when s.state <> 'running' then 0
        else (select count(*) from warning w where w.object_id = s.object_id and w.state = 'open' and shelf_of(w) = s.id) end as warnings
    from (select * from shelf s ${suffix}) s
    join monitored_object o on o.id = s.object_id join scenario c on c.id = s.scenario left join point p on p.id = s.point_id
    left join lateral (select name from sign where code = s.sign_code order by standard_id desc limit 1) g on true
    left join lateral (select name from warning_item where code = s.item_code order by standard_id desc limit 1) i on true
    order by s.made_at desc, s.id desc`.execute(tx);
  return rows;
}

export function showShelf(
  { level, place, scenario_id: scenario, made_by_id, ...row }: ShelfRow,
  { actor }: RequestContext,
): Shelf {
  const may = (capability: 'warning.shelve' | 'warning.shelve-red'): boolean =>
    actor.rights.mayAt(capability, { place, scenario });
  const actions: Shelf['allowedActions'] = [];
  if (row.state === 'proposed' && made_by_id !== actor.accountId && may('warning.shelve-red'))
    actions.push('confirm');
  if (row.state === 'running' && row.prolonged === null && level < 4 && may('warning.shelve'))
    actions.push('prolong');
  if (row.state !== 'ended' && may('warning.shelve')) actions.push('end');
  return { ...row, level: levelOf(level) ?? 'blue', allowedActions: actions };
}
