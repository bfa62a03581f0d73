import { type Role, ROLES } from '#model/platform';
import type { Storage } from '#storage';
import { sql } from 'kysely';

import type { Client } from '../client.ts';
import { signedIn } from './signed-in.ts';
import { SEAT_ZONES, SEATS_AT, type SeatZone } from './zones.ts';

/** Somebody with one role in one zone, signed in. */
export interface Seat {
  readonly role: Role;
  readonly zone: SeatZone;
  readonly account: number;
  readonly username: string;
  readonly client: Client;
}

/** One person for every role in every zone. Sessions are written straight into the table: signing in is tested elsewhere. */
export async function takeSeats(storage: Storage, url: string): Promise<readonly Seat[]> {
  const seats: Seat[] = [];
  for (const zone of SEAT_ZONES) {
    for (const role of ROLES.filter((one) => one !== 'gateway')) {
      const username = `seat.${role}.${zone}`;
      const { rows } = await sql<{ id: number }>`
        with home as (select id, place, scenario from platform where code = ${SEATS_AT[zone]}), opened as (
          insert into account (username, name, password_hash, password_from_bootstrap, platform_id, place, scenario)
          select ${username}, ${username}, 'x', true, id, place, scenario from home returning id
        ), assigned as (
          insert into role_assignment (account_id, role, platform_id, place, scenario, granted_by)
          select o.id, ${role}, h.id, h.place, h.scenario, 'test' from opened o, home h
        )
        select id from opened`.execute(storage.system);
      const client = await signedIn(storage, url, username);
      seats.push({ role, zone, account: rows[0]?.id ?? 0, username, client });
    }
  }
  return seats;
}
