import { AppError } from '#base';
import type { MonitoredObject, platformRoutes } from '#contract/platform';
import { announce, audit, type RequestContext, placedFor } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { placeOf, pudongPoint, scenarioNumbers } from './object-place.ts';
import { checkParameters } from './object-parameters.ts';
import { loadObjects } from './object-view.ts';
import { partyColumns } from './party-columns.ts';

type Body = z.output<typeof platformRoutes.createObject.body>;

/**
 * Registers a monitored object; its coordinates are kept as WGS 84.
 * Throws `input.invalid`, `record.not-found`, `record.exists`, `access.denied`.
 */
export async function registerObject(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<MonitoredObject> {
  context.authorize('object.manage');
  const scenarios = scenarioNumbers(body.scenarios);
  const { lat, lon } = pudongPoint(body, body.datum);
  return context.transaction(async (tx) => {
    const { place, town, village, approximate } = await placeOf(tx, { ...body, lat, lon });
    const placed = placedFor(context, 'object.manage', { place, scenarios });
    context.authorizeRecord('object.manage', placed);
    const { code, name, simulated, address = null, owner, operator, maintainer, parameters = {} } = body;
    await checkParameters(tx, parameters);
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
        address,
        parameters: JSON.stringify(parameters),
        owner: null,
        operator: null,
        ...(await partyColumns(tx, { owner, operator, maintainer })),
        simulated,
        created_at: new Date(context.now()),
      })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) throw new AppError('record.exists', { what: '监测对象', id: code });
    const after = { ...body, lat, lon };
    await audit(context, tx, { action: 'object.register', subject: `object/${code}`, after, ...placed });
    await announce(tx, [
      { type: 'object.changed', at: context.now(), ...placed, payload: { id: row.id, state: 'registered' } },
    ]);
    const [made] = await loadObjects(context, tx, sql`where o.id = ${row.id}`);
    if (!made) throw new AppError('record.not-found', { what: '监测对象', id: code });
    return made;
  });
}
