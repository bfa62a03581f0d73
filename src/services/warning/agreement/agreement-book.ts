import { SOURCES } from '#model/monitoring';
import { LEVELS } from '#model/warning';
import type { Tx } from '#storage';
import { type Agreement, NearGrid, type Spot } from '#workflow';
import { sql } from 'kysely';

import { type AgreeSettings, agreeSettings } from './agree-settings.ts';
import { witnessText } from './witnesses.ts';

/** Counting further would not make the sentence say more. */
const MOST_COUNTED = 20;
const MOST_OTHERS = 3;
const MOST_LOOKED = 50;
/** In a flood the newest ones are compared with: enough for “20 个以上”, and the page of a warning counts anew. */
const MOST_STANDING = 5000;
const MOST_EVENTS = 2000;

interface Told extends Spot {
  readonly id: number;
  readonly point: number;
  readonly object: number;
  readonly sign: string;
  readonly sensing: string;
  readonly scenario: number;
  readonly session: number | null;
  /** Since when each level's condition has held, blue first; 0: it does not hold. */
  readonly since: readonly number[] | null;
}

interface Standing extends Spot {
  readonly point: number;
  readonly object: number;
  readonly sign: string;
  readonly name: string;
  readonly sensing: string;
  readonly scenario: number;
  readonly session: number | null;
  readonly level: number;
}

interface Seen extends Spot {
  readonly object: number | null;
  readonly scenario: number | null;
  readonly sensing: string;
  readonly name: string;
  readonly confirmed: boolean;
  readonly at: number;
}

/** News of an alarm: the level it is told at (1 blue …), when by the readings' clock (epoch ms). */
interface News {
  readonly id: number;
  readonly level: number;
  readonly at: number;
}

/** What agrees with the alarms of a batch, loaded at once: neighbours past the same level, and other kinds of source near by. */
export class AgreementBook {
  readonly #told: ReadonlyMap<number, Told>;
  /** By sign and level, and by kind of source: what is near is what is asked for, or nearly so. */
  readonly #bySign: ReadonlyMap<string, NearGrid<Standing>>;
  readonly #bySource: ReadonlyMap<string, NearGrid<Standing>>;
  readonly #seen: NearGrid<Seen>;
  readonly #settings: (scenario: number) => AgreeSettings;

  private constructor(loaded: {
    readonly told: readonly Told[];
    readonly standing: readonly Standing[];
    readonly seen: readonly Seen[];
    readonly settings: (scenario: number) => AgreeSettings;
  }) {
    this.#told = new Map(loaded.told.map((one) => [one.id, one]));
    this.#bySign = gridsBy(loaded.standing, (one) => signKey(one, one.level));
    this.#bySource = gridsBy(loaded.standing, (one) => sourceKey(one, one.sensing));
    this.#seen = new NearGrid(loaded.seen);
    this.#settings = loaded.settings;
  }

  static async load(tx: Tx, alarms: readonly number[]): Promise<AgreementBook> {
    const told = await loadTold(tx, alarms);
    return new AgreementBook({
      told,
      standing: told.length === 0 ? [] : await loadStanding(tx, told),
      seen: told.length === 0 ? [] : await loadSeen(tx),
      settings: await agreeSettings(tx),
    });
  }

  /** What agrees with an alarm as it is told; undefined for one that is not known. */
  of({ id, level, at }: News): Agreement | undefined {
    const told = this.#told.get(id);
    if (!told) return undefined;
    const since = told.since?.[level - 1] ?? 0;
    return {
      since: since > 0 && since <= at ? since : null,
      at,
      agreeing: this.#agreeing(told, level),
      mostCounted: MOST_COUNTED,
      others: this.#others(told, at),
    };
  }

  #agreeing(told: Told, level: number): number {
    const points = new Set<number>();
    const { neighbourMetres } = this.#settings(told.scenario);
    for (let rank = level; rank <= LEVELS.length; rank += 1) {
      for (const { point } of this.#bySign.get(signKey(told, rank))?.near(told, neighbourMetres) ?? []) {
        if (points.size >= MOST_COUNTED) return points.size;
        if (point !== told.point) points.add(point);
      }
    }
    return points.size;
  }

  #others(told: Told, at: number): readonly string[] {
    const { witnessMetres, witnessMinutes } = this.#settings(told.scenario);
    const alarms = SOURCES.filter((source) => source !== told.sensing).flatMap((source) =>
      firstOf(this.#bySource.get(sourceKey(told, source))?.near(told, witnessMetres) ?? []).map((other) =>
        witnessText({ ...other, confirmed: false }),
      ),
    );
    // What cameras and people tell is of now: a replay has no part in it.
    const seen = told.session === null ? firstOf(this.#seen.near(told, witnessMetres)) : [];
    const timely = seen.filter(
      (one) =>
        Math.abs(one.at - at) <= witnessMinutes * 60_000 &&
        (one.scenario === null || one.scenario === told.scenario) &&
        one.sensing !== told.sensing,
    );
    return [...new Set([...alarms, ...timely.map(witnessText)])].slice(0, MOST_OTHERS);
  }
}

/** So many of what is near are looked at; in a flood the rest would only say the same. */
function firstOf<Thing>(near: Iterable<Thing>): readonly Thing[] {
  return Iterator.from(near).take(MOST_LOOKED).toArray();
}

function gridsBy<Thing extends Spot>(
  things: readonly Thing[],
  keyOf: (thing: Thing) => string,
): ReadonlyMap<string, NearGrid<Thing>> {
  return new Map([...Map.groupBy(things, keyOf)].map(([key, list]) => [key, new NearGrid(list)]));
}

function signKey(
  { sign, session }: { readonly sign: string; readonly session: number | null },
  level: number,
): string {
  return `${sign} ${session ?? 0} ${level}`;
}

function sourceKey(
  { scenario, session }: { readonly scenario: number; readonly session: number | null },
  sensing: string,
): string {
  return `${scenario} ${session ?? 0} ${sensing}`;
}

async function loadTold(tx: Tx, alarms: readonly number[]): Promise<readonly Told[]> {
  if (alarms.length === 0) return [];
  const { rows } = await sql<Told>`
    select a.id, a.point_id as point, a.object_id as object, a.scenario, a.replay_session_id as session, s.code as sign, e.sensing,
      o.lat, o.lon, t.pending_since as since
    from alarm a join sign s on s.id = a.sign_id join point p on p.id = a.point_id join element e on e.code = p.element_code
    join monitored_object o on o.id = a.object_id
    left join sign_state t on t.point_id = a.point_id and t.sign_id = a.sign_id
    where a.id = any(${[...new Set(alarms)]}::bigint[])`.execute(tx);
  return rows;
}

async function loadStanding(tx: Tx, told: readonly Told[]): Promise<readonly Standing[]> {
  const scenarios = [...new Set(told.map(({ scenario }) => scenario))];
  const { rows } = await sql<Standing>`
    select a.point_id as point, a.object_id as object, a.scenario, a.replay_session_id as session, a.level, s.code as sign, s.name,
      e.sensing, o.lat, o.lon
    from (select * from alarm where normal_at is null and scenario = any(${scenarios}::int2[])
      order by id desc limit ${MOST_STANDING}) a
    join sign s on s.id = a.sign_id join point p on p.id = a.point_id join element e on e.code = p.element_code
    join monitored_object o on o.id = a.object_id`.execute(tx);
  return rows;
}

async function loadSeen(tx: Tx): Promise<readonly Seen[]> {
  const { rows } = await sql<Seen>`
    select v.object_id as object, v.scenario, v.origin as sensing, coalesce(v.kind_name, v.kind) as name,
      v.state = 'confirmed' as confirmed, v.last_at as at, coalesce(v.lat, o.lat) as lat, coalesce(v.lon, o.lon) as lon
    from suspected_event v left join monitored_object o on o.id = v.object_id
    where v.state <> 'rejected' and v.last_at > now() - interval '1 day' and coalesce(v.lat, o.lat) is not null
    order by v.last_at desc limit ${MOST_EVENTS}`.execute(tx);
  return rows;
}
