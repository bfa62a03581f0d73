import path from 'node:path';

import type { Event } from '#bus';
import type { DrillDetail } from '#contract/response';
import type { Role, Scope } from '#model/platform';
import { RequestContext, SystemContext } from '#services/context';
import { locateSpots } from '#services/platform';
import {
  type DrillBook,
  getDrill,
  listWorkOrders,
  planDrill,
  runAllDeadlines,
  startDrill,
} from '#services/response';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { personWith } from '../../services/context/testing.ts';
import { MINUTE, Station } from '../../services/monitoring/testing.ts';
import { subscriptions } from '../subscriptions.ts';
import { runDrills } from './drills.ts';
import { readDrillScripts } from './read-scripts.ts';

export const EVERYWHERE: Scope = { places: [{ from: 0, to: 9_999_999 }], scenarios: [] };
/** A round comes this often in these tests: what takes hours is walked through in seconds. */
const STEP_MS = 15_000;
const GAS = 5;

const PEOPLE = {
  'gas.handler': { id: 901, name: '燃气抢修甲', role: 'handler', scope: { places: [], scenarios: [GAS] } },
  'gas.admin': {
    id: 902,
    name: '燃气管理员',
    role: 'business-admin',
    scope: { places: [], scenarios: [GAS] },
  },
  'met.admin': {
    id: 903,
    name: '气象管理员',
    role: 'business-admin',
    scope: { places: [], scenarios: [15] },
  },
  town: { id: 904, name: '街镇值守', role: 'town-operator', scope: EVERYWHERE },
  district: { id: 905, name: '统筹', role: 'coordinator', scope: EVERYWHERE },
} as const satisfies Record<string, { id: number; name: string; role: Role; scope: Scope }>;

/** The whole chain over a database of its own, with a clock that the test moves and no process around it. */
export class DrillRoom {
  readonly station: Station;
  readonly book: DrillBook;
  readonly faults: string[] = [];

  private constructor(station: Station) {
    this.station = station;
    this.book = {
      scripts: readDrillScripts(path.resolve('standards/drills'), (fault) => this.faults.push(fault)),
      placeOf: async (spot) => (await locateSpots(this.system, [spot]))[0]?.place ?? 0,
    };
  }

  static async open(): Promise<DrillRoom> {
    const station = await Station.open();
    for (const [username, { id, name }] of Object.entries(PEOPLE))
      await sql`insert into account (id, username, name, password_hash, password_from_bootstrap) overriding system value
        values (${id}, ${username}, ${name}, 'x', false)`.execute(station.db.storage.system);
    return new DrillRoom(station);
  }

  get system(): SystemContext {
    return new SystemContext(this.station.ground);
  }

  as(username: keyof typeof PEOPLE): RequestContext {
    const { id, name, role, scope } = PEOPLE[username];
    return new RequestContext(this.station.ground, personWith({ id, username, name, roles: [role], scope }));
  }

  /** Plans and starts; gives its number. */
  async start(script: string, by: keyof typeof PEOPLE = 'gas.admin'): Promise<number> {
    const { id } = await planDrill(this.as(by), this.book, { script });
    await startDrill(this.as(by), id);
    await this.round();
    return id;
  }

  drill(id: number): Promise<DrillDetail> {
    return getDrill(this.as('district'), id);
  }

  /** What the clock's rounds do, and what follows from it. */
  async round(): Promise<void> {
    const { desk } = this.station;
    await runDrills({ system: this.system, desk });
    await this.follow();
    await runAllDeadlines(this.system);
    await this.follow();
  }

  /** Time goes on to so many minutes, round by round. */
  async pass(minutes: number): Promise<void> {
    const until = this.station.now + minutes * MINUTE;
    while (this.station.now < until) {
      await this.station.moveTo(Math.min(until, this.station.now + STEP_MS));
      await this.round();
    }
  }

  /** The order at the object with this in its name. */
  async order(name: string): Promise<number> {
    const { items } = await listWorkOrders(this.as('district'), { limit: 100 });
    return items.find(({ object }) => object.name.includes(name))?.id ?? 0;
  }

  /** Hands what was announced to whoever follows it, until nothing more comes of it. */
  async follow(): Promise<void> {
    const followed = subscriptions(() => this.station.now, this.station.desk, {
      momentsChanged: () => undefined,
      held: () => undefined,
    });
    for (;;) {
      const events = await this.station.db.storage.system.transaction().execute(taken);
      if (events.length === 0) return;
      for (const one of followed) {
        const its = events.filter(({ type }) => one.types.includes(type));
        if (its.length > 0)
          await this.station.db.storage.system.transaction().execute((tx) => one.handle(tx, its));
      }
    }
  }
}

async function taken(tx: Tx): Promise<readonly Event[]> {
  const { rows } = await sql<Event>`
    with gone as (delete from outbox returning *)
    select id as seq, type, extract(epoch from at)::float8 * 1000 as at, place, scenario, payload from gone order by id`.execute(
    tx,
  );
  return rows;
}
