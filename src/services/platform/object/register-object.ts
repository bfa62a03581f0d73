import { AppError } from '#base';
import type { MonitoredObject, platformRoutes } from '#contract/platform';
import { covers, inBox, PUDONG_BOX, PUDONG_MARGIN, scenarioOf } from '#model/platform';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import type { z } from 'zod';

import { codesOf } from './object-view.ts';
import { loadTerritory, locate } from './territory.ts';

type Body = z.output<typeof platformRoutes.createObject.body>;

/**
 * Registers a monitored object. Its place is its village's when one is told, else its town's: as told, by the imported
 * borders, or by the nearest town centre. Throws `input.invalid`, `record.not-found`, `record.exists`, `access.denied`.
 */
export async function registerObject(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<MonitoredObject> {
  context.authorize('object.manage');
  const scenarios = scenarioNumbers(body.scenarios);
  if (!inBox(PUDONG_BOX, [body.lon, body.lat], PUDONG_MARGIN)) {
    const issues = `坐标（纬度 ${body.lat}，经度 ${body.lon}）不在浦东新区。请核对经纬度是否写反，坐标须为 WGS 84`;
    throw new AppError('input.invalid', { issues });
  }
  return context.transaction(async (tx) => {
    const { place, town, village, approximate } = await placeOf(tx, body);
    const reach = context.actor.rights.scopeOf('object.manage');
    context.authorizeRecord('object.manage', {
      place,
      scenario: scenarios.find((scenario) => covers(reach, null, scenario)) ?? scenarios[0] ?? 0,
    });
    const { code, name, lat, lon, simulated } = body;
    const row = await tx
      .insertInto('monitored_object')
      .values({
        code,
        name,
        scenarios,
        place,
        town,
        village,
        place_approximate: approximate,
        lat,
        lon,
        owner: null,
        operator: null,
        simulated,
        created_at: new Date(context.now()),
      })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) throw new AppError('record.exists', { what: '监测对象', id: code });
    await audit(context, tx, { action: 'object.register', subject: `object/${code}`, after: body });
    const { id } = row;
    return {
      id,
      code,
      name,
      scenarios: codesOf(scenarios),
      lat,
      lon,
      town,
      village,
      placeApproximate: approximate,
      simulated,
    };
  });
}

function scenarioNumbers(codes: readonly string[]): number[] {
  return [...new Set(codes)].map((code) => {
    const found = scenarioOf(code);
    if (!found) throw new AppError('input.invalid', { issues: `没有场景“${code}”，场景编码见平台清单` });
    return found.id;
  });
}

interface Place {
  readonly place: number;
  readonly town: string;
  readonly village: string | null;
  readonly approximate: boolean;
}

async function placeOf(tx: Tx, body: Body): Promise<Place> {
  if (body.village !== undefined) return villagePlace(tx, body.village, body.town);
  const territory = await loadTerritory(tx);
  if (body.town === undefined) {
    const { town, approximate } = locate(territory, [body.lon, body.lat]);
    return { place: town.place, town: town.code, village: null, approximate };
  }
  const told = territory.towns.find(({ code }) => code === body.town);
  if (!told) throw new AppError('record.not-found', { what: '街镇', id: body.town });
  return { place: told.place, town: told.code, village: null, approximate: false };
}

async function villagePlace(tx: Tx, village: string, town: string | undefined): Promise<Place> {
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
