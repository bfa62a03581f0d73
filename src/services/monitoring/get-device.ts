import { AppError } from '#base';
import type { DeviceDetail } from '#contract/monitoring';
import { type DeviceSettings, type Protocol, PROTOCOL_COMMANDS } from '#model/monitoring';
import { reaches, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { maskSettings } from './device-settings.ts';
import { loadDeviceViews } from './device-view.ts';
import { leniencyText } from './leniency-text.ts';

interface Row {
  readonly settings: DeviceSettings;
  readonly place: number | null;
  readonly scenarios: number[];
  readonly factors: DeviceDetail['factors'] | null;
  readonly leniencies: { leniency: string; count: number }[] | null;
}

/** One device with its factor map, settings and what was let pass. Throws `record.not-found`, also for one out of sight. */
export function getDevice(context: RequestContext, id: number): Promise<DeviceDetail> {
  context.authorize('device.read');
  return context.transaction((tx) => loadDevice(context, tx, id));
}

export async function loadDevice(context: RequestContext, tx: Tx, id: number): Promise<DeviceDetail> {
  const [view] = await loadDeviceViews(tx, { ids: [id] });
  const { rows } = await sql<Row>`
    select d.settings, d.place, d.scenarios,
      (select json_agg(json_build_object('factor', f.factor, 'point', p.code, 'objectName', o.name, 'elementName', e.name,
          'unit', e.unit, 'scale', f.scale, 'offset', f.shift) order by f.factor)
        from device_factor f join point p on p.id = f.point_id join monitored_object o on o.id = p.object_id
          join element e on e.code = p.element_code where f.device_id = d.id) as factors,
      (select json_agg(json_build_object('leniency', l.leniency, 'count', l.count) order by l.count desc)
        from device_leniency l where l.protocol = d.protocol and l.device_code = d.code) as leniencies
    from device d where d.id = ${id}`.execute(tx);
  const [row] = rows;
  if (!view || !row) throw new AppError('record.not-found', { what: '设备', id: String(id) });
  const commands = PROTOCOL_COMMANDS[view.protocol as Protocol] ?? [];
  const mayManage = reaches(context, 'device.manage', row);
  return {
    ...view,
    factors: row.factors ?? [],
    settings: { ...maskSettings(row.settings) },
    leniencies: (row.leniencies ?? []).map(({ leniency, count }) => ({
      leniency,
      text: leniencyText(view.protocol, leniency),
      count,
    })),
    commands: [...commands],
    allowedActions: mayManage ? ACTIONS.filter((action) => action !== 'command' || commands.length > 0) : [],
  };
}

const ACTIONS: DeviceDetail['allowedActions'] = ['change', 'command'];
