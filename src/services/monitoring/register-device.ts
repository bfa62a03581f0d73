import { AppError } from '#base';
import type { Device, monitoringRoutes } from '#contract/monitoring';
import type { DeviceSettings } from '#model/monitoring';
import { announce, audit, placedFor, type RequestContext } from '#services/context';
import type { z } from 'zod';

import type { MonitoringDesk } from './desk.ts';
import { loadDevices } from './device-book.ts';
import { checkFactors, findPoints, standingOf, writeFactors } from './device-factors.ts';
import { maskSettings, sealSettings } from './device-settings.ts';
import { loadDeviceViews } from './device-view.ts';
import { takePoints } from './take-points.ts';

type Body = z.output<typeof monitoringRoutes.createDevice.body>;

/**
 * Registers a device with its factor map; a stranger of that name leaves quarantine. Gateways know it when this resolves.
 * Throws `point.taken` for points that another device feeds and that are not to be taken from it.
 */
export async function registerDevice(
  context: RequestContext,
  desk: MonitoringDesk,
  body: Body,
): Promise<Device> {
  context.authorize('device.manage');
  checkFactors(body.protocol, body.points);
  return desk.ingest.exclusively(({ book }) =>
    context.transaction(async (tx) => {
      const points = await findPoints(tx, body.points);
      const { protocol, code, simulated } = body;
      const settings = (body.settings ?? {}) as DeviceSettings;
      const name = `${protocol}/${code}`;
      const { takeOver = true } = body;
      const left = await takePoints(context, tx, { device: { id: undefined, name }, points, takeOver });
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
      await writeFactors(tx, row.id, body.points, points);
      await tx.deleteFrom('quarantine').where('protocol', '=', protocol).where('code', '=', code).execute();
      await audit(context, tx, {
        action: 'device.register',
        subject: `device/${name}`,
        after: { ...body, settings: maskSettings(settings) },
      });
      const placed = placedFor(context, 'device.manage', where);
      const payload = { id: row.id, state: 'registered', points: [...points.values()] };
      await announce(tx, [{ type: 'device.changed', at: context.now(), ...placed, payload }]);
      await loadDevices(tx, desk.devices, [row.id, ...left]);
      for (const id of points.values()) book.change(id, { deviceId: row.id });
      const [view] = await loadDeviceViews(tx, { ids: [row.id] });
      if (!view) throw new AppError('record.not-found', { what: '设备', id: code });
      return view;
    }),
  );
}
