import { AppError } from '#base';
import type { gatewayRoutes, GatewayView } from '#contract/monitoring';
import { audit, placedFor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import type { GatewayControl } from './gateway-control.ts';
import { loadGatewayView, lockGateway } from './gateway-view.ts';

/**
 * Opens one more gateway, for a platform. Throws `record.not-found` for a platform out of sight, `gateway.port-taken` for
 * a port another gateway of ours has; whether the machine lets it listen is told by its state.
 */
export async function openGateway(
  context: RequestContext,
  control: GatewayControl,
  { body }: { readonly body: z.output<typeof gatewayRoutes.openGateway.body> },
): Promise<GatewayView> {
  context.authorize('device.manage');
  const setting = await context.transaction(async (tx) => {
    const { rows } = await sql<{ id: number; place: number; scenarios: number[] }>`
      select p.id, p.place, array(select distinct s from (
        select p.scenario union select c.scenario from platform c where c.parent_id = p.id and p.kind = 'industry') t(s)
        where s is not null) as scenarios
      from platform p where p.code = ${body.platform}`.execute(tx);
    const [platform] = rows;
    if (!platform) throw new AppError('record.not-found', { what: '平台', id: body.platform });
    context.authorizeRecord('device.manage', placedFor(context, 'device.manage', platform));
    await refuseTakenPort(tx, body.port);
    const made = await tx
      .insertInto('gateway')
      .values({
        platform_id: platform.id,
        protocol: body.protocol,
        name: body.name,
        port: body.port,
        limits: JSON.stringify(body.limits),
        place: platform.place,
        scenarios: platform.scenarios,
      })
      .returning(['id', 'protocol', 'port', 'enabled'])
      .executeTakeFirstOrThrow();
    await audit(context, tx, { action: 'gateway.open', subject: `gateway/${made.id}`, after: body });
    return { ...made, limits: body.limits };
  });
  await control.apply(setting);
  return context.transaction((tx) => loadGatewayView(context, tx, control, setting.id));
}

/** Switches a gateway on or off, or changes what it may take. Throws `record.not-found`, `gateway.port-taken`. */
export async function changeGateway(
  context: RequestContext,
  control: GatewayControl,
  input: {
    readonly params: { id: number };
    readonly body: z.output<typeof gatewayRoutes.changeGateway.body>;
  },
): Promise<GatewayView> {
  context.authorize('device.manage');
  const { id } = input.params;
  const setting = await context.transaction(async (tx) => {
    const before = await lockGateway(context, tx, id);
    const { port } = input.body;
    if ((port === null) !== (before.port === null)) throw new AppError('gateway.by-settings');
    if (port !== null && port !== before.port) await refuseTakenPort(tx, port);
    const after = { ...before, ...input.body };
    await tx
      .updateTable('gateway')
      .set({
        name: after.name,
        port: after.port,
        enabled: after.enabled,
        limits: JSON.stringify(after.limits),
      })
      .where('id', '=', id)
      .execute();
    await audit(context, tx, { action: 'gateway.change', subject: `gateway/${id}`, before, after });
    return after;
  });
  await control.apply(setting);
  return context.transaction((tx) => loadGatewayView(context, tx, control, id));
}

/** Takes a gateway away for good. Throws `record.not-found`, `gateway.by-settings` for the one the settings give. */
export async function removeGateway(
  context: RequestContext,
  control: GatewayControl,
  id: number,
): Promise<{ removed: boolean }> {
  context.authorize('device.manage');
  await context.transaction(async (tx) => {
    const before = await lockGateway(context, tx, id);
    if (before.port === null) throw new AppError('gateway.by-settings');
    await tx.deleteFrom('gateway').where('id', '=', id).execute();
    await audit(context, tx, { action: 'gateway.remove', subject: `gateway/${id}`, before });
  });
  await control.remove(id);
  return { removed: true };
}

/** Ends one connection of a gateway; false where it has gone already. Throws `record.not-found`. */
export async function cutGatewaySession(
  context: RequestContext,
  control: GatewayControl,
  { id, session }: { readonly id: number; readonly session: number },
): Promise<{ cut: boolean }> {
  context.authorize('device.manage');
  return context.transaction(async (tx) => {
    await lockGateway(context, tx, id);
    const address = control.sessionsOf(id).find((one) => one.id === session)?.address;
    await audit(context, tx, {
      action: 'gateway.cut-session',
      subject: `gateway/${id}`,
      after: { session, address },
    });
    return { cut: control.cut(id, session) };
  });
}

async function refuseTakenPort(
  tx: Parameters<Parameters<RequestContext['transaction']>[0]>[0],
  port: number,
): Promise<void> {
  // A gateway of another platform may be out of the caller's sight; the port is taken all the same.
  const { rows } = await sql<{ taken: boolean }>`select gateway_port_taken(${port}) as taken`.execute(tx);
  if (rows[0]?.taken) throw new AppError('gateway.port-taken', { port });
}
