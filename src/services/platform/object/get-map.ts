import { AppError } from '#base';
import type { MapObject, platformRoutes, Town } from '#contract/platform';
import { scenarioCodeOf } from '#model/platform';
import { levelOf } from '#model/warning';
import type { RequestContext } from '#services/context';
import { type AsOf, type Tx, warningsAt } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { attributionOf } from './get-borders.ts';

type Query = z.output<typeof platformRoutes.getMap.query>;
type Reply = z.output<typeof platformRoutes.getMap.reply>;

/** Most objects that are drawn one by one. */
export const MAP_LIMIT = 4000;
/** What is more stands gathered: this many cells over the view at the most, so that never more than 10,000 marks are drawn. */
const CELLS = { across: 96, down: 60 };

/**
 * The objects in view the caller may see, those with open warnings first and the worst of them at the top; where they are too
 * many, the others gathered by cells of the view, each with how many it holds and their worst level, so that none is left
 * out; and the towns with the open warnings in each; with `at`, as the warnings stood then. Corners in degrees; one that is
 * missing does not bound.
 */
export async function getMap(context: RequestContext, { query }: { readonly query: Query }): Promise<Reply> {
  context.authorize('map.read');
  const { west = -180, south = -90, east = 180, north = 90, at = null } = query;
  if (west > east || south > north) {
    throw new AppError('input.invalid', { issues: '视野的 west 须小于 east，south 须小于 north' });
  }
  const view = { west, south, east, north, at };
  return context.transaction(async (tx) => {
    const objects = await loadObjects(tx, view);
    const isFull = objects.length > MAP_LIMIT;
    const single = isFull ? objects.filter(({ level }) => level !== null).slice(0, MAP_LIMIT) : objects;
    const held = at === null ? await heldObjects(tx, single, context.now()) : NONE;
    return {
      objects: single.map((object) => ({ ...object, held: held.has(object.id) })),
      gathered: isFull ? await gather(tx, view, single) : [],
      towns: await loadTowns(tx, at),
      truncated: isFull,
      attribution: await attributionOf(tx),
    };
  });
}

/** An object as it is drawn, without what holds it. */
type Drawn = Omit<MapObject, 'held'>;

interface View {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  /** The moment whose warnings are shown. */
  readonly at: AsOf;
}

/** Objects with open warnings: how many, and the worst. */
const warnedAt = (at: AsOf): RawBuilder<unknown> =>
  sql`(select object_id, max(level) as level, count(*) as warnings from ${warningsAt(at)} w where state = 'open' group by 1)`;

const inView = ({ west, south, east, north }: View): RawBuilder<unknown> =>
  sql`o.lon between ${west} and ${east} and o.lat between ${south} and ${north}`;

/** One more than are drawn one by one, so that it shows when there are more; the warned first. */
async function loadObjects(tx: Tx, view: View): Promise<readonly Drawn[]> {
  const warned = await loadWarned(tx, view);
  const calm = await loadCalm(tx, view, MAP_LIMIT + 1 - warned.length);
  return [...warned, ...calm];
}

/** All but those that are drawn one by one; a cell's mark stands in the middle of what it holds. */
async function gather(tx: Tx, view: View, single: readonly Drawn[]): Promise<Reply['gathered']> {
  const { west, south, east, north, at } = view;
  const { rows } = await sql<{ lon: number; lat: number; count: number; level: number }>`
    select round(avg(o.lon)::numeric, 5)::float8 as lon, round(avg(o.lat)::numeric, 5)::float8 as lat, count(*)::int as count,
      coalesce(max(w.level), 0) as level
    from monitored_object o
    left join ${warnedAt(at)} w on w.object_id = o.id
    where ${inView(view)} and (o.retired_at is null or w.level is not null)
      and o.id <> all(${single.map(({ id }) => id)}::int[])
    group by floor((o.lon - ${west}) / ${(east - west) / CELLS.across}), floor((o.lat - ${south}) / ${(north - south) / CELLS.down})`.execute(
    tx,
  );
  return rows.map(({ level, ...cell }) => ({ ...cell, level: levelOf(level) ?? null }));
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

async function loadWarned(tx: Tx, view: View): Promise<readonly Drawn[]> {
  const { rows } = await sql<ObjectRow>`
    select o.id, o.code, o.name, o.scenarios[1] as scenario, o.lat, o.lon, o.simulated, w.level, w.warnings
    from ${warnedAt(view.at)} w
    join monitored_object o on o.id = w.object_id
    where ${inView(view)} order by w.level desc, o.id limit ${MAP_LIMIT + 1}`.execute(tx);
  return rows.map(showObject);
}

async function loadCalm(tx: Tx, view: View, limit: number): Promise<readonly Drawn[]> {
  if (limit <= 0) return [];
  const { rows } = await sql<ObjectRow>`
    select o.id, o.code, o.name, o.scenarios[1] as scenario, o.lat, o.lon, o.simulated, 0 as level, 0 as warnings
    from monitored_object o
    where ${inView(view)} and o.retired_at is null
      and o.id not in (select object_id from ${warningsAt(view.at)} w where state = 'open')
    order by o.id limit ${limit}`.execute(tx);
  return rows.map(showObject);
}

function showObject({ scenario, level, ...row }: ObjectRow): Drawn {
  return { ...row, scenario: scenarioCodeOf(scenario) ?? '', level: levelOf(level) ?? null };
}

const NONE: ReadonlySet<number> = new Set();

/** Objects all of whose open warnings are held back on purpose at `now` (epoch ms). */
async function heldObjects(tx: Tx, drawn: readonly Drawn[], now: number): Promise<ReadonlySet<number>> {
  const warned = drawn.filter(({ level }) => level !== null).map(({ id }) => id);
  if (warned.length === 0) return NONE;
  const { rows } = await sql<{ object: number }>`
    with standing as materialized (
      select id, object_id from warning where state = 'open' and object_id = any(${warned}::int[])
    )
    select s.object_id as object from standing s
    left join held_warnings(array(select id from standing), ${new Date(now)}) h on h.warning_id = s.id
    group by 1 having bool_and(h.warning_id is not null)`.execute(tx);
  return new Set(rows.map(({ object }) => object));
}

async function loadTowns(tx: Tx, at: AsOf): Promise<Town[]> {
  const { rows } = await sql<Omit<Town, 'level'> & { level: number }>`
    with w as (
      select place, max(level) as level, count(*) as warnings from ${warningsAt(at)} w
      where state = 'open' group by place
    )
    select t.code, t.name, t.lat, t.lon, coalesce(max(w.level), 0) as level,
      coalesce(sum(w.warnings), 0)::int as warnings
    from platform t left join w on w.place between t.place and t.place_to
    where t.kind = 'town' and t.lat is not null and t.lon is not null
    group by t.id order by t.id`.execute(tx);
  return rows.map(({ level, ...town }) => ({ ...town, level: levelOf(level) ?? null }));
}
