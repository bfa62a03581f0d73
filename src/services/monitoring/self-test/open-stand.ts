import { SELF_TEST_PLACE } from '#model/platform';
import type { SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { MonitoringDesk } from '../desk.ts';
import { loadDevices } from '../device-book.ts';
import { bookPoint, loadElementFacts } from '../recover.ts';

/** What is to be tested: a scenario's element, by a protocol. */
export interface WantedStand {
  readonly scenario: { readonly id: number; readonly code: string; readonly name: string };
  readonly element: string;
  readonly protocol: string;
}

/** Where a chain test stands: the object, the point and the device that only it has, by their numbers. */
export interface TestStand {
  readonly object: number;
  readonly point: number;
  readonly pointCode: string;
  readonly device: number;
  /** What the device calls itself on the wire, and its one factor. */
  readonly deviceCode: string;
  readonly factor: string;
}

/** Any name does: it is the device's own. */
const FACTOR = 'a00001';
const PASSWORD = '123456';

/**
 * The scenario's test stand, made where it is not there yet. Its object lies in no territory and counts as retired from its first
 * moment, so that no stock-taking takes it for one that should be watched; its point is judged like any other.
 */
export async function openStand(
  context: SystemContext,
  desk: MonitoringDesk,
  wanted: WantedStand,
): Promise<TestStand> {
  return desk.ingest.exclusively(({ book }) =>
    context.transaction(async (tx) => {
      const object = await findObject(tx, wanted, context.now());
      const device = await findDevice(tx, wanted);
      const point = await findPoint(tx, wanted, { object, device: device.id });
      const element = (await loadElementFacts(tx, [wanted.element])).get(wanted.element);
      if (!element) throw new Error(`the standard has no element ${wanted.element}`);
      if (book.get(point.id)) book.change(point.id, { deviceId: device.id });
      else
        bookPoint(
          book,
          {
            ...point,
            object_id: object,
            place: SELF_TEST_PLACE,
            scenarios: [wanted.scenario.id],
            device_id: device.id,
            simulated: true,
            parameters: {},
          },
          element,
        );
      await loadDevices(tx, desk.devices, await devicesOf(tx, wanted.scenario.id));
      return {
        object,
        point: point.id,
        pointCode: point.code,
        device: device.id,
        deviceCode: device.code,
        factor: FACTOR,
      };
    }),
  );
}

async function findObject(tx: Tx, { scenario }: WantedStand, now: number): Promise<number> {
  const code = `ZJ-${scenario.code}`;
  const { rows } = await sql<{ id: number }>`
    with made as (
      insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon, simulated, created_at, retired_at)
      values (${code}, ${`${scenario.name} 自检`}, ${[scenario.id]}::int2[], ${SELF_TEST_PLACE}, true, 31.22, 121.54, true,
        ${new Date(now)}, ${new Date(now)})
      on conflict (code) do nothing returning id
    )
    select id from made union all select id from monitored_object where code = ${code} and place = ${SELF_TEST_PLACE}`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new Error(`${code} is the code of an object that is no test stand`);
  return row.id;
}

/** Of 24 letters and digits, as HJ 212 wants its MN. */
async function findDevice(
  tx: Tx,
  { scenario, protocol }: WantedStand,
): Promise<{ readonly id: number; readonly code: string }> {
  const code = `PUANZIJIAN${String(scenario.id).padStart(14, '0')}`;
  const settings = protocol === 'hj212' ? { password: PASSWORD } : {};
  const { rows } = await sql<{ id: number }>`
    insert into device (protocol, code, settings, simulated, place, scenarios)
    values (${protocol}, ${code}, ${JSON.stringify(settings)}::jsonb, true, ${SELF_TEST_PLACE}, ${[scenario.id]}::int2[])
    on conflict (protocol, code) do update set settings = excluded.settings returning id`.execute(tx);
  return { id: rows[0]?.id ?? 0, code };
}

/** One a scenario and element; fed by the device of the protocol that is tested now. */
async function findPoint(
  tx: Tx,
  { scenario, element }: WantedStand,
  { object, device }: { readonly object: number; readonly device: number },
): Promise<{ readonly id: number; readonly code: string }> {
  const code = `ZJ-${scenario.code}-${element}`;
  const { rows } = await sql<{ id: number }>`
    insert into point (code, object_id, element_code, device_id, place, scenarios, simulated)
    values (${code}, ${object}, ${element}, ${device}, ${SELF_TEST_PLACE}, ${[scenario.id]}::int2[], true)
    on conflict (code) do update set device_id = excluded.device_id returning id`.execute(tx);
  const id = rows[0]?.id ?? 0;
  await sql`delete from device_factor f using device d where d.id = f.device_id and d.place = ${SELF_TEST_PLACE}
    and (f.point_id = ${id} or f.device_id = ${device})`.execute(tx);
  await sql`insert into device_factor (device_id, factor, point_id) values (${device}, ${FACTOR}, ${id})`.execute(
    tx,
  );
  return { id, code };
}

async function devicesOf(tx: Tx, scenario: number): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from device where place = ${SELF_TEST_PLACE} and scenarios = ${[scenario]}::int2[]`.execute(tx);
  return rows.map(({ id }) => id);
}
