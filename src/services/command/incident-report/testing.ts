import path from 'node:path';

import { fromBeijing } from '#base';
import type { Event } from '#bus';
import { type Level, rankOf } from '#model/warning';
import { sql } from 'kysely';

import { type House, openHouse } from '../../platform/testing.ts';
import { loadReportRules } from '../index.ts';

export const MINUTE = 60_000;

/** Beijing time in November 2026. */
export const november = (day: number, hour: number, minute = 0): number =>
  fromBeijing(2026, 11, day, (hour * 60 + minute) * MINUTE);

interface OrderAsked {
  readonly level: Level;
  readonly at: number;
  readonly simulated?: boolean;
  readonly session?: number;
}

/** A house with the standard and the rules of reporting, and orders of underpasses in Zhangjiang. */
export interface ReportHouse extends House {
  order(asked: OrderAsked): Promise<number>;
  orders(count: number, asked: OrderAsked): Promise<readonly number[]>;
  raised(order: number, level: Level, at: number): Event;
  advanced(
    order: number,
    step: { readonly action: string; readonly level: Level; readonly state: string; readonly at: number },
  ): Event;
  /** What was announced of this type, in order. */
  announced(type: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

export async function openReportHouse(): Promise<ReportHouse> {
  const house = await openHouse('standard');
  await loadReportRules(house.system, path.resolve('standards/command/report-rules.json'));
  const { system } = house.db.storage;
  const { rows } = await sql<{ town: string; place: number; scenario: number }>`
    select t.code as town, t.place, f.scenario from platform t, platform f
    where t.kind = 'town' and t.name like '张江%' and f.code = 'FLOOD'`.execute(system);
  const [where] = rows;
  if (!where) throw new Error('the tree has no 张江');
  let seq = 0;
  const event = (type: string, at: number, payload: Event['payload']): Event => ({
    seq: (seq += 1),
    type,
    at,
    place: where.place,
    scenario: where.scenario,
    payload,
  });
  const orders = (count: number, asked: OrderAsked) => openOrders(house, { ...where, ...asked, count });
  return Object.assign(house, {
    orders,
    order: async (asked: OrderAsked) => (await orders(1, asked))[0] ?? 0,
    raised: (order: number, level: Level, at: number) =>
      event('work-order.raised', at, { id: order, level, state: 'dispatched' }),
    advanced: (order: number, { at, ...step }: Parameters<ReportHouse['advanced']>[1]) =>
      event('work-order.advanced', at, { id: order, ...step }),
    announced: async (type: string) => {
      const found = await sql<{ payload: Record<string, unknown> }>`
        select payload from outbox where type = ${type} order by at, payload->>'platformCode'`.execute(
        system,
      );
      return found.rows.map(({ payload }) => payload);
    },
  });
}

async function openOrders(
  house: House,
  asked: OrderAsked & {
    readonly count: number;
    readonly town: string;
    readonly place: number;
    readonly scenario: number;
  },
): Promise<readonly number[]> {
  const { level, at, simulated = false, session = null, count, town, place, scenario } = asked;
  const since = new Date(at);
  if (session !== null) {
    await sql`insert into replay_session (id, name, state, clock, opened_at) overriding system value
      values (${session}, '回放', 'running', ${since}, ${since}) on conflict do nothing`.execute(
      house.db.storage.system,
    );
  }
  const { rows } = await sql<{ id: number }>`
    with objects as (
      insert into monitored_object (code, name, scenarios, town, place, place_approximate, lat, lon)
      select 'U' || nextval('alarm_id'), '下立交', array[${scenario}::int2], ${town}, ${place}, true, 31.2, 121.6
      from generate_series(1, ${count}::int) returning id
    ), warnings as (
      insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at,
        replay_session_id, simulated)
      select id, 'FLOOD.I06', ${place}, ${scenario}, 'open', ${rankOf(level)}::int2, ${rankOf(level)}::int2,
        '积水深度 0.42 m，达到限值', ${since}, ${since}, ${session}::int, ${simulated} from objects returning id, object_id
    )
    insert into work_order (code, warning_id, object_id, item_code, place, scenario, level, loop, state, unit, handbook_id, limits,
      standard_version, limit_class, opened_at, replay_session_id, simulated)
    select 'GD20261120-' || lpad(id::text, 6, '0'), id, object_id, 'FLOOD.I06', ${place}, ${scenario}, ${rankOf(level)}::int2,
      'large', 'dispatched', '张江镇排水抢险队',
      freeze_handbook('{"item":"FLOOD.I06","level":"red","loop":"large","disposalTypes":[],"steps":[{"code":"1","text":"封闭下立交","evidence":"none","required":true}],"responsible":{"role":"handler","unit":"张江镇排水抢险队"},"reviewer":{"role":"department-owner","unit":"区应急管理局"},"coUnits":[],"limitClass":"T-std","notify":[],"publicRelease":false,"basis":{"tag":"A","document":"x","verified":false}}'),
      '{}', 'v', 'T-std', ${since}, ${session}::int, ${simulated} from warnings returning id`.execute(
    house.db.storage.system,
  );
  return rows.map(({ id }) => id);
}
