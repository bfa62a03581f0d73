import path from 'node:path';

import { Dispatcher, type Event } from '#bus';
import { ReadingBatchBuilder } from '#model/monitoring';
import { Rights } from '#model/platform';
import { subscriptions } from '#server';
import { type Ground, RequestContext, SystemContext } from '#services/context';
import { DeviceBook, GatewayLedger, Ingest, type MonitoringDesk, recover } from '#services/monitoring';
import { FaultWatch } from '#services/operations';
import { loadPlatforms } from '#services/platform';
import { loadStandard } from '#services/standard';
import {
  guardLoad,
  loadDependencyRules,
  noteLoad,
  runCascades,
  runReAlarms,
  runShelves,
  runSuppression,
  runVerifications,
} from '#services/warning';
import { type Database, ensureReadingPartitions, migrate, Storage, Vault } from '#storage';
import { type Kysely, sql } from 'kysely';

import type { DayGauge } from './gauges.ts';
import type { Mechanism } from './mechanisms.ts';

const MINUTE_MS = 60_000;
const BATCH = 2000;
const STANDARDS = path.resolve(import.meta.dirname, '../../standards');
export const LOST_GATEWAY = 'lost-gateway';

export interface Address {
  readonly host: string;
  readonly user: string;
  readonly password: string;
}

/**
 * The services of a Puan in this process, over a database of their own, with a clock that is set minute by minute: ingest, signs,
 * admission, warnings, cascades, cards and orders are those of the server, and so are the rounds; what the server drives by its
 * timers and side by side is driven here one after the other, so that a day passes in a minute or two.
 */
export class DistrictWorld {
  now: number;
  readonly storage: Storage;
  readonly system: SystemContext;
  readonly #ground: Ground;
  readonly #desk: MonitoringDesk;
  readonly #dispatcher: Dispatcher;
  readonly #faults: FaultWatch;
  readonly #begins: number;
  readonly #without: ReadonlySet<Mechanism>;
  readonly #subscriptions: ReturnType<typeof subscriptions>;
  readonly #told: Event[] = [];
  readonly #troubles: unknown[] = [];

  private constructor(
    storage: Storage,
    begins: number,
    parts: {
      readonly without: ReadonlySet<Mechanism>;
      readonly recovered: Awaited<ReturnType<typeof recover>>;
    },
  ) {
    const trouble = (error: unknown): void => void this.#troubles.push(error);
    this.now = begins;
    this.#begins = begins;
    this.#without = parts.without;
    this.storage = storage;
    const clock = { now: () => this.now };
    const vault = new Vault(Buffer.alloc(32, 7));
    this.#ground = { storage, clock, vault, poke: () => undefined };
    this.system = new SystemContext(this.#ground);
    const ledger = new GatewayLedger(() => this.now);
    const options = {
      location: storage.location,
      clock,
      recover: () => recover(storage),
      afterCommit: () => undefined,
      onError: trouble,
    };
    this.#desk = {
      ledger,
      devices: new DeviceBook(ledger, vault),
      ingest: new Ingest(options, parts.recovered),
    };
    this.#dispatcher = new Dispatcher(storage.system as unknown as Kysely<never>, trouble);
    this.#dispatcher.listen((events) => this.#told.push(...events));
    this.#faults = new FaultWatch(this.system);
    this.#subscriptions = subscriptions(() => this.now, this.#desk, {
      momentsChanged: () => undefined,
      held: () => undefined,
    });
  }

  /** A copy of the prepared database, as it is without these mechanisms. */
  static async open(
    server: Address,
    database: string,
    given: { readonly begins: number; readonly without: ReadonlySet<Mechanism> },
  ): Promise<DistrictWorld> {
    const storage = new Storage({ ...server, database }, () => undefined);
    await leaveOut(storage.system, given.without);
    await ensureReadingPartitions(storage.system, given.begins);
    const recovered = await recover(storage);
    const world = new DistrictWorld(storage, given.begins, { without: given.without, recovered });
    await world.#desk.ingest.start();
    return world;
  }

  /** A request of somebody who may do everything everywhere. */
  person(): RequestContext {
    const scope = { places: [{ from: 1, to: 999_999 }], scenarios: [] };
    const grants = (['business-admin', 'department-owner'] as const).map((role) => ({
      role,
      platform: 'PD',
      platformName: '区总平台',
      scope,
      actingFor: null,
    }));
    return new RequestContext(this.#ground, {
      accountId: 1,
      username: 'duty',
      name: '值班员',
      rights: new Rights(grants),
      address: '127.0.0.1',
    });
  }

  /** One minute: what the gauges say of it, and what follows. */
  async pass(minute: number, rows: readonly (readonly [point: number, value: number])[]): Promise<void> {
    this.now = this.#begins + minute * MINUTE_MS;
    if (minute % 30 === 0) await ensureReadingPartitions(this.storage.system, this.now);
    const builder = new ReadingBatchBuilder(0, Math.max(1, rows.length));
    for (const [point, value] of rows) builder.add(point, this.now, value);
    await this.#desk.ingest.accept(builder.finish());
    await this.#desk.ingest.tick();
    await this.settle();
    const [trouble] = this.#troubles;
    if (trouble !== undefined) throw new Error('the day did not go through', { cause: trouble });
  }

  /** What the server does by its timers, all of it once. */
  async rounds(): Promise<void> {
    const off = this.#without;
    // The silence of a gateway is a fault, and faults are causes.
    if (!off.has('cause')) {
      await this.#faults.look({ findings: [], listeningSince: this.#begins });
      await runCascades(this.system);
    }
    await runShelves(this.system);
    await runSuppression(this.system);
    await runVerifications(this.system);
    await runReAlarms(this.system);
    if (!off.has('cards')) await guardLoad(this.system);
    await noteLoad(this.system);
    await this.settle();
  }

  /** Until nothing follows from anything any more. */
  async settle(): Promise<void> {
    for (let events = await this.#published(); events.length > 0; events = await this.#published()) {
      for (const subscription of this.#subscriptions) {
        const wanted = events.filter(({ type }) => subscription.types.includes(type));
        for (let from = 0; from < wanted.length; from += BATCH)
          await this.storage.system
            .transaction()
            .execute((tx) => subscription.handle(tx, wanted.slice(from, from + BATCH)));
      }
    }
  }

  async #published(): Promise<readonly Event[]> {
    for (;;) {
      const { rows } = await sql`select from outbox limit 1`.execute(this.storage.system);
      if (rows.length === 0) return this.#told.splice(0);
      this.#dispatcher.poke();
      await new Promise(setImmediate);
    }
  }

  async close(): Promise<void> {
    await this.#desk.ingest.stop();
    await this.#dispatcher.stop();
    await this.storage.close();
  }
}

/** The standard as it would be without a mechanism: not a version anybody could publish, so it is changed past its guards. */
async function leaveOut(db: Kysely<Database>, without: ReadonlySet<Mechanism>): Promise<void> {
  await sql`alter table sign disable trigger user`.execute(db);
  await sql`alter table warning_item disable trigger user`.execute(db);
  if (without.has('filter'))
    await sql`update sign set body = body || jsonb_build_object('deadband', 0, 'offDelaySeconds', 0, 'levels',
        (select jsonb_object_agg(key, value || '{"onDelaySeconds": 0}') from jsonb_each(body->'levels')))
      where body ? 'measure'`.execute(db);
  if (without.has('verification')) await sql`update warning_item set verification = 'automatic'`.execute(db);
  if (without.has('cause')) await sql`update dependency_rule set in_force = false`.execute(db);
}

/** The tables of a Puan that has just been set up, with all gauges. Gives the number of each gauge's point, in their order. */
export async function fillDistrict(
  storage: Storage,
  gauges: readonly DayGauge[],
  begins: number,
): Promise<readonly number[]> {
  const db = storage.system;
  await migrate(db);
  const clock = { now: () => begins - 60 * MINUTE_MS };
  const vault = new Vault(Buffer.alloc(32, 7));
  const early = new SystemContext({ storage, clock, vault, poke: () => undefined });
  await loadPlatforms(early, path.join(STANDARDS, 'platforms.json'));
  await loadStandard(early, STANDARDS);
  await loadDependencyRules(early, path.join(STANDARDS, 'dependencies.json'));
  await sql`insert into account (username, name, password_from_bootstrap) values ('duty', '值班员', false)`.execute(
    db,
  );
  // What it says is no part of its row: JSON has no functions.
  const rows = gauges.map((gauge, n) => ({ ...gauge, n, town: gauge.town.code }));
  const given = sql`json_to_recordset(${JSON.stringify(rows)}::json) as g(n int, code text, element text, scenario text, town text,
    lat float8, lon float8, parameters jsonb, "viaLostGateway" boolean, powered boolean)`;
  await sql`insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon, simulated, town, parameters)
    select g.code, '模拟 ' || g.code, array[s.id], v.place, true, g.lat, g.lon, false, g.town, coalesce(g.parameters, '{}')
    from ${given} join scenario s on s.code = g.scenario
    join lateral (select (array_agg(place order by place))[1 + g.n % count(*)] as place from platform v
      where v.kind = 'village' and left(v.code, 9) = g.town) v on v.place is not null
    order by g.n`.execute(db);
  await sql`insert into device (protocol, code, settings, simulated, place, scenarios)
    select 'http', ${LOST_GATEWAY}, '{}', false, min(place), array_agg(distinct scenarios[1]) from monitored_object
    where code like 'host.%'`.execute(db);
  const { rows: points } = await sql<{ id: number }>`
    insert into point (code, object_id, element_code, device_id, place, scenarios, simulated)
    select o.code, o.id, g.element, case when g."viaLostGateway" then d.id end, o.place, o.scenarios, false
    from ${given} join monitored_object o on o.code = g.code join device d on d.code = ${LOST_GATEWAY}
    order by g.n returning id`.execute(db);
  await sql`insert into device_factor (device_id, factor, point_id)
    select device_id, code, id from point where device_id is not null`.execute(db);
  await sql`insert into dependency (from_object, to_object, kind, basis, source, valid_from, edited_by, edited_at)
    select f.id, t.id, 'power', '模拟', 'person', to_timestamp(0), '模拟', now()
    from ${given} join monitored_object t on t.code = g.code join monitored_object f on f.code like 'power.%' and f.town = t.town
    where g.powered`.execute(db);
  if (points.length !== gauges.length)
    throw new Error(`${points.length} of ${gauges.length} gauges found a village`);
  return points.map(({ id }) => id);
}
