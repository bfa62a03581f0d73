import { AppError } from '#base';
import type { MonitoredObject, objectRoutes } from '#contract/platform';
import { announce, audit, type RequestContext, placedFor } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { lockObject } from './lock-object.ts';
import { loadObjects } from './object-view.ts';

type Route = typeof objectRoutes.retireObject;

/**
 * Takes an object out of use; whatever is stored of it stays. Doing it twice changes nothing.
 * Throws `record.not-found`, `access.denied`, `record.changed`, `object.in-use`.
 */
export async function retireObject(
  context: RequestContext,
  { params, query }: { readonly params: z.output<Route['params']>; readonly query: z.output<Route['query']> },
): Promise<MonitoredObject> {
  context.authorize('object.manage');
  return context.transaction(async (tx) => {
    const held = await lockObject(context, tx, params.id, query.version);
    const { before } = held;
    if (before.retiredAt !== null) return before;
    const { rows } = await sql<{ n: number }>`
      select (select count(*) from warning where object_id = ${params.id} and state = 'open')
        + (select count(*) from work_order where object_id = ${params.id} and state <> 'closed') as n`.execute(
      tx,
    );
    const open = rows[0]?.n ?? 0;
    if (open > 0) throw new AppError('object.in-use', { id: before.code, count: open });
    await tx
      .updateTable('monitored_object')
      .set({ retired_at: new Date(context.now()), version: query.version + 1 })
      .where('id', '=', params.id)
      .execute();
    const placed = placedFor(context, 'object.manage', held);
    await audit(context, tx, {
      action: 'object.retire',
      subject: `object/${before.code}`,
      before: { retiredAt: null },
      after: { retiredAt: context.now(), reason: query.reason },
      ...placed,
    });
    await announce(tx, [
      { type: 'object.changed', at: context.now(), ...placed, payload: { id: params.id, state: 'retired' } },
    ]);
    const [after] = await loadObjects(context, tx, sql`where o.id = ${params.id}`);
    return after ?? before;
  });
}
