import { AppError } from '#base';
import type { Device, monitoringRoutes } from '#contract/monitoring';
import type { DeviceSettings } from '#model/monitoring';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import type { MonitoringDesk } from './desk.ts';
import { loadDevices } from './device-book.ts';
import { maskSettings, sealSettings } from './device-settings.ts';
import { loadDeviceViews } from './device-view.ts';

type Body = z.output<typeof monitoringRoutes.createDevice.body>;

/** Registers a device with its factor map; a stranger of that name leaves quarantine. Gateways know it when this resolves. */
export async function registerDevice(
  context: RequestContext,
  desk: MonitoringDesk,
  body: Body,
): Promise<Device> {
  context.authorize('device.manage');
  return desk.ingest.exclusively(({ book }) =>
    context.transaction(async (tx) => {
      const points = await findPoints(tx, body);
      const { protocol, code, simulated } = body;
      const settings = (body.settings ?? {}) as DeviceSettings;
      const where = await standingOf(tx, context, [...points.values()]);
      const row = await tx
        .insertInto('device')
        .values({
          protocol,
          code,
          simulated,
          ...where,
          settings: JSON.stringify(sealSettings(context.vault, settings)),
          replay_session_id: null,
        })
        .onConflict((conflict) => conflict.columns(['protocol', 'code']).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!row) throw new AppError('record.exists', { what: '设备', id: code });
      const factors = body.points.map(({ factor, point, scale, offset }) => ({
        device_id: row.id,
        factor,
        scale,
        shift: offset,
        point_id: points.get(point) ?? 0,
      }));
      if (factors.length > 0) await tx.insertInto('device_factor').values(factors).execute();
      await tx
        .updateTable('point')
        .set({ device_id: row.id })
        .where('id', 'in', [...points.values(), 0])
        .execute();
      await tx.deleteFrom('quarantine').where('protocol', '=', protocol).where('code', '=', code).execute();
      await audit(context, tx, {
        action: 'device.register',
        subject: `device/${protocol}/${code}`,
        after: { ...body, settings: maskSettings(settings) },
      });
      await loadDevices(tx, desk.devices, [row.id]);
      for (const id of points.values()) book.change(id, { deviceId: row.id });
      const [view] = await loadDeviceViews(tx, { ids: [row.id] });
      if (!view) throw new AppError('record.not-found', { what: '设备', id: code });
      return view;
    }),
  );
}

/** A device stands where its first point stands; one without points, at the office of whoever registers it. */
async function standingOf(
  tx: Tx,
  context: RequestContext,
  points: readonly number[],
): Promise<{ readonly place: number | null; readonly scenarios: number[] }> {
  const { rows } = await sql<{ place: number; scenarios: number[] }>`
    select (select place from point where id = any(${points}) order by id limit 1) as place,
      array_agg(distinct s) as scenarios
    from point p, unnest(p.scenarios) s where p.id = any(${points}) having count(*) > 0`.execute(tx);
  const home = context.actor.rights.scopeOf('device.manage');
  return rows[0] ?? { place: home.places[0]?.from ?? null, scenarios: [...home.scenarios] };
}

/** Every point named must be one the caller may see; all that are not are named together. */
async function findPoints(tx: Tx, body: Body): Promise<ReadonlyMap<string, number>> {
  const wanted = [...new Set(body.points.map((binding) => binding.point))];
  const rows = await tx
    .selectFrom('point')
    .select(['id', 'code'])
    .where('code', 'in', [...wanted, ''])
    .execute();
  const found = new Map(rows.map((row) => [row.code, row.id]));
  const missing = wanted.filter((code) => !found.has(code));
  if (missing.length > 0)
    throw new AppError('record.not-found', { what: '监测点', id: missing.slice(0, 20).join('、') });
  const factors = body.points.map((binding) => binding.factor);
  const twice = factors.find((factor, i) => factors.indexOf(factor) !== i);
  if (twice !== undefined) throw new AppError('input.invalid', { issues: `因子 ${twice} 出现了两次` });
  return found;
}
