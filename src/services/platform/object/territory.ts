import { type Area, areaOf, contains, type Polygon, type Position } from '#model/platform';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/** A town or zone as territory. Zones have no centre. */
export interface TownPlace {
  readonly code: string;
  readonly name: string;
  readonly kind: 'town' | 'zone';
  readonly place: number;
  readonly lat: number | null;
  readonly lon: number | null;
}

/** Where a point lies. `approximate`: by the nearest town centre, because no border holds it. */
export interface Located {
  readonly town: TownPlace;
  readonly approximate: boolean;
}

/** The towns and zones with the borders that are imported. */
export interface Territory {
  readonly towns: readonly TownPlace[];
  readonly areas: ReadonlyMap<string, Area>;
}

export interface BorderGeometry {
  readonly type: 'MultiPolygon';
  readonly coordinates: readonly Polygon[];
}

let newest: { readonly version: string; readonly areas: ReadonlyMap<string, Area> } | undefined;

/** Reads the territory; borders are parsed anew only when they have changed. */
export async function loadTerritory(tx: Tx): Promise<Territory> {
  const towns = await loadTowns(tx);
  const { rows } = await sql<{ version: string }>`
    select current_database() || coalesce(string_agg(town || '@' || xmin::text, ',' order by town), '') as version
    from town_border`.execute(tx);
  const version = rows[0]?.version ?? '';
  if (newest?.version !== version) newest = { version, areas: await loadAreas(tx) };
  return { towns, areas: newest.areas };
}

async function loadTowns(tx: Tx): Promise<readonly TownPlace[]> {
  const { rows } = await sql<TownPlace>`
    select code, name, kind, place, lat, lon from platform where kind in ('town', 'zone') order by place`.execute(
    tx,
  );
  return rows;
}

async function loadAreas(tx: Tx): Promise<ReadonlyMap<string, Area>> {
  const { rows } = await sql<{ town: string; geometry: BorderGeometry }>`
    select town, geometry from town_border`.execute(tx);
  return new Map(rows.map((row) => [row.town, areaOf(row.geometry.coordinates)]));
}

/** The town of a point: by its border, else by the nearest centre. Throws when no town is known at all. */
export function locate({ towns, areas }: Territory, point: Position): Located {
  const within = towns.find((town) => {
    const area = areas.get(town.code);
    return area !== undefined && contains(area, point);
  });
  if (within) return { town: within, approximate: false };
  const [first, ...others] = towns.filter((town) => town.lat !== null && town.lon !== null);
  if (!first) throw new Error('平台清单里没有街镇中心点，无法确定属地。请先载入平台清单。');
  let nearest = first;
  for (const town of others) if (away(town, point) < away(nearest, point)) nearest = town;
  return { town: nearest, approximate: true };
}

/** Degrees of longitude are shorter than those of latitude; at 31.2° by this factor. */
const LON_FACTOR = 0.855;

function away({ lat, lon }: TownPlace, [x, y]: Position): number {
  return Math.hypot(((lon ?? Infinity) - x) * LON_FACTOR, (lat ?? Infinity) - y);
}
