import type { Event } from '#bus';
import type { Role } from '#model/platform';
import { RequestContext, SystemContext } from '#services/context';
import { sql } from 'kysely';

import { personWith, TEST_VAULT } from '../../context/testing.ts';
import { AdmissionWorld } from '../admission/testing.ts';
import { followAlarms } from '../follow-alarms.ts';
import { runSuppression } from '../suppression/run-suppression.ts';
import { runShelves } from './run-shelves.ts';

const BRIDGE = 6;
const PEOPLE = {
  admin: { id: 1, name: '张三', role: 'business-admin' },
  other: { id: 2, name: '李四', role: 'business-admin' },
  head: { id: 3, name: '王主任', role: 'department-owner' },
  handler: { id: 4, name: '赵六', role: 'handler' },
} as const satisfies Record<string, { id: number; name: string; role: Role }>;

export const MINUTE = 60_000;
export const HOUR = 3_600_000;

/** The world of the admission tests, with people and a clock the test holds. */
export class ShelfWorld {
  readonly world: AdmissionWorld;
  /** Wall clock, epoch ms. */
  now: number;
  readonly system: SystemContext;
  readonly #clock = { now: () => this.now };
  #told = 0;

  private constructor(world: AdmissionWorld, now: number) {
    this.world = world;
    this.now = now;
    this.system = new SystemContext(this.#ground());
  }

  static async open(now: number): Promise<ShelfWorld> {
    const world = await AdmissionWorld.open();
    for (const { id, name } of Object.values(PEOPLE)) {
      await sql`insert into account (id, username, name, password_hash, password_from_bootstrap) overriding system value
        values (${id}, ${name}, ${name}, 'x', false)`.execute(world.db.storage.system);
    }
    await sql`insert into platform (id, code, name, kind, scenario, place, place_to) values (1, 'BRIDGE', '桥梁', 'scenario', ${BRIDGE}, 90, 99)`.execute(
      world.db.storage.system,
    );
    return new ShelfWorld(world, now);
  }

  #ground() {
    return { storage: this.world.db.storage, clock: this.#clock, poke: () => undefined, vault: TEST_VAULT };
  }

  as(who: keyof typeof PEOPLE): RequestContext {
    const { id, name, role } = PEOPLE[who];
    const scope = { places: [], scenarios: [BRIDGE] };
    return new RequestContext(this.#ground(), personWith({ id, username: who, name, roles: [role], scope }));
  }

  follow(...events: readonly Event[]): Promise<void> {
    return this.world.db.storage.system.transaction().execute((tx) => followAlarms(tx, events, this.now));
  }

  /** One round of everything that ends by itself, and what it lets through. */
  async round(): Promise<void> {
    await runShelves(this.system);
    await runSuppression(this.system);
    await this.letThrough();
  }

  /** Follows what has been released and not yet followed. */
  async letThrough(): Promise<void> {
    const released = await this.world.announced('alarm.released');
    await this.follow(...released.slice(this.#told));
    this.#told = released.length;
  }

  async warnings(
    object: number,
  ): Promise<readonly { id: number; level: number; state: string; reason: string }[]> {
    return this.world.db.storage.system
      .selectFrom('warning')
      .select(['id', 'level', 'state', 'reason'])
      .where('object_id', '=', object)
      .orderBy('id')
      .execute();
  }

  async holds(
    alarm: number,
  ): Promise<readonly { kind: string; held_by: string; ended_why: string | null }[]> {
    return this.world.db.storage.system
      .selectFrom('alarm_hold')
      .select(['kind', 'held_by', 'ended_why'])
      .where('alarm_id', '=', alarm)
      .orderBy('id')
      .execute();
  }
}
