import path from 'node:path';

import type { Clock } from '#base';
import { type ReadingBatch, ReadingBatchBuilder } from '#model/monitoring';
import { ROLES, type Scope } from '#model/platform';
import { type Ground, RequestContext, SystemContext } from '#services/context';
import { loadPlatforms } from '#services/platform';
import { loadStandard } from '#services/standard';
import { ensureReadingPartitions } from '#storage';
import { sql } from 'kysely';

import { preparedDatabase, type TestDatabase } from '../../storage/testing.ts';
import type { MonitoringDesk } from './desk.ts';
import { DeviceBook, loadDevices } from './device-book.ts';
import { GatewayLedger } from './gateway-ledger.ts';
import { Ingest } from './ingest.ts';
import { listReadings } from './list-readings.ts';
import { recover } from './recover.ts';
import { registerDevice } from './register-device.ts';
import { registerPoint } from './register-point.ts';
import { personWith, TEST_VAULT } from '../context/testing.ts';

export const SECOND = 1000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
/** Sliding windows look back by the database's clock, so the tests' day ends about now. */
export const START = Math.floor(Date.now() / MINUTE) * MINUTE - 8 * HOUR;

/** A stored row, moments in epoch ms. */
export interface StoredRow {
  readonly at: number;
  readonly value: number;
  readonly quality: number;
  readonly source: number;
}

/** What is sent: moment and value. */
export type Sent = readonly [at: number, value: number];

/** The hot path over a database of its own, with the default standard and a clock the test holds. */
export class Station {
  readonly db: TestDatabase;
  readonly clock: Clock = { now: () => this.now };
  readonly ground: Ground;
  readonly errors: unknown[] = [];
  now = START;
  desk: MonitoringDesk;
  /** Held back by a test to look at the hot path while it rebuilds its memory. */
  beforeRecovery: () => Promise<void> = () => Promise.resolve();

  private constructor(db: TestDatabase, desk: (station: Station) => MonitoringDesk) {
    this.db = db;
    this.ground = { storage: db.storage, clock: this.clock, poke: () => undefined, vault: TEST_VAULT };
    this.desk = desk(this);
  }

  static async open(): Promise<Station> {
    const db = await preparedDatabase('puan_station', async (storage) => {
      const early = new SystemContext({
        storage,
        clock: { now: () => START },
        poke: () => undefined,
        vault: TEST_VAULT,
      });
      await loadPlatforms(early, path.resolve('standards/platforms.json'));
      await loadStandard(early, path.resolve('standards'));
    });
    const recovered = await recover(db.storage);
    const station = new Station(db, (self) => self.#newDesk(recovered));
    await station.#start();
    return station;
  }

  #newDesk(recovered: Awaited<ReturnType<typeof recover>>): MonitoringDesk {
    const ledger = new GatewayLedger(() => this.now);
    return {
      ledger,
      devices: new DeviceBook(ledger, TEST_VAULT),
      ingest: new Ingest(
        {
          location: this.db.location,
          clock: this.clock,
          recover: async () => {
            await this.beforeRecovery();
            return recover(this.db.storage);
          },
          afterCommit: () => undefined,
          onError: (error) => this.errors.push(error),
        },
        recovered,
      ),
    };
  }

  async #start(): Promise<void> {
    await loadDevices(this.db.storage.system, this.desk.devices);
    await this.moveTo(this.now);
    await this.desk.ingest.start();
  }

  /** Sets the wall clock; the partitions of that hour are there, as the server makes them. */
  async moveTo(now: number): Promise<void> {
    this.now = now;
    await ensureReadingPartitions(this.db.storage.system, now);
  }

  /** Ends in good order and comes back, after so long: what memory held is written down. */
  async restart(awayMs = 0): Promise<void> {
    await this.desk.ingest.stop();
    this.now += awayMs;
    this.desk = this.#newDesk(await recover(this.db.storage));
    await this.#start();
  }

  /** The process is gone from one moment to the next, for so long: nothing is written down any more. */
  async crash(awayMs = 0): Promise<void> {
    await this.cutWriter();
    await this.desk.ingest.stop();
    this.now += awayMs;
    this.desk = this.#newDesk(await recover(this.db.storage));
    await this.#start();
  }

  /** Ends the backend of the one connection that writes readings. */
  async cutWriter(): Promise<void> {
    await sql`select pg_terminate_backend(pid, 5000) from pg_locks
      where locktype = 'advisory' and granted
        and database = (select oid from pg_database where datname = current_database())`.execute(
      this.db.storage.system,
    );
  }

  async close(): Promise<void> {
    await this.desk.ingest.stop();
    await this.db.drop();
  }

  /** A request of somebody with every right in these places and scenarios; all of them unless told. */
  request(scope: Scope = EVERYWHERE): RequestContext {
    return new RequestContext(this.ground, personWith({ roles: ROLES, scope }));
  }

  /** An object with one point of this element, both by this code. */
  async point(code: string, element: string, scenario = 1): Promise<number> {
    await sql`insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
      values (${code}, ${`对象 ${code}`}, array[${scenario}::int2], 100, true, 31.2, 121.6)`.execute(
      this.db.storage.system,
    );
    return this.pointOf(code, code, element);
  }

  /** One more point of an object. */
  async pointOf(object: string, code: string, element: string): Promise<number> {
    const point = await registerPoint(this.request(), this.desk, { code, object, element });
    return point.id;
  }

  /** Time passes without a reading. */
  async pass(to: number): Promise<void> {
    await this.moveTo(to);
    await this.desk.ingest.tick();
  }

  async device(code: string, points: readonly string[], protocol: 'hj212' | 'http' = 'http'): Promise<void> {
    await registerDevice(this.request(), this.desk, {
      code,
      protocol,
      points: points.map((point, i) => ({ factor: `f${i}`, point, scale: 1, offset: 0 })),
      simulated: false,
    });
  }

  /** Sends rows of one point as one batch; resolves after their commit. */
  send(point: number, rows: readonly Sent[], session = 0): Promise<void> {
    return this.desk.ingest.accept(batchOf(point, rows, session));
  }

  /** What is stored of a point, in the order of the moments. */
  async stored(point: number): Promise<readonly StoredRow[]> {
    const { rows } = await sql<StoredRow>`
      select round(extract(epoch from observed_at) * 1000)::float8 as at, value, quality::int, source::int
      from reading where point_id = ${point} order by observed_at, received_at`.execute(
      this.db.storage.system,
    );
    return rows;
  }

  /** A point's alarms, oldest first: `[raised, level, normal]` with moments in ms after `from`. */
  async alarms(point: number, from: number): Promise<readonly (readonly [number, number, number | null])[]> {
    const rows = await this.db.storage.system
      .selectFrom('alarm')
      .select(['raised_at', 'level', 'normal_at'])
      .where('point_id', '=', point)
      .orderBy('id')
      .execute();
    return rows.map((row) => [
      row.raised_at - from,
      row.level,
      row.normal_at === null ? null : row.normal_at - from,
    ]);
  }

  /** The counts that are kept beside the counts of the rows themselves, after everything is written down. */
  async counts(): Promise<{ readonly kept: unknown; readonly rows: unknown }> {
    const { rows: kept } = await sql`select scenario, replay, script, sum(received)::int as received,
      sum(suspect)::int as suspect from reading_count group by 1, 2, 3 order by 1, 2, 3`.execute(
      this.db.storage.system,
    );
    const { rows } =
      await sql`select p.scenarios[1] as scenario, r.source >= 16 as replay, r.source = 20 as script,
        count(*)::int as received, (count(*) filter (where r.quality & 175 <> 0))::int as suspect
      from reading r join point p on p.id = r.point_id group by 1, 2, 3 order by 1, 2, 3`.execute(
        this.db.storage.system,
      );
    return { kept, rows };
  }

  readings(point: string, query: Readonly<Record<string, unknown>> = {}) {
    return listReadings(this.request(), { query: { point, limit: 1000, ...query } });
  }
}

const EVERYWHERE: Scope = { places: [{ from: 0, to: 1_000_000 }], scenarios: [] };

export function batchOf(point: number, rows: readonly Sent[], session = 0): ReadingBatch {
  const builder = new ReadingBatchBuilder(session);
  for (const [at, value] of rows) builder.add(point, at, value);
  return builder.finish();
}
