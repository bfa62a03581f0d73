import {
  type ConditionCount,
  type ElementWatch,
  mergeWatches,
  type PlaceWatch,
  type PointCondition,
} from '#model/monitoring';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { lookedPoints } from './looked-points.ts';

/** What there is of a scenario in a place. An empty village is the whole town, an empty town is none. */
export interface WatchRow {
  readonly scenario: number;
  readonly town: string;
  readonly village: string;
  readonly watch: PlaceWatch;
}

interface PointsRow {
  readonly scenario: number;
  readonly town: string;
  readonly village: string;
  readonly element: string;
  readonly condition: PointCondition;
  readonly count: number;
  readonly at: number | null;
  readonly until: number | null;
}

interface ObjectsRow {
  readonly scenario: number;
  readonly town: string;
  readonly village: string;
  readonly objects: number;
  readonly watched: number;
  readonly bare: number;
}

interface Counted {
  readonly points: readonly PointsRow[];
  readonly objects: readonly ObjectsRow[];
}

const NOTHING: PlaceWatch = { elements: [], objects: 0, watchedObjects: 0, bareObjects: 0 };

/**
 * Every town of `towns` in every scenario that is watched or has objects anywhere, and villages that have any of it themselves.
 * `now` is epoch ms.
 */
export async function loadWatchRows(
  tx: Tx,
  now: number,
  towns: readonly string[],
): Promise<readonly WatchRow[]> {
  const { points, objects } = await count(tx, now);
  const keyOf = ({ scenario, town, village }: ObjectsRow | PointsRow): string =>
    `${scenario} ${town} ${village}`;
  const pointsAt = Map.groupBy(points, keyOf);
  const objectsAt = new Map(objects.map((row) => [keyOf(row), row]));
  const places = [...new Set([...pointsAt.keys(), ...objectsAt.keys()])].map((key): WatchRow => {
    const [scenario = '', town = '', village = ''] = key.split(' ');
    const watch = watchOf(pointsAt.get(key) ?? [], objectsAt.get(key));
    return { scenario: Number(scenario), town, village, watch };
  });
  const scenarios = [...new Set(places.map(({ scenario }) => scenario))];
  const byTown = Map.groupBy(places, ({ scenario, town }) => `${scenario} ${town}`);
  const whole = scenarios.flatMap((scenario) =>
    [
      ...new Set([...towns, ...places.filter((one) => one.scenario === scenario).map(({ town }) => town)]),
    ].map((town): WatchRow => {
      const parts = byTown.get(`${scenario} ${town}`)?.map(({ watch }) => watch) ?? [NOTHING];
      return { scenario, town, village: '', watch: mergeWatches(parts) };
    }),
  );
  return [...whole, ...places.filter(({ village }) => village !== '')];
}

/** One look over all points: by element and condition, and by object. */
async function count(tx: Tx, now: number): Promise<Counted> {
  const { rows } = await sql<{ points: readonly PointsRow[] | null; objects: readonly ObjectsRow[] | null }>`
    with ${lookedPoints(now)},
    points as (
      select s.scenario, coalesce(o.town, '') as town, coalesce(o.village, '') as village, l.element, l.condition,
        count(*) as count, extract(epoch from max(l.stopped_at))::float8 * 1000 as at,
        extract(epoch from max(l.until))::float8 * 1000 as until
      from looked l join monitored_object o on o.id = l.object_id cross join lateral unnest(l.scenarios) s(scenario)
      group by 1, 2, 3, 4, 5
    ),
    objects as (
      select s.scenario, coalesce(o.town, '') as town, coalesce(o.village, '') as village, count(*) as objects,
        count(*) filter (where h.watched) as watched, count(*) filter (where h.object_id is null) as bare
      from monitored_object o cross join lateral unnest(o.scenarios) s(scenario)
        left join (
          select l.object_id, x.scenario, bool_or(l.condition = 'watching') as watched
          from looked l cross join lateral unnest(l.scenarios) x(scenario) group by 1, 2
        ) h on h.object_id = o.id and h.scenario = s.scenario
      where o.retired_at is null
      group by 1, 2, 3
    )
    select (select json_agg(p) from points p) as points, (select json_agg(o) from objects o) as objects`.execute(
    tx,
  );
  const [row] = rows;
  return { points: row?.points ?? [], objects: row?.objects ?? [] };
}

function watchOf(points: readonly PointsRow[], objects: ObjectsRow | undefined): PlaceWatch {
  const elements = [...Map.groupBy(points, ({ element }) => element)].map(
    ([element, rows]): ElementWatch => ({
      element,
      points: Object.fromEntries(rows.map((row) => [row.condition, countOf(row)])),
    }),
  );
  return {
    elements: elements.toSorted((a, b) => (a.element < b.element ? -1 : 1)),
    objects: objects?.objects ?? 0,
    watchedObjects: objects?.watched ?? 0,
    bareObjects: objects?.bare ?? 0,
  };
}

function countOf({ count: n, at, until }: PointsRow): ConditionCount {
  return { count: n, at, ...(until === null ? {} : { until }) };
}
