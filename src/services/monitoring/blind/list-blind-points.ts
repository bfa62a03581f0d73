import { AppError } from '#base';
import type { BlindObject, BlindPoint, blindRoutes } from '#contract/monitoring';
import { scenarioOf } from '#model/platform';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { lookedPoints } from './looked-points.ts';

type Query = z.output<typeof blindRoutes.listBlindPoints.query>;

/** Points of a scenario in a town or village that do not watch now, by their numbers. Throws `input.invalid`. */
export async function listBlindPoints(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<z.output<typeof blindRoutes.listBlindPoints.reply>> {
  context.authorize('reading.read');
  const scenario = scenarioId(query.scenario);
  const readsFaults = context.actor.rights.has('fault.read');
  const after = readIdCursor(query.after);
  const where = sql`${context.reach('p')} and ${scenario}::int2 = any(p.scenarios) and ${placeIs(query)}`;
  return context.transaction(async (tx) => {
    const { rows } = await sql<BlindPoint>`
      with ${lookedPoints(context.now(), where)}
      select p.id, p.code, o.code as object, o.name as "objectName", e.name as "elementName", l.condition, l.stopped_at as since,
        l.until, p.simulated, case when d.id is not null then json_build_object('id', d.id, 'code', d.code) end as device,
        case when ${readsFaults} and f.id is not null
          then json_build_object('id', f.id, 'code', f.code, 'summary', f.summary) end as fault
      from looked l join point p on p.id = l.point_id join monitored_object o on o.id = p.object_id
        join element e on e.code = p.element_code left join device d on d.id = p.device_id
        left join lateral (
          select f.id, f.code, f.summary from fault f
          where f.state not in ('resolved','closed') and (f.id = l.fault_id or f.subject_kind = 'point' and f.subject = p.code
            or f.subject_kind = 'device' and f.subject = d.protocol || '/' || d.code)
          order by f.id = l.fault_id desc nulls last, f.id limit 1) f on true
      where l.condition <> 'watching' and ${scenario}::int2 = any(l.scenarios) and p.id > ${after}
      order by p.id limit ${query.limit + 1}`.execute(tx);
    const { page, next } = cutPage(rows, query.limit, ({ id }) => String(id));
    return { items: [...page], next };
  });
}

/** Objects of a scenario in a town or village without a point that watches, by their numbers. Throws `input.invalid`. */
export async function listBlindObjects(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<z.output<typeof blindRoutes.listBlindObjects.reply>> {
  context.authorize('reading.read');
  const scenario = scenarioId(query.scenario);
  const after = readIdCursor(query.after);
  const where = sql`${context.reach('p')} and ${scenario}::int2 = any(p.scenarios) and ${placeIs(query)}`;
  return context.transaction(async (tx) => {
    const { rows } = await sql<BlindObject>`
      with ${lookedPoints(context.now(), where)}
      select o.id, o.code, o.name, coalesce(l.points, 0) as points, o.simulated
      from monitored_object o left join (
        select object_id, count(*) as points, bool_or(condition = 'watching') as watched from looked
        where ${scenario}::int2 = any(scenarios) group by object_id) l on l.object_id = o.id
      where ${context.reach('o')} and o.retired_at is null and ${scenario}::int2 = any(o.scenarios) and ${placeIs(query)}
        and not coalesce(l.watched, false) and o.id > ${after}
      order by o.id limit ${query.limit + 1}`.execute(tx);
    const { page, next } = cutPage(rows, query.limit, ({ id }) => String(id));
    return { items: [...page], next };
  });
}

function scenarioId(code: string): number {
  const found = scenarioOf(code);
  if (!found) throw new AppError('input.invalid', { issues: `没有场景“${code}”` });
  return found.id;
}

/** Of the object `o`. */
function placeIs({ town, village }: Query): RawBuilder<unknown> {
  const inTown = town === '' ? sql`o.town is null` : sql`o.town = ${town}`;
  return village === undefined ? inTown : sql`${inTown} and o.village = ${village}`;
}
