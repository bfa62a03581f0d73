import type { Role, Scope } from '#model/platform';
import { type Level, rankOf } from '#model/warning';
import { RequestContext } from '#services/context';
import { sql } from 'kysely';

import { personWith, TEST_VAULT } from '../../context/testing.ts';
import { type DutyRoom, dutyRoom } from '../testing.ts';

const FLOOD = 1;
const GAS = 5;
const DISTRICT: Scope = { places: [{ from: 1, to: 999_999 }], scenarios: [] };
const ZHANGJIANG: Scope = { places: [{ from: 100, to: 199 }], scenarios: [] };
const CHUANSHA: Scope = { places: [{ from: 200, to: 299 }], scenarios: [] };
const at = (place: number): Scope => ({ places: [{ from: place, to: place }], scenarios: [] });
const of = (scenario: number): Scope => ({ places: [], scenarios: [scenario] });

const STAFF = {
  coordinator: { id: 20, name: '大闭环统筹', role: 'coordinator', scope: DISTRICT },
  'flood.admin': { id: 3, name: '防汛业务管理员', role: 'business-admin', scope: of(FLOOD) },
  'flood.head': { id: 4, name: '防汛部门责任人', role: 'department-owner', scope: of(FLOOD) },
  'flood.handler': { id: 1, name: '处置人员甲', role: 'handler', scope: of(FLOOD) },
  'gas.admin': { id: 5, name: '燃气业务管理员', role: 'business-admin', scope: of(GAS) },
  'gas.handler': { id: 21, name: '燃气处置人员', role: 'handler', scope: of(GAS) },
  zhangjiang: { id: 22, name: '张江值守', role: 'town-operator', scope: ZHANGJIANG },
  village: { id: 24, name: '居村处置甲', role: 'village-handler', scope: at(110) },
  village2: { id: 25, name: '居村处置乙', role: 'village-handler', scope: at(111) },
  chuansha: { id: 23, name: '川沙值守', role: 'town-operator', scope: CHUANSHA },
} as const satisfies Record<string, { id: number; name: string; role: Role; scope: Scope }>;

export interface IncidentRoom extends Omit<DutyRoom, 'as'> {
  as(username: keyof typeof STAFF, platform?: string): RequestContext;
  /** An open order at a new object; gives its id. */
  order(options?: OrderOptions): Promise<number>;
}

interface OrderOptions {
  readonly scenario?: 1 | 5;
  readonly level?: Level;
  readonly loop?: 'small' | 'medium' | 'large';
  readonly place?: number;
  readonly lat?: number;
  readonly handler?: number;
  readonly openedAt?: number;
}

/** The duty room with two towns, the fire brigade, a second scenario and who coordinates. */
export async function incidentRoom(): Promise<IncidentRoom> {
  const room = await dutyRoom();
  const { system } = room.db.storage;
  for (const { id, name } of Object.values(STAFF).filter((one) => one.id >= 20))
    await sql`insert into account (id, username, name, password_hash, password_from_bootstrap) overriding system value
      values (${id}, ${`u${id}`}, ${name}, 'x', false)`.execute(system);
  await sql`insert into platform (id, code, name, kind, department, scenario, place, place_to) values
    (1, 'PD', '区总平台', 'district', '区应急管理局', null, 1, 999999),
    (2, 'industry.fire', '消防分平台', 'industry', '浦东消防救援支队', null, 5000, 5999),
    (3, '310115125', '张江镇', 'town', null, null, 100, 199), (4, '310115103', '川沙新镇', 'town', null, null, 200, 299)`.execute(
    system,
  );
  await sql`insert into role_assignment (account_id, role, platform_id, granted_by) values
    (22, 'town-operator', 3, 'test'), (23, 'town-operator', 4, 'test'), (20, 'coordinator', 1, 'test')`.execute(
    system,
  );
  const ground = {
    storage: room.db.storage,
    clock: { now: () => room.now },
    poke: () => undefined,
    vault: TEST_VAULT,
  };
  return Object.assign(room, {
    as: (username: keyof typeof STAFF, platform = 'PD') => {
      const { id, name, role, scope } = STAFF[username];
      return new RequestContext(ground, personWith({ id, username, name, roles: [role], platform, scope }));
    },
    order: (options: OrderOptions = {}) => insertOrder(room, options),
  });
}

async function insertOrder(room: DutyRoom, options: OrderOptions): Promise<number> {
  const {
    scenario = FLOOD,
    level = 'yellow',
    loop = 'small',
    place = 100,
    lat = 31.2,
    handler = null,
  } = options;
  const { openedAt = room.now } = options;
  const unit = { role: 'handler', unit: '排水班组' };
  const handbook = {
    item: 'FLOOD.I06',
    level,
    loop,
    disposalTypes: [],
    steps: [],
    responsible: unit,
    reviewer: unit,
    coUnits: ['浦东消防救援支队', '事发地街镇', '区卫生健康委', '事发企业'],
    limitClass: 'T-std',
    notify: [],
    publicRelease: false,
  };
  const { rows } = await sql<{ id: number }>`
        with object as (
          insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
          values ('I' || nextval('alarm_id'), '下立交', array[${scenario}::int2], ${place}, true, ${lat}, 121.5) returning id
        )
        insert into work_order (code, object_id, item_code, place, scenario, level, loop, state, unit, handler_id, handbook_id, limits,
          standard_version, limit_class, opened_at, simulated, source)
        select 'GD-' || id, id, 'FLOOD.I06', ${place}, ${scenario}, ${rankOf(level)}, ${loop}, ${handler === null ? 'dispatched' : 'accepted'}, '排水班组',
          ${handler}::int, freeze_handbook(${JSON.stringify(handbook)}), '{}', '1', 'T-std', ${new Date(openedAt)}, false, 'patrol' from object
        returning id`.execute(room.db.storage.system);
  return rows[0]?.id ?? 0;
}
