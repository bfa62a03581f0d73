import { AppError } from '#base';
import type { MonitoredObject, objectRoutes } from '#contract/platform';
import { announce, audit, type RequestContext, placedFor } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { carryPoints } from './carry-points.ts';
import { lockObject, type HeldObject } from './lock-object.ts';
import { type ObjectPlace, placeOf, pudongPoint, scenarioNumbers } from './object-place.ts';
import { checkParameters } from './object-parameters.ts';
import { loadObjects } from './object-view.ts';
import { partyColumns } from './party-columns.ts';

type Route = typeof objectRoutes.updateObject;
type Body = z.output<Route['body']>;

/**
 * Changes an object; what is left out stays. With other coordinates its territory is found anew, and its points, alarms, warnings
 * and orders go along. Throws `record.not-found`, `access.denied`, `record.changed`, `input.invalid`.
 */
export async function updateObject(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Route['params']>; readonly body: Body },
): Promise<MonitoredObject> {
  context.authorize('object.manage');
  return context.transaction(async (tx) => {
    const held = await lockObject(context, tx, params.id, body.version);
    const { before } = held;
    const scenarios = body.scenarios ? scenarioNumbers(body.scenarios) : held.scenarios;
    await checkScenarios(tx, held, scenarios);
    const point = pointOf(held, body);
    const to = await moved(tx, held, { ...body, ...point });
    const placed = placedFor(context, 'object.manage', { place: to.place, scenarios });
    context.authorizeRecord('object.manage', placed);
    const { name = before.name, address = before.address, retired, parameters } = body;
    if (parameters) await checkParameters(tx, parameters);
    await tx
      .updateTable('monitored_object')
      .set({
        name,
        address,
        scenarios,
        ...point,
        place: to.place,
        town: to.town,
        village: to.village,
        place_approximate: to.approximate,
        ...(await partyColumns(tx, body)),
        ...(parameters ? { parameters: JSON.stringify(parameters) } : {}),
        ...(retired === false ? { retired_at: null } : {}),
        version: body.version + 1,
      })
      .where('id', '=', params.id)
      .execute();
    const hasMoved = to.place !== held.place;
    if (hasMoved || body.scenarios) await carryPoints(tx, [params.id]);
    const [after] = await loadObjects(context, tx, sql`where o.id = ${params.id}`);
    if (!after) throw new AppError('record.not-found', { what: '监测对象', id: String(params.id) });
    const subject = `object/${before.code}`;
    await audit(context, tx, { action: 'object.update', subject, before, after, ...placed });
    const payload = {
      id: params.id,
      state: 'changed',
      moved: hasMoved ? [params.id] : [],
      judgedAnew: parameters ? [params.id] : [],
    };
    await announce(tx, [{ type: 'object.changed', at: context.now(), ...placed, payload }]);
    return after;
  });
}

/** The coordinates in WGS 84: those given, else those it has. */
function pointOf({ before }: HeldObject, { lat, lon, datum }: Body): { lat: number; lon: number } {
  if (lat === undefined && lon === undefined) return { lat: before.lat, lon: before.lon };
  if (lat === undefined || lon === undefined) {
    throw new AppError('input.invalid', { issues: '经度和纬度须同时给出' });
  }
  return pudongPoint({ lat, lon }, datum);
}

/** A told village or town is believed; without one only other coordinates move an object, and a village stays within its town. */
async function moved(
  tx: Tx,
  { before, place }: HeldObject,
  told: { lat: number; lon: number; town?: string | undefined; village?: string | undefined },
): Promise<ObjectPlace> {
  const { town, village, placeApproximate } = before;
  const stays = { place, town: town ?? '', village, approximate: placeApproximate };
  const isTold = told.town !== undefined || told.village !== undefined;
  if (!isTold && told.lat === before.lat && told.lon === before.lon) return stays;
  const found = await placeOf(tx, told);
  return !isTold && village !== null && found.town === town ? stays : found;
}

/** The hot path keeps the first scenario of every point: alarms already under way would be written into the old one. */
async function checkScenarios(tx: Tx, held: HeldObject, scenarios: readonly number[]): Promise<void> {
  if (scenarios[0] === held.scenarios[0]) return;
  const point = await tx
    .selectFrom('point')
    .select('code')
    .where('object_id', '=', held.before.id)
    .limit(1)
    .executeTakeFirst();
  if (point) {
    const issues = `对象已有监测点“${point.code}”，不能更换首个场景，只能增减其余场景`;
    throw new AppError('input.invalid', { issues });
  }
}
