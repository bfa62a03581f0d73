import { AppError } from '#base';
import {
  type Datum,
  inBox,
  type LatLon,
  PUDONG_BOX,
  PUDONG_MARGIN,
  scenarioOf,
  toWgs84,
} from '#model/platform';
import type { Tx } from '#storage';

import { loadTerritory, locate } from './territory.ts';

/** Where an object stands: its village's place when one is told, else its town's. */
export interface ObjectPlace {
  readonly place: number;
  readonly town: string;
  readonly village: string | null;
  readonly approximate: boolean;
}

interface Told extends LatLon {
  readonly town?: string | undefined;
  readonly village?: string | undefined;
}

/** WGS 84 of what was given. Throws `input.invalid` for a point that cannot lie in Pudong. */
export function pudongPoint({ lat, lon }: LatLon, datum: Datum = 'WGS84'): LatLon {
  const point = toWgs84({ lat, lon }, datum);
  if (!inBox(PUDONG_BOX, [point.lon, point.lat], PUDONG_MARGIN)) {
    const issues = `坐标（纬度 ${lat}，经度 ${lon}）不在浦东新区。请核对经纬度是否写反、坐标系（${datum}）是否选对`;
    throw new AppError('input.invalid', { issues });
  }
  return point;
}

/** By the village or town that is told, by the imported borders, or by the nearest town centre. Throws `record.not-found`. */
export async function placeOf(tx: Tx, { lat, lon, town, village }: Told): Promise<ObjectPlace> {
  if (village !== undefined) return villagePlace(tx, village, town);
  const territory = await loadTerritory(tx);
  if (town === undefined) {
    const found = locate(territory, [lon, lat]);
    return {
      place: found.town.place,
      town: found.town.code,
      village: null,
      approximate: found.approximate,
    };
  }
  const told = territory.towns.find(({ code }) => code === town);
  if (!told) throw new AppError('record.not-found', { what: '街镇', id: town });
  return { place: told.place, town: told.code, village: null, approximate: false };
}

async function villagePlace(tx: Tx, village: string, town: string | undefined): Promise<ObjectPlace> {
  const row = await tx
    .selectFrom('platform as v')
    .innerJoin('platform as t', 't.id', 'v.parent_id')
    .select(['v.place', 't.code as town'])
    .where('v.code', '=', village)
    .where('v.kind', '=', 'village')
    .executeTakeFirst();
  if (!row || row.place === null) throw new AppError('record.not-found', { what: '居村', id: village });
  if (town !== undefined && town !== row.town) {
    throw new AppError('input.invalid', { issues: `居村“${village}”属于街镇 ${row.town}，不属于 ${town}` });
  }
  return { place: row.place, town: row.town, village, approximate: false };
}

/** Numbers of the scenarios, each once, in the order given. Throws `input.invalid` for a code there is not. */
export function scenarioNumbers(codes: readonly string[]): number[] {
  return [...new Set(codes)].map((code) => {
    const found = scenarioOf(code);
    if (!found) throw new AppError('input.invalid', { issues: `没有场景“${code}”，场景编码见平台清单` });
    return found.id;
  });
}
