import { AppError } from '#base';
import type { incidentRoutes } from '#contract/response';
import { audit, type RequestContext } from '#services/context';
import type { z } from 'zod';

import { release } from './adopt.ts';
import { lockIncident } from './incident-row.ts';
import { tellIncidents } from './tell-incidents.ts';

type ReleaseRequest = z.output<typeof incidentRoutes.releaseOrders.body>;

/** Gives orders of an open incident back, with a reason. */
export async function releaseOrders(
  context: RequestContext,
  id: number,
  { orders, reason }: ReleaseRequest,
): Promise<{ readonly released: number }> {
  context.authorize('incident.lead');
  return context.transaction(async (tx) => {
    const row = await lockIncident(tx, [], id);
    context.authorizeRecord('incident.lead', row);
    if (row.state === 'closed') throw new AppError('incident.closed', { code: row.code });
    const at = context.now();
    const by = context.actor.name;
    const released = await release(tx, { incident: id, code: row.code, at, by, reason }, orders);
    if (released.length === 0) return { released: 0 };
    await tellIncidents(tx, 'incident.changed', [
      { incident: id, at, by, kind: 'released', text: `移出 ${released.length} 张工单`, note: reason },
    ]);
    await audit(context, tx, {
      action: 'incident.released',
      subject: `incident/${row.code}`,
      place: row.place,
      scenario: row.scenario,
      after: { orders: released, reason },
    });
    return { released: released.length };
  });
}
