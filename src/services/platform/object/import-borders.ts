import { AppError } from '#base';
import type { platformRoutes } from '#contract/platform';
import { areaOf, type Polygon } from '#model/platform';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { moveObjects } from './move-objects.ts';
import { type BorderFeature, type BorderFile, readBorders } from './read-borders.ts';
import { loadTerritory, type Territory, type TownPlace } from './territory.ts';

type Query = z.output<typeof platformRoutes.importBorders.query>;
type Reply = z.output<typeof platformRoutes.importBorders.reply>;

/** The district's own node: borders concern all of it. */
const DISTRICT = { id: 1, place: 1 };

/**
 * Replaces the borders of the towns a GeoJSON file holds and finds every object's town anew, in one transaction. Checks
 * everything first. Throws `borders.invalid` with the reason, `access.denied` for whom the district is not in scope.
 */
export async function importBorders(
  context: RequestContext,
  { query, raw }: { readonly query: Query; readonly raw: Buffer },
): Promise<Reply> {
  context.authorize('borders.import');
  context.authorizeRecord('borders.import', { place: DISTRICT.place, scenario: null });
  const file = readBorders(raw);
  return context.transaction(async (tx) => {
    const before = await loadTerritory(tx);
    const { borders, unmatched } = match(file, before.towns);
    if (borders.size === 0) {
      throw new AppError('borders.invalid', {
        reason: '没有一个要素对得上浦东的 36 个街镇。属性里须有街镇名称（name）或区划代码（code）',
      });
    }
    const attribution = query.attribution ?? file.attribution ?? '来源未注明';
    await saveBorders(context, tx, borders, attribution);
    const after = withBorders(before, borders);
    const { objects, changedTown: objectsMoved } = await moveObjects(tx, after);
    const missing = after.towns.filter(({ code, kind }) => kind === 'town' && !after.areas.has(code));
    const towns = [...borders.keys()];
    const summary = { towns, attribution, objectsMoved };
    await audit(context, tx, { action: 'borders.import', subject: 'map/borders', after: summary });
    const payload = { id: DISTRICT.id, towns: towns.length, moved: objectsMoved, objects };
    await announce(tx, [
      { type: 'borders.imported', at: context.now(), place: null, scenario: null, payload },
    ]);
    return { matched: borders.size, unmatched, missing: missing.map(({ name }) => name), objectsMoved };
  });
}

type Borders = ReadonlyMap<string, readonly Polygon[]>;

/** Features of one town are put together; a feature that is no town's is told by its name. */
function match(
  { features }: BorderFile,
  places: readonly TownPlace[],
): { readonly borders: Borders; readonly unmatched: string[] } {
  const towns = places.filter(({ kind }) => kind === 'town');
  const borders = new Map<string, readonly Polygon[]>();
  const unmatched: string[] = [];
  for (const feature of features) {
    const town = towns.find((one) => belongs(feature, one));
    if (town) borders.set(town.code, [...(borders.get(town.code) ?? []), ...feature.polygons]);
    else unmatched.push(feature.label);
  }
  return { borders, unmatched };
}

/** By the nine digits of its code (also written with twelve), else by its name. */
function belongs({ codes, names }: BorderFeature, town: TownPlace): boolean {
  const digits = codes.filter((code) => /^\d{9}(000)?$/u.test(code));
  if (digits.length > 0) return digits.some((code) => code.slice(0, 9) === town.code);
  return names.includes(town.name);
}

async function saveBorders(
  context: RequestContext,
  tx: Tx,
  borders: Borders,
  attribution: string,
): Promise<void> {
  const rows = [...borders].map(([town, coordinates]) => ({
    town,
    geometry: { type: 'MultiPolygon', coordinates },
  }));
  await sql`insert into town_border (town, geometry, attribution, imported_at, imported_by)
    select town, geometry, ${attribution}, ${new Date(context.now())}, ${context.actor.username}
    from json_to_recordset(${JSON.stringify(rows)}::json) as b(town text, geometry jsonb)
    on conflict (town) do update set geometry = excluded.geometry, attribution = excluded.attribution,
      imported_at = excluded.imported_at, imported_by = excluded.imported_by`.execute(tx);
}

function withBorders({ towns, areas }: Territory, borders: Borders): Territory {
  const added = [...borders].map(([code, polygons]) => [code, areaOf(polygons)] as const);
  return { towns, areas: new Map([...areas, ...added]) };
}
