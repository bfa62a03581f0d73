import { AppError } from '#base';
import type { IncidentDetail, incidentRoutes } from '#contract/response';
import { type Loop, LOOPS } from '#model/standard';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { adopt, adoptionsInto } from './adopt.ts';
import { callParts } from './call-parts.ts';
import { incidentDetailOf } from './get-incident.ts';
import { insertIncidents } from './insert-incidents.ts';
import { lockIncident } from './incident-row.ts';
import { tellIncidents } from './tell-incidents.ts';
import { wantedOrders } from './wanted-orders.ts';

type OpenRequest = z.output<typeof incidentRoutes.openIncident.body>;
type AdoptRequest = z.output<typeof incidentRoutes.adoptOrders.body>;

interface First {
  readonly place: number;
  readonly scenario: number;
  readonly level: number;
  readonly loop: Loop;
  readonly lat: number;
  readonly lon: number;
  readonly session: number | null;
  readonly simulated: boolean;
}

/**
 * Opens an incident by hand out of orders, led by the scenario of the worst of them. Throws `incident.no-orders` where none of them
 * is open and free.
 */
export async function openIncident(context: RequestContext, request: OpenRequest): Promise<IncidentDetail> {
  context.authorize('incident.lead');
  return context.transaction(async (tx) => {
    const which = wantedOrders(request);
    const first = await firstOf(tx, which);
    if (!first) throw new AppError('incident.no-orders');
    context.authorizeRecord('incident.lead', first);
    const at = context.now();
    const by = context.actor.name;
    const loop = request.loop ?? first.loop;
    const { title, reason } = request;
    const [made] = await insertIncidents(tx, [
      { ...first, title, loop, ground: 'hand', cause: null, at, by },
    ]);
    if (!made) throw new Error('the incident was not written');
    const adopted = await adopt(
      tx,
      { at, by },
      adoptionsInto({ incident: made.id, code: made.code, reason }, which),
    );
    const line = { incident: made.id, at, by };
    await tellIncidents(tx, 'incident.opened', [
      { ...line, kind: 'opened', text: `人工建立事件，纳入 ${adopted.length} 张工单`, note: reason },
      ...(await callParts(tx, [made.id], { at, by })),
    ]);
    await audit(context, tx, {
      action: 'incident.opened',
      subject: `incident/${made.code}`,
      place: first.place,
      scenario: first.scenario,
      after: { title, loop, reason, orders: adopted.length },
    });
    return incidentDetailOf(context, tx, made.id);
  });
}

/** The worst of the orders, and what they come to together: the largest of their loops. */
async function firstOf(tx: Tx, which: RawBuilder<unknown>): Promise<First | undefined> {
  const { rows } = await sql<Omit<First, 'loop'> & { loops: readonly Loop[] }>`
    with wanted as (
      select o.id, o.place, o.scenario, o.level, o.loop, o.replay_session_id, o.simulated, o.object_id, o.opened_at
      from work_order o where o.incident_id is null and o.state <> 'closed' and ${which}
    )
    select w.place, w.scenario, w.level, w.replay_session_id as session, w.simulated, m.lat, m.lon,
      (select json_agg(distinct loop) from wanted) as loops
    from wanted w join monitored_object m on m.id = w.object_id order by w.level desc, w.opened_at, w.id limit 1`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) return undefined;
  const { loops, ...first } = row;
  return { ...first, loop: LOOPS.findLast((loop) => loops.includes(loop)) ?? 'small' };
}

/** Takes orders of any scenario into an incident. Those that another has already taken stay where they are. Gives how many came. */
export async function adoptOrders(
  context: RequestContext,
  id: number,
  request: AdoptRequest,
): Promise<{ readonly adopted: number }> {
  context.authorize('incident.lead');
  return context.transaction(async (tx) => {
    const row = await lockIncident(tx, [], id);
    context.authorizeRecord('incident.lead', row);
    if (row.state === 'closed') throw new AppError('incident.closed', { code: row.code });
    const at = context.now();
    const by = context.actor.name;
    const { reason } = request;
    const adopted = await adopt(
      tx,
      { at, by },
      adoptionsInto({ incident: id, code: row.code, reason }, wantedOrders(request)),
    );
    if (adopted.length === 0) return { adopted: 0 };
    const line = {
      incident: id,
      at,
      by,
      kind: 'adopted',
      text: `纳入 ${adopted.length} 张工单`,
      note: reason,
    };
    await tellIncidents(tx, 'incident.changed', [
      line,
      ...(row.loop === 'large' ? await callParts(tx, [id], { at, by }) : []),
    ]);
    await audit(context, tx, {
      action: 'incident.adopted',
      subject: `incident/${row.code}`,
      place: row.place,
      scenario: row.scenario,
      after: { orders: adopted.map(({ order }) => order), reason },
    });
    return { adopted: adopted.length };
  });
}
