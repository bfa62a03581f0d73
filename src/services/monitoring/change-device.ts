import { AppError } from '#base';
import type { DeviceDetail, monitoringRoutes } from '#contract/monitoring';
import type { DeviceSettings } from '#model/monitoring';
import type { Placed } from '#model/platform';
import { announce, audit, placedFor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import type { z } from 'zod';

import type { MonitoringDesk } from './desk.ts';
import { loadDevices } from './device-book.ts';
import { checkFactors, findPoints, writeFactors } from './device-factors.ts';
import { maskSettings, openSettings, sealSettings } from './device-settings.ts';
import { loadDevice } from './get-device.ts';
import { takePoints } from './take-points.ts';

interface Input {
  readonly params: { readonly id: number };
  readonly body: z.output<typeof monitoringRoutes.changeDevice.body>;
}

type Settings = Input['body']['settings'];

/**
 * Gives a device another factor map or other settings, in force from its next packet. A password or key that is not given
 * stays, one that is null is taken away. Points it no longer feeds have no device until one takes them. Throws `record.not-found` for a
 * device or point out of sight, `point.taken` for points that another device feeds.
 */
export async function changeDevice(
  context: RequestContext,
  desk: MonitoringDesk,
  { params: { id }, body }: Input,
): Promise<DeviceDetail> {
  context.authorize('device.manage');
  return desk.ingest.exclusively(({ book }) =>
    context.transaction(async (tx) => {
      const before = await lock(context, tx, id);
      checkFactors(before.protocol, body.points);
      const kept = openSettings(context.vault, before.settings);
      const settings = changed(kept, body.settings);
      const points = await findPoints(tx, body.points);
      const name = `${before.protocol}/${before.code}`;
      const { takeOver = false } = body;
      const robbed = await takePoints(context, tx, { device: { id, name }, points, takeOver });
      const left = await leave(tx, id, [...points.values()]);
      await writeFactors(tx, id, body.points, points);
      await tx
        .updateTable('device')
        .set({ settings: JSON.stringify(sealSettings(context.vault, settings)) })
        .where('id', '=', id)
        .execute();
      await audit(context, tx, {
        action: 'device.change',
        subject: `device/${name}`,
        before: { points: before.factors, settings: maskSettings(before.settings) },
        after: {
          points: body.points,
          settings: maskSettings(settings),
          ...secretsChanged(kept, body.settings),
        },
      });
      const fed = new Set(before.factors.map(({ point_id }) => point_id));
      const moved = [...[...points.values()].filter((point) => !fed.has(point)), ...left];
      const payload = { id, state: 'changed', points: moved };
      await announce(tx, [{ type: 'device.changed', at: context.now(), ...before.placed, payload }]);
      await loadDevices(tx, desk.devices, [id, ...robbed]);
      for (const point of points.values()) book.change(point, { deviceId: id });
      for (const point of left) book.change(point, { deviceId: null });
      return loadDevice(context, tx, id);
    }),
  );
}

interface Locked {
  readonly protocol: string;
  readonly code: string;
  readonly settings: DeviceSettings;
  readonly factors: readonly { readonly factor: string; readonly point_id: number }[];
  readonly placed: Placed;
}

async function lock(context: RequestContext, tx: Tx, id: number): Promise<Locked> {
  const found = await tx
    .selectFrom('device')
    .select(['protocol', 'code', 'settings', 'place', 'scenarios'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw new AppError('record.not-found', { what: '设备', id: String(id) });
  const placed = placedFor(context, 'device.manage', found);
  context.authorizeRecord('device.manage', placed);
  const factors = await tx
    .selectFrom('device_factor')
    .select(['factor', 'point_id', 'scale', 'shift'])
    .where('device_id', '=', id)
    .orderBy('factor')
    .execute();
  return { ...found, settings: found.settings, factors, placed };
}

/** Takes the device from points that it feeds no more; gives their numbers. */
async function leave(tx: Tx, id: number, stay: readonly number[]): Promise<readonly number[]> {
  const rows = await tx
    .updateTable('point')
    .set({ device_id: null })
    .where('device_id', '=', id)
    .where('id', 'not in', [...stay, 0])
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** What is written and never read back: left as it is unless it is given anew. */
function secretsOf({ password, cipher }: DeviceSettings): DeviceSettings {
  return {
    ...(password === undefined ? {} : { password }),
    ...(cipher === undefined ? {} : { cipher }),
  };
}

/** What became of secrets, which the audit cannot show. */
function secretsChanged(
  kept: DeviceSettings,
  settings: Settings,
): { readonly secrets?: Readonly<Record<string, string>> } {
  const told = (['password', 'cipher'] as const).flatMap((name): [string, string][] => {
    const value = settings[name];
    if (value === undefined || (value === null && kept[name] === undefined)) return [];
    return [[name, value === null ? 'removed' : kept[name] === undefined ? 'set' : 'replaced']];
  });
  return told.length === 0 ? {} : { secrets: Object.fromEntries(told) };
}

/** With what was kept before, less what is null. */
function changed(kept: DeviceSettings, settings: Settings): DeviceSettings {
  const entries = Object.entries({ ...secretsOf(kept), ...given(settings) });
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

const given = (settings: Settings): object =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
