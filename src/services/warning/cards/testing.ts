import path from 'node:path';

import type { Role, Scope } from '#model/platform';
import { RequestContext, SystemContext } from '#services/context';
import { loadPlatforms } from '#services/platform';
import { loadStandard } from '#services/standard';
import { sql } from 'kysely';

import { preparedDatabase, type TestDatabase } from '../../../storage/testing.ts';
import { personWith, TEST_VAULT } from '../../context/testing.ts';

/** 02:10 in Beijing. */
export const T = Date.UTC(2026, 10, 29, 18, 10);
export const MINUTE = 60_000;
export const FLOOD = 1;
export const KANGQIAO = '310115136';
export const DISTRICT: Scope = { places: [{ from: 0, to: 9_999_999 }], scenarios: [] };

/** Warnings of one item that open at once, one a minute. */
export interface Storm {
  readonly item?: string;
  readonly scenario?: number;
  /** Code of the town. */
  readonly town: string;
  readonly count: number;
  readonly level?: number;
  readonly at?: number;
  readonly cause?: string;
  readonly session?: number;
}

/** A district with its standard and warnings put straight into the tables. */
export class District {
  readonly db: TestDatabase;
  now = T;
  #objects = 0;

  private constructor(db: TestDatabase) {
    this.db = db;
  }

  static async open(): Promise<District> {
    const db = await preparedDatabase('puan_cards', async (storage) => {
      const ground = { storage, clock: { now: () => T }, poke: () => undefined, vault: TEST_VAULT };
      const early = new SystemContext(ground);
      await loadPlatforms(early, path.resolve('standards/platforms.json'));
      await loadStandard(early, path.resolve('standards'));
    });
    return new District(db);
  }

  get system(): SystemContext {
    return new SystemContext(this.#ground());
  }

  person(scope: Scope = DISTRICT, roles: readonly Role[] = ['city-operations']): RequestContext {
    return new RequestContext(this.#ground(), personWith({ username: 'duty', name: '值守甲', roles, scope }));
  }

  /** Place numbers of a town. */
  async town(code: string): Promise<Scope> {
    const { rows } = await sql<{ place: number; place_to: number }>`
      select place, place_to from platform where code = ${code}`.execute(this.db.storage.system);
    const [found] = rows;
    if (!found) throw new Error(`no town ${code}`);
    return { places: [{ from: found.place, to: found.place_to }], scenarios: [] };
  }

  /** Underpasses of a town, in its villages by turns, whose warnings open now, one millisecond apart. Gives the warnings' ids. */
  async storm({
    item = 'FLOOD.I06',
    scenario = FLOOD,
    level = 4,
    at = T,
    ...rest
  }: Storm): Promise<readonly number[]> {
    const from = this.#objects;
    this.#objects += rest.count;
    const { rows } = await sql<{ id: number }>`
      with villages as (
        select v.place, row_number() over (order by v.place) - 1 as n, count(*) over () as of
        from platform v join platform t on t.code = ${rest.town} and v.kind = 'village' and v.place between t.place and t.place_to
      ), objects as (
        insert into monitored_object (code, name, scenarios, place, town, place_approximate, lat, lon)
        select 'o.' || i, '下立交 ' || i, array[${scenario}::int2], v.place, ${rest.town}, true, 31.1, 121.6
        from generate_series(${from}::int, ${from + rest.count - 1}::int) i join villages v on v.n = i % v.of
        returning id, place
      )
      insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at,
        recorded_at, cause, replay_session_id, simulated)
      select id, ${item}, place, ${scenario}, 'open', ${level}, ${level}, '积水深度：实测 62 cm ≥ 60 cm（红色）',
        to_timestamp(${at} / 1000.0), to_timestamp(${at} / 1000.0), to_timestamp(${this.now} / 1000.0), ${rest.cause ?? null},
        ${rest.session ?? null}, false
      from objects order by id returning id`.execute(this.db.storage.system);
    return rows.map(({ id }) => id);
  }

  #ground() {
    return {
      storage: this.db.storage,
      clock: { now: () => this.now },
      poke: () => undefined,
      vault: TEST_VAULT,
    };
  }
}
