import type { Event } from '#bus';
import type { Spot } from '#workflow';
import { sql } from 'kysely';

import { type TestDatabase, testDatabase } from '../../../storage/testing.ts';

const HERE = 100;
const SPOT = { lat: 31.2, lon: 121.5 } as const;

/** What is measured for each item: the first is verified first, the last is seen by cameras only. */
const ELEMENTS = {
  'BRIDGE.I01': 'BRIDGE.STRAIN',
  'BRIDGE.I02': 'BRIDGE.STRAIN',
  'BRIDGE.I03': 'BRIDGE.CLIMBER',
} as const;
type Item = keyof typeof ELEMENTS;

/** A scenario with one item that is verified first, one that is not and one for cameras, and alarms as the hot path stores them. */
export class AdmissionWorld {
  readonly db: TestDatabase;
  #seq = 0;

  private constructor(db: TestDatabase) {
    this.db = db;
  }

  static async open(): Promise<AdmissionWorld> {
    const db = await testDatabase();
    const { system } = db.storage;
    await sql`insert into scenario values (6, 'BRIDGE', '桥梁', '区建交委')`.execute(system);
    await sql`insert into standard_version (scenario, version, document, published_at, effective_from)
      values (6, '1', '{}', now(), to_timestamp(0))`.execute(system);
    await sql`insert into element (code, standard_id, scenario, name, unit, period_seconds, sensing, is_key, body)
      values ('BRIDGE.STRAIN', 1, 6, '应变', 'με', 60, 'iot', true, '{}'),
        ('BRIDGE.CLIMBER', 1, 6, '护栏外有人', '1', 0, 'video', true, '{}')`.execute(system);
    await sql`insert into warning_item (standard_id, code, scenario, name, kind, verification) values
      (1, 'BRIDGE.I01', 6, '应变异常', '预警', 'analyst'), (1, 'BRIDGE.I02', 6, '桥面结冰', '预警', 'automatic'),
      (1, 'BRIDGE.I03', 6, '护栏外有人', '报警', 'automatic')`.execute(system);
    const body = {
      code: 'BRIDGE.S01',
      name: '应变超限',
      unit: 'με',
      direction: 'high',
      measure: { kind: 'value' },
      levels: {},
      basis: { tag: '约定', document: '设计值', verified: false },
    };
    await sql`insert into sign (standard_id, code, item_code, element_code, scenario, name, body) values
      (1, 'BRIDGE.S01', 'BRIDGE.I01', 'BRIDGE.STRAIN', 6, '应变超限', ${JSON.stringify(body)}),
      (1, 'BRIDGE.S02', 'BRIDGE.I02', 'BRIDGE.STRAIN', 6, '结冰', ${JSON.stringify({ ...body, code: 'BRIDGE.S02' })}),
      (1, 'BRIDGE.S03', 'BRIDGE.I03', 'BRIDGE.CLIMBER', 6, '翻越护栏', ${JSON.stringify({ ...body, code: 'BRIDGE.S03' })})`.execute(
      system,
    );
    return new AdmissionWorld(db);
  }

  /** An alarm at an object of its own. */
  async alarm(
    item: Item,
    level = 2,
    spot: Spot = SPOT,
  ): Promise<{ id: number; object: number; point: number }> {
    const { rows } = await sql<{ id: number; object: number; point: number }>`
      with made as (
        insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
        values ('B' || nextval('alarm_id'), '川杨河桥', '{6}', ${HERE}, true, ${spot.lat}, ${spot.lon}) returning id, code
      ), gauge as (
        insert into point (code, object_id, element_code, place, scenarios, simulated)
        select code, id, ${ELEMENTS[item]}, ${HERE}, '{6}', false from made returning id, object_id
      )
      insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value,
        raised_at, changed_at, recorded_at, simulated)
      select nextval('alarm_id'), gauge.id, object_id, s.id, ${item}, ${HERE}, 6, ${level}, ${level}, 61, 61, now(), now(), now(), false
      from gauge, sign s where s.item_code = ${item} returning id, object_id as object, point_id as point`.execute(
      this.db.storage.system,
    );
    const [made] = rows;
    if (!made) throw new Error('no alarm was made');
    return made;
  }

  /** What the hot path announces of an alarm; level 0 ends it. `why` stands for the sign's sentence. */
  async told(
    alarm: { readonly id: number; readonly object: number },
    item: string,
    level: number,
    why = '应变 61 ≥ 50',
  ): Promise<Event> {
    const { system } = this.db.storage;
    await sql`update alarm set level = ${level}, normal_at = case when ${level} = 0 then now() end where id = ${alarm.id}`.execute(
      system,
    );
    const { rows } = await sql<{
      sign: number;
    }>`select sign_id as sign from alarm where id = ${alarm.id}`.execute(system);
    this.#seq += 1;
    return {
      seq: this.#seq,
      type: level === 0 ? 'alarm.normal' : 'alarm.changed',
      at: Date.UTC(2026, 10, 30, 4),
      place: HERE,
      scenario: 6,
      payload: {
        id: alarm.id,
        object: alarm.object,
        item,
        sign: rows[0]?.sign ?? 0,
        toLevel: level,
        value: 61,
        session: null,
        simulated: false,
        why,
      },
    };
  }

  /** Another alarm at the point of one that is over: its sign says it again. */
  async again(
    alarm: { readonly id: number; readonly object: number },
    level: number,
  ): Promise<{ id: number; object: number }> {
    const { rows } = await sql<{ id: number; object: number }>`
      insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value,
        raised_at, changed_at, recorded_at, simulated)
      select nextval('alarm_id'), point_id, object_id, sign_id, item_code, place, scenario, ${level}, ${level}, 61, 61, now(), now(), now(),
        false from alarm where id = ${alarm.id} returning id, object_id as object`.execute(
      this.db.storage.system,
    );
    const [made] = rows;
    if (!made) throw new Error('no alarm was made');
    return made;
  }

  /** The order of a warning, closed at a moment (epoch ms). */
  async orderClosed(warning: number, at: number): Promise<Event> {
    await sql`insert into work_order (code, warning_id, object_id, item_code, place, scenario, level, loop, state, unit,
        handbook_id, limits, standard_version, limit_class, opened_at, closed_at, simulated)
      select 'GD' || w.id, w.id, w.object_id, w.item_code, w.place, w.scenario, 2, 'small', 'closed', '养护单位', freeze_handbook('{}'), '{}', '1', 'T-std',
        w.opened_at, ${new Date(at)}, false
      from warning w where w.id = ${warning}`.execute(this.db.storage.system);
    this.#seq += 1;
    const payload = { id: 1, warning, state: 'closed' };
    return { seq: this.#seq, type: 'work-order.advanced', at, place: HERE, scenario: 6, payload };
  }

  /** Events of a type that wait in the outbox, as a subscriber would be given them. */
  async announced(type: string): Promise<readonly Event[]> {
    const { rows } = await sql<{ payload: Event['payload'] }>`
      select payload from outbox where type = ${type} order by id`.execute(this.db.storage.system);
    return rows.map(({ payload }) => {
      this.#seq += 1;
      return { seq: this.#seq, type, at: Date.UTC(2026, 10, 30, 5), place: HERE, scenario: 6, payload };
    });
  }
}
