import { AppError } from '#base';
import type { monitoringRoutes } from '#contract/monitoring';
import { parseRegister } from '#protocols/modbus';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

type FactorMap = z.output<typeof monitoringRoutes.createDevice.body>['points'];

/** Writes a device's factor map anew, and hangs its points on it. `points` numbers them, as {@link findPoints} gives them. */
export async function writeFactors(
  tx: Tx,
  deviceId: number,
  map: FactorMap,
  points: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = map.map(({ factor, point, scale, offset }) => ({
    device_id: deviceId,
    factor,
    scale,
    shift: offset,
    point_id: points.get(point) ?? 0,
  }));
  await tx.deleteFrom('device_factor').where('device_id', '=', deviceId).execute();
  if (rows.length > 0) await tx.insertInto('device_factor').values(rows).execute();
  await tx
    .updateTable('point')
    .set({ device_id: deviceId })
    .where('id', 'in', [...points.values(), 0])
    .execute();
}

/** A device stands where its first point stands; one without points, at the office of whoever registers it. */
export async function standingOf(
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

/** The factors of a Modbus device are registers; throws `input.invalid` naming those that cannot be read. */
export function checkFactors(protocol: string, map: FactorMap): void {
  if (protocol !== 'modbus') return;
  const unread = map.filter(({ factor }) => parseRegister(factor) === undefined);
  if (unread.length === 0) return;
  const named = unread.slice(0, 20).map(({ factor }) => factor);
  throw new AppError('input.invalid', {
    issues: `不是寄存器的写法：${named.join('、')}；例：holding:100:float32:ABCD、input:3:int16、coil:5`,
  });
}

/** Every point named must be one the caller may see; all that are not are named together. */
export async function findPoints(tx: Tx, map: FactorMap): Promise<ReadonlyMap<string, number>> {
  const wanted = [...new Set(map.map((binding) => binding.point))];
  const rows = await tx
    .selectFrom('point')
    .select(['id', 'code'])
    .where('code', 'in', [...wanted, ''])
    .execute();
  const found = new Map(rows.map((row) => [row.code, row.id]));
  const missing = wanted.filter((code) => !found.has(code));
  if (missing.length > 0)
    throw new AppError('record.not-found', { what: '监测点', id: missing.slice(0, 20).join('、') });
  const factors = map.map((binding) => binding.factor);
  const twice = factors.find((factor, i) => factors.indexOf(factor) !== i);
  if (twice !== undefined) throw new AppError('input.invalid', { issues: `因子 ${twice} 出现了两次` });
  return found;
}
