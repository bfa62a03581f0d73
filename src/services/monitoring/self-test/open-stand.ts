import { SELF_TEST_PLACE } from '#model/platform';
import type { SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { MonitoringDesk } from '../desk.ts';
import { loadDevices } from '../device-book.ts';
import { loadElementFacts } from '../recover.ts';
import { bookStandPoint, putStandDevice, putStandObject, putStandPoint } from '../stand-parts.ts';

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

/** The scenario's test stand, made where it is not there yet. It lies in no territory. */
export async function openStand(
  context: SystemContext,
  desk: MonitoringDesk,
  { scenario, element: elementCode, protocol }: WantedStand,
): Promise<TestStand> {
  const ground = { scenario: scenario.id, place: SELF_TEST_PLACE, now: context.now() };
  const codes = { device: deviceCodeOf(scenario.id), point: `ZJ-${scenario.code}-${elementCode}` };
  return desk.ingest.exclusively(({ book }) =>
    context.transaction(async (tx) => {
      const object = await putStandObject(tx, ground, {
        code: `ZJ-${scenario.code}`,
        name: `${scenario.name} 自检`,
        lat: 31.22,
        lon: 121.54,
      });
      const settings = protocol === 'hj212' ? { password: PASSWORD } : {};
      const device = await putStandDevice(tx, ground, { protocol, code: codes.device, settings });
      const point = await putStandPoint(tx, ground, {
        code: codes.point,
        object,
        device,
        element: elementCode,
      });
      await feed(tx, { point, device });
      const element = (await loadElementFacts(tx, [elementCode])).get(elementCode);
      if (!element) throw new Error(`the standard has no element ${elementCode}`);
      if (book.get(point)) book.change(point, { deviceId: device });
      else bookStandPoint(book, ground, { id: point, code: codes.point, object, device, element });
      await loadDevices(tx, desk.devices, await devicesOf(tx, scenario.id));
      return {
        object,
        point,
        pointCode: codes.point,
        device,
        deviceCode: codes.device,
        factor: FACTOR,
      };
    }),
  );
}

/** Of 24 letters and digits, as HJ 212 wants its MN. */
const deviceCodeOf = (scenario: number): string => `PUANZIJIAN${String(scenario).padStart(14, '0')}`;

/** One a scenario and element; fed by the device of the protocol that is tested now. */
async function feed(
  tx: Tx,
  { point, device }: { readonly point: number; readonly device: number },
): Promise<void> {
  await sql`delete from device_factor f using device d where d.id = f.device_id and d.place = ${SELF_TEST_PLACE}
    and (f.point_id = ${point} or f.device_id = ${device})`.execute(tx);
  await sql`insert into device_factor (device_id, factor, point_id) values (${device}, ${FACTOR}, ${point})`.execute(
    tx,
  );
}

async function devicesOf(tx: Tx, scenario: number): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from device where place = ${SELF_TEST_PLACE} and scenarios = ${[scenario]}::int2[]`.execute(tx);
  return rows.map(({ id }) => id);
}
