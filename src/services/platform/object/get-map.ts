import { AppError } from '#base';
import type { MapObject, platformRoutes, Town } from '#contract/platform';
import { scenarioCodeOf } from '#model/platform';
import { levelOf } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { attributionOf } from './get-borders.ts';

type Query = z.output<typeof platformRoutes.getMap.query>;
type Reply = z.output<typeof platformRoutes.getMap.reply>;

/** Most objects one answer carries. */
export const MAP_LIMIT = 10_000;

/**
 * The objects in view the caller may see, those with open warnings first and the worst of them at the top, and the towns
 * with the open warnings in each. Corners in degrees; one that is missing does not bound.
 */
export async function getMap(context: RequestContext, { query }: { readonly query: Query }): Promise<Reply> {
  context.authorize('map.read');
  const { west = -180, south = -90, east = 180, north = 90 } = query;
  if (west > east || south > north) {
    throw new AppError('input.invalid', { issues: '视野的 west 须小于 east，south 须小于 north' });
  }
  const inView = sql`o.lon between ${west} and ${east} and o.lat between ${south} and ${north}`;
  return context.transaction(async (tx) => {
    const warned = await loadWarned(tx, inView);
    const calm = await loadCalm(tx, inView, MAP_LIMIT + 1 - warned.length);
    const objects = [...warned, ...calm];
    return {
      objects: objects.slice(0, MAP_LIMIT),
      towns: await loadTowns(tx),
      truncated: objects.length > MAP_LIMIT,
      attribution: await attributionOf(tx),
    };
  });
}

interface ObjectRow {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly scenario: number;
  readonly lat: number;
  readonly lon: number;
  readonly simulated: boolean;
  readonly level: number;
  readonly warnings: number;
}

async function loadWarned(tx: Tx, inView: RawBuilder<unknown>): Promise<readonly MapObject[]> {
  const { rows } = await sql<ObjectRow>`
    select o.id, o.code, o.name, o.scenarios[1] as scenario, o.lat, o.lon, o.simulated, w.level, w.warnings
    from (select object_id, max(level) as level, count(*) as warnings from warning where state = 'open' group by 1) w
    join monitored_object o on o.id = w.object_id
    where ${inView} order by w.level desc, o.id limit ${MAP_LIMIT + 1}`.execute(tx);
  return rows.map(showObject);
}

async function loadCalm(tx: Tx, inView: RawBuilder<unknown>, limit: number): Promise<readonly MapObject[]> {
  if (limit <= 0) return [];
  const { rows } = await sql<ObjectRow>`
    select o.id, o.code, o.name, o.scenarios[1] as scenario, o.lat, o.lon, o.simulated, 0 as level, 0 as warnings
    from monitored_object o
    where ${inView} and o.retired_at is null and o.id not in (select object_id from warning where state = 'open')
    order by o.id limit ${limit}`.execute(tx);
  return rows.map(showObject);
}

function showObject({ scenario, level, ...row }: ObjectRow): MapObject {
  return { ...row, scenario: scenarioCodeOf(scenario) ?? '', level: levelOf(level) ?? null };
}

async function loadTowns(tx: Tx): Promise<Town[]> {
  const { rows } = await sql<Omit<Town, 'level'> & { level: number }>`
    with w as (
      select place, max(level) as level, count(*) as warnings from warning where state = 'open' group by place
    )
    select t.code, t.name, t.lat, t.lon, coalesce(max(w.level), 0) as level,
      coalesce(sum(w.warnings), 0)::int as warnings
    from platform t left join w on w.place between t.place and t.place_to
    where t.kind = 'town' and t.lat is not null and t.lon is not null
    group by t.id order by t.id`.execute(tx);
  return rows.map(({ level, ...town }) => ({ ...town, level: levelOf(level) ?? null }));
}
