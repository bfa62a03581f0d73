import { AppError } from '#base';
import type { GatewayLimits, GatewayView } from '#contract/monitoring';
import { protocolName } from '#model/monitoring';
import { placedFor, reaches, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { refusalText } from '../refusal-text.ts';
import type { GatewayControl, GatewaySetting } from './gateway-control.ts';

interface Row {
  readonly id: number;
  readonly protocol: string;
  readonly name: string;
  readonly port: number | null;
  readonly enabled: boolean;
  readonly limits: GatewayLimits;
  readonly platform_code: string;
  readonly platform_name: string;
  readonly devices: number;
  readonly heard: number;
  readonly frames: number;
  readonly refused: { reason: string; count: number }[] | null;
  readonly place: number | null;
  readonly scenarios: number[];
}

/** Gateways within the caller's reach, of one number or all, by protocol and then as they were opened. */
export async function loadGatewayViews(
  context: RequestContext,
  tx: Tx,
  control: GatewayControl,
  id?: number,
): Promise<GatewayView[]> {
  const { rows } = await sql<Row>`
    select g.id, g.protocol, g.name, g.port, g.enabled, g.limits, g.place, g.scenarios,
      p.code as platform_code, p.name as platform_name,
      (select count(*) from device d where d.protocol = g.protocol) as devices,
      (select count(*) from device d where d.protocol = g.protocol
        and d.last_seen_at > ${new Date(context.now() - DAY_MS)}) as heard,
      (select coalesce(sum(d.frames_accepted), 0)::float8 from device d where d.protocol = g.protocol) as frames,
      (select json_agg(r order by r.count desc) from (
        select reason, sum(f.count)::float8 as count from frame_refusal f where f.protocol = g.protocol group by reason) r) as refused
    from gateway g join platform p on p.id = g.platform_id
    where ${id === undefined ? sql`true` : sql`g.id = ${id}`}
    order by g.protocol, g.id`.execute(tx);
  return rows.map((row) => show(context, row, control));
}

/** One gateway. Throws `record.not-found`, also for one the caller does not reach. */
export async function loadGatewayView(
  context: RequestContext,
  tx: Tx,
  control: GatewayControl,
  id: number,
): Promise<GatewayView> {
  const [view] = await loadGatewayViews(context, tx, control, id);
  if (!view) throw notFound(id);
  return view;
}

/** The row of a gateway the caller may change, locked. Throws `record.not-found` and `access.denied`. */
export async function lockGateway(
  context: RequestContext,
  tx: Tx,
  id: number,
): Promise<GatewaySetting & { readonly name: string }> {
  const row = await tx
    .selectFrom('gateway')
    .select(['id', 'protocol', 'name', 'port', 'enabled', 'limits', 'place', 'scenarios'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound(id);
  context.authorizeRecord('device.manage', placedFor(context, 'device.manage', row));
  return row;
}

const DAY_MS = 86_400_000;

function notFound(id: number): AppError {
  return new AppError('record.not-found', { what: '网关', id: String(id) });
}

function show(context: RequestContext, row: Row, control: GatewayControl): GatewayView {
  const mayChange = reaches(context, 'device.manage', row);
  const actions: GatewayView['allowedActions'] = row.port === null ? ['change'] : ['change', 'remove'];
  return {
    id: row.id,
    protocol: row.protocol,
    protocolName: protocolName(row.protocol),
    name: row.name,
    platform: { code: row.platform_code, name: row.platform_name },
    port: row.port,
    enabled: row.enabled,
    limits: row.limits,
    state: control.stateOf(row.id),
    devices: row.devices,
    devicesHeard: row.heard,
    framesAccepted: row.frames,
    framesRefused: (row.refused ?? []).map(({ reason, count }) => ({
      reason,
      count,
      text: refusalText(row.protocol, reason),
    })),
    allowedActions: mayChange ? actions : [],
  };
}
