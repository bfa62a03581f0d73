import type { FaultSubject } from '#model/operations';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { FaultStanding } from './fault-place.ts';

/** What is sick, as a fault names and places it. */
export interface Subject extends FaultStanding {
  readonly name: string;
  readonly simulated: boolean;
}

/**
 * The subject of that key, of those the transaction sees; undefined when there is none. A device is called by its code and
 * what it watches; what concerns the whole house lies at the district's own number.
 */
export async function findSubject(tx: Tx, { kind, key }: FaultSubject): Promise<Subject | undefined> {
  if (kind === 'device') return findDevice(tx, key);
  if (kind === 'point') return findPoint(tx, key);
  if (kind === 'object') return findObject(tx, key);
  const place = await districtPlace(tx);
  return place === undefined ? undefined : { place, scenarios: [], name: key, simulated: false };
}

async function findDevice(tx: Tx, key: string): Promise<Subject | undefined> {
  const slash = key.indexOf('/');
  const { rows } = await sql<Subject>`
    select coalesce(d.place, ${await districtPlace(tx)}::int) as place, d.scenarios, d.simulated,
      concat_ws(' ', d.code, (
        select o.name from point p join monitored_object o on o.id = p.object_id where p.device_id = d.id order by p.id limit 1
      )) as name
    from device d where d.protocol = ${key.slice(0, Math.max(slash, 0))} and d.code = ${key.slice(slash + 1)}`.execute(
    tx,
  );
  return rows[0];
}

async function findPoint(tx: Tx, key: string): Promise<Subject | undefined> {
  const { rows } = await sql<Subject>`
    select p.place, p.scenarios, p.simulated, concat_ws(' ', p.code, o.name) as name
    from point p join monitored_object o on o.id = p.object_id where p.code = ${key}`.execute(tx);
  return rows[0];
}

async function findObject(tx: Tx, key: string): Promise<Subject | undefined> {
  const { rows } = await sql<Subject>`
    select place, scenarios, simulated, name from monitored_object where code = ${key}`.execute(tx);
  return rows[0];
}

/** The district's own number: seen by whoever sees the whole of it. */
export async function districtPlace(tx: Tx): Promise<number | undefined> {
  const row = await tx
    .selectFrom('platform')
    .select('place')
    .where('kind', '=', 'district')
    .executeTakeFirst();
  return row?.place ?? undefined;
}
