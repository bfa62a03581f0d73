import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { PointBook } from './point-book.ts';
import { bookPoint, type ElementFacts } from './recover.ts';

/** Where a stand of a self-test or of a drill lies. */
export interface StandGround {
  readonly scenario: number;
  readonly place: number;
  readonly now: number;
}

/**
 * The object of a stand, made where it is not there yet. It counts as retired from its first moment, so that no stock-taking takes it
 * for one that should be watched; its points are judged like any other.
 */
export async function putStandObject(
  tx: Tx,
  { scenario, place, now }: StandGround,
  object: {
    readonly code: string;
    readonly name: string;
    readonly lat: number;
    readonly lon: number;
    readonly town?: string | null;
  },
): Promise<number> {
  const { code, name, lat, lon, town = null } = object;
  const { rows } = await sql<{ id: number }>`
    with made as (
      insert into monitored_object (code, name, scenarios, place, town, place_approximate, lat, lon, simulated, created_at, retired_at)
      values (${code}, ${name}, ${[scenario]}::int2[], ${place}, ${town}, true, ${lat}, ${lon}, true, ${new Date(now)},
        ${new Date(now)})
      on conflict (code) do nothing returning id
    )
    select id from made union all select id from monitored_object where code = ${code} and place = ${place}`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new Error(`${code} is the code of an object that is no stand`);
  return row.id;
}

export async function putStandDevice(
  tx: Tx,
  { scenario, place }: StandGround,
  device: { readonly protocol: string; readonly code: string; readonly settings: object },
): Promise<number> {
  const { protocol, code, settings } = device;
  const { rows } = await sql<{ id: number }>`
    insert into device (protocol, code, settings, simulated, place, scenarios)
    values (${protocol}, ${code}, ${JSON.stringify(settings)}::jsonb, true, ${place}, ${[scenario]}::int2[])
    on conflict (protocol, code) do update set settings = excluded.settings returning id`.execute(tx);
  return rows[0]?.id ?? 0;
}

export async function putStandPoint(
  tx: Tx,
  { scenario, place }: StandGround,
  point: {
    readonly code: string;
    readonly object: number;
    readonly device: number;
    readonly element: string;
  },
): Promise<number> {
  const { code, object, device, element } = point;
  const { rows } = await sql<{ id: number }>`
    insert into point (code, object_id, element_code, device_id, place, scenarios, simulated)
    values (${code}, ${object}, ${element}, ${device}, ${place}, ${[scenario]}::int2[], true)
    on conflict (code) do update set device_id = excluded.device_id returning id`.execute(tx);
  return rows[0]?.id ?? 0;
}

/** From now on the hot path judges it. */
export function bookStandPoint(
  book: PointBook,
  { scenario, place }: StandGround,
  point: {
    readonly id: number;
    readonly code: string;
    readonly object: number;
    readonly device: number;
    readonly element: ElementFacts;
  },
): void {
  const { id, code, object, device, element } = point;
  bookPoint(
    book,
    {
      id,
      code,
      object_id: object,
      place,
      scenarios: [scenario],
      device_id: device,
      simulated: true,
      parameters: {},
    },
    element,
  );
}
