import path from 'node:path';

import type { Event } from '#bus';
import type { DependencyKind } from '#model/warning';
import { SystemContext } from '#services/context';
import { sql } from 'kysely';

import { Station } from '../../monitoring/testing.ts';
import { closeWarnings } from '../close-warnings.ts';
import { followAlarms } from '../follow-alarms.ts';
import { GraphBook } from './graph-book.ts';
import { loadDependencyRules } from './load-dependency-rules.ts';
import { runCascades } from './run-cascades.ts';
import { CASCADE_EVENTS, watchCascades } from './watch-cascades.ts';

const ALARM_EVENTS = ['alarm.raised', 'alarm.changed', 'alarm.normal', 'alarm.released'];
const METERS_A_DEGREE = 111_195;

/** A station with the rules of cascades, whose events are brought to their subscribers when the test says so. */
export class CascadeWorld {
  readonly station: Station;
  readonly system: SystemContext;
  readonly book = new GraphBook();
  #last = 0;

  private constructor(station: Station) {
    this.station = station;
    this.system = new SystemContext(station.ground);
  }

  static async open(): Promise<CascadeWorld> {
    const world = new CascadeWorld(await Station.open());
    await loadDependencyRules(world.system, path.resolve('standards/dependencies.json'));
    return world;
  }

  get db() {
    return this.station.db.storage.system;
  }

  /** An object with one point of the element, so many metres north of the middle of the district. */
  async object(code: string, element: string, meters = 0): Promise<number> {
    const scenario = await sql<{ id: number }>`
      select s.id from scenario s where s.code = ${element.split('.')[0]}`.execute(this.db);
    await this.station.point(code, element, scenario.rows[0]?.id ?? 1);
    const { rows } = await sql<{ id: number }>`
      update monitored_object set lat = 31.2 + ${meters}::float8 / ${METERS_A_DEGREE}, name = code, town = '310115125', place = 121010
      where code = ${code} returning id`.execute(this.db);
    await sql`update point set place = 121010 where code = ${code}`.execute(this.db);
    this.book.forget();
    return rows[0]?.id ?? 0;
  }

  async depend(from: number, to: number, kind: DependencyKind, lead: number | null = null): Promise<void> {
    await sql`insert into dependency (from_object, to_object, kind, lead_minutes, basis, source, valid_from, edited_by, edited_at)
      values (${from}, ${to}, ${kind}, ${lead}, '台账', 'person', to_timestamp(0), 'x', now())`.execute(
      this.db,
    );
    this.book.forget();
  }

  /** An alarm stands at the object's point, as the hot path tells it; of the sign of that code. */
  async alarm(object: number, sign: string, level: number): Promise<number> {
    const at = this.station.now;
    const { rows } = await sql<{ id: number }>`
      insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value,
        raised_at, changed_at, recorded_at, simulated)
      select nextval('alarm_id'), p.id, p.object_id, s.id, s.item_code, p.place, s.scenario, ${level}, ${level}, 99, 99,
        ${new Date(at)}, ${new Date(at)}, ${new Date(at)}, false
      from point p, sign s where p.object_id = ${object} and s.code = ${sign} order by s.id desc limit 1 returning id`.execute(
      this.db,
    );
    const [made] = rows;
    if (!made) throw new Error(`no sign ${sign}, or no point at the object`);
    await this.#tell(made.id, 'alarm.raised', level);
    return made.id;
  }

  async normal(alarm: number): Promise<void> {
    await sql`update alarm set level = 0, normal_at = ${new Date(this.station.now)} where id = ${alarm}`.execute(
      this.db,
    );
    await this.#tell(alarm, 'alarm.normal', 0);
  }

  async worsen(alarm: number, level: number): Promise<void> {
    await sql`update alarm set level = ${level} where id = ${alarm}`.execute(this.db);
    await this.#tell(alarm, 'alarm.changed', level);
  }

  async #tell(alarm: number, type: string, level: number): Promise<void> {
    await sql`insert into outbox (type, at, place, scenario, payload)
      select ${type}, ${new Date(this.station.now)}, a.place, a.scenario, jsonb_build_object('id', a.id, 'object', a.object_id,
        'item', a.item_code, 'sign', a.sign_id, 'toLevel', ${level}::int, 'value', 99, 'session', null, 'simulated', false)
      from alarm a where a.id = ${alarm}`.execute(this.db);
  }

  /** Everything that was announced is brought to its subscribers, until nothing more comes of it. */
  async settle(): Promise<void> {
    for (;;) {
      const events = await this.#news();
      if (events.length === 0) return;
      const of = (types: readonly string[]): readonly Event[] =>
        events.filter(({ type }) => types.includes(type));
      const { now } = this.station;
      await this.db.transaction().execute(async (tx) => {
        await followAlarms(tx, of(ALARM_EVENTS), now);
        await closeWarnings(tx, of(['warning.normal']), now);
        await watchCascades(tx, this.book, of(CASCADE_EVENTS), now);
      });
    }
  }

  /** Time passes, and what happens by the clock happens. */
  async pass(minutes: number): Promise<void> {
    this.station.now += minutes * 60_000;
    await runCascades(this.system);
    await this.settle();
  }

  async #news(): Promise<readonly Event[]> {
    const { rows } = await sql<Event & { id: number }>`
      select id, id as seq, type, at, place, scenario, payload from outbox where id > ${this.#last} order by id`.execute(
      this.db,
    );
    this.#last = rows.at(-1)?.id ?? this.#last;
    return rows;
  }
}
