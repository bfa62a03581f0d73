import { AppError } from '#base';
import { protocolName } from '#model/monitoring';
import { audit, placedFor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

interface Held {
  readonly id: number;
  readonly point: string;
  readonly device_id: number;
  /** Null where the device is out of the caller's sight. */
  readonly device: string | null;
  readonly protocol: string | null;
  readonly place: number | null;
  readonly scenarios: number[] | null;
}

interface Claim {
  /** Who wants them: its number where it has one already, and its name in the audit. */
  readonly device: { readonly id: number | undefined; readonly name: string };
  /** By code, as {@link findPoints} gives them. */
  readonly points: ReadonlyMap<string, number>;
  readonly takeOver: boolean;
}

/**
 * A point is fed by one device. Those that another one feeds are taken from it where the caller says so and may change that
 * device too, in the audit of both; gives the numbers of the devices that lost some, whose factor maps are to be read anew.
 * Throws `point.taken`, naming who has them.
 */
export async function takePoints(
  context: RequestContext,
  tx: Tx,
  { device, points, takeOver }: Claim,
): Promise<readonly number[]> {
  const { rows } = await sql<Held>`
    select p.id, p.code as point, p.device_id, d.code as device, d.protocol, d.place, d.scenarios
    from point p left join device d on d.id = p.device_id
    where p.id = any(${[...points.values()]}) and p.device_id is not null and p.device_id <> ${device.id ?? 0}
    order by p.code`.execute(tx);
  if (rows.length === 0) return [];
  if (!takeOver || rows.some((held) => held.device === null)) {
    const named = rows.slice(0, 20).map((held) => `${held.point}（${ownerOf(held)}）`);
    throw new AppError('point.taken', { points: named.join('、') });
  }
  for (const held of rows) await take(context, tx, held, device.name);
  return [...new Set(rows.map((held) => held.device_id))];
}

async function take(context: RequestContext, tx: Tx, held: Held, by: string): Promise<void> {
  const standing = { place: held.place, scenarios: held.scenarios ?? [] };
  context.authorizeRecord('device.manage', placedFor(context, 'device.manage', standing));
  await tx
    .deleteFrom('device_factor')
    .where('device_id', '=', held.device_id)
    .where('point_id', '=', held.id)
    .execute();
  await audit(context, tx, {
    action: 'device.point-taken',
    subject: `device/${held.protocol}/${held.device}`,
    before: { point: held.point },
    after: { point: held.point, by },
  });
}

const ownerOf = ({ device, protocol }: Held): string =>
  device === null || protocol === null ? '您看不到的一台设备' : `${protocolName(protocol)} ${device}`;
