import { AppError } from '#base';
import type { SharedItem } from '#contract/monitoring';
import { reaches, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { pointsOfItem } from './item-points.ts';

interface Row {
  readonly id: number;
  readonly name: string;
  readonly platform: { readonly code: string; readonly name: string };
  readonly territory: { readonly code: string; readonly name: string } | null;
  readonly elements: { code: string; name: string }[] | null;
  readonly note: string | null;
  readonly points: number;
  readonly grants: number;
  readonly requests: number;
  readonly readings: number;
  readonly created_by: string;
  readonly created_at: number;
  readonly place: number;
  readonly scenarios: number[];
}

/** Items on offer that the caller sees, after a condition on `i` and with its order and limit. */
export async function loadItems(
  context: RequestContext,
  tx: Tx,
  suffix: RawBuilder<unknown>,
): Promise<readonly SharedItem[]> {
  const now = new Date(context.now());
  const { rows } = await sql<Row>`
    select i.id, i.name, json_build_object('code', o.code, 'name', o.name) as platform,
      case when t.id is not null then json_build_object('code', t.code, 'name', t.name) end as territory,
      (select json_agg(json_build_object('code', e.code, 'name', e.name) order by e.code)
        from element e where e.code = any(i.elements)) as elements,
      i.note, i.created_by, i.created_at, i.place, i.scenarios,
      (select count(*) from point p where ${pointsOfItem}) as points,
      (select count(*) from shared_grant g where g.item_id = i.id and g.ended_at is null
        and ${now} between g.from_at and g.to_at) as grants,
      u.requests, u.readings
    from shared_item i join platform o on o.id = i.platform_id left join platform t on t.id = i.territory_id
    cross join lateral (select coalesce(sum(requests), 0)::float8 as requests, coalesce(sum(readings), 0)::float8 as readings
      from shared_use s where s.item_id = i.id and s.day > (${now} at time zone 'Asia/Shanghai')::date - 30) u
    where i.withdrawn_at is null and ${suffix}`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    platform: row.platform,
    territory: row.territory,
    elements: row.elements ?? [],
    note: row.note,
    points: row.points,
    grants: row.grants,
    use: { requests: row.requests, readings: row.readings },
    createdBy: row.created_by,
    createdAt: row.created_at,
    allowedActions: reaches(context, 'sharing.manage', row) ? ['grant', 'withdraw'] : [],
  }));
}

/** The item of a number. Throws `record.not-found`, also for one that was withdrawn. */
export async function loadItem(context: RequestContext, tx: Tx, id: number): Promise<SharedItem> {
  const [item] = await loadItems(context, tx, sql`i.id = ${id}`);
  if (!item) throw new AppError('record.not-found', { what: '共享数据', id: String(id) });
  return item;
}
