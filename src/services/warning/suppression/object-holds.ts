import type { ObjectHold, shelfRoutes } from '#contract/warning';
import { levelOf } from '#model/warning';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

type Route = typeof shelfRoutes.listObjectHolds;

interface Row extends Omit<ObjectHold, 'level'> {
  readonly level: number | null;
}

/** What would hold alarms of an object back now, whether or not any stands: shelves, windows of service, rules whose cause stands. */
export async function listObjectHolds(
  context: RequestContext,
  { params: { id } }: { readonly params: z.output<Route['params']> },
): Promise<z.output<Route['reply']>> {
  context.authorize('warning.read');
  const now = new Date(context.now());
  return context.transaction(async (tx) => {
    const { rows } = await sql<Row>`
      with object as (select o.id from monitored_object o where o.id = ${id})
      select 'shelved' as state, 'shelf/' || s.id as by, s.made_by as who, extract(epoch from s.until)::float8 * 1000 as until, s.reason,
        p.code as point, coalesce(s.sign_code, s.item_code) as code, s.level
      from object o join shelf s on s.object_id = o.id and s.state = 'running' left join point p on p.id = s.point_id
      union all
      select distinct 'out-of-service', 'service-window/' || w.id, coalesce(w.owner, w.made_by), extract(epoch from w.to_at)::float8 * 1000,
        w.reason, case when w.object_id is null then p.code end, w.sign_code, null::int2
      from object o join point p on p.object_id = o.id join serviced_sign s on s.point_id = p.id and s.from_at <= ${now} and s.to_at > ${now}
      join service_window w on w.id = s.window_id
      union all
      select distinct 'suppressed-by-design', 'suppression-rule/' || r.id, r.changed_by, null::float8, r.name || '：' || r.reason, null,
        r.item_code, r.level
      from object o join suppressed_at(array(select id from object),
        array(select distinct item_code from suppression_rule where state = 'in-force'), ${now}) q on q.target = o.id
      join suppression_rule r on r.id = q.rule_id
      order by 1, 2, 6`.execute(tx);
    return { items: rows.map(({ level, ...row }) => ({ ...row, level: levelOf(level ?? 0) ?? null })) };
  });
}
