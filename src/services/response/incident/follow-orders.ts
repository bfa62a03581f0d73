import type { Event } from '#bus';
import { SELF_TEST_PLACE } from '#model/platform';
import { INCIDENT_GROUND_TEXT } from '#model/response';
import { rankOf } from '#model/warning';
import { auditRule, settingsOfScenarios } from '#services/context';
import type { Tx } from '#storage';
import { type GroupedOrder, groupIncidents, type IncidentGroup } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

import { adopt } from './adopt.ts';
import { callParts } from './call-parts.ts';
import { insertIncidents } from './insert-incidents.ts';
import { type IncidentLine, tellIncidents } from './tell-incidents.ts';

const RULE = 'follow-incidents';
const MINUTE_MS = 60_000;
/** How far back orders are looked at for one of another scenario, whatever the setting. */
const LONGEST_MS = 24 * 60 * MINUTE_MS;

interface OrderRow {
  readonly id: number;
  readonly code: string;
  readonly scenario: number;
  readonly place: number;
  readonly level: number;
  readonly loop: string;
  readonly at: number;
  readonly lat: number;
  readonly lon: number;
  readonly object: string;
  readonly item: string;
  readonly warning: number | null;
  readonly cause: string | null;
  readonly incident: number | null;
  readonly session: number | null;
  readonly simulated: boolean;
}

type Rules = (scenario: number) => { readonly metres: number; readonly ms: number; readonly gravest: number };

/**
 * Orders that were opened or rose: whether they belong to an incident, or make one (catalog §1.4). In the transaction of its cursor; told
 * twice it finds them in their incidents and does nothing.
 */
export async function followOrders(tx: Tx, events: readonly Event[], now: number): Promise<void> {
  const ids = [...new Set(events.filter(concerns).map((event) => event.payload.id))];
  if (ids.length === 0) return;
  await riseWithOrders(tx, ids);
  const rules = await rulesInForce(tx);
  const fresh = await loadOrders(
    tx,
    sql`o.id = any(${ids}::bigint[]) and o.incident_id is null and o.state <> 'closed' and o.parent_id is null`,
  );
  for (const orders of Map.groupBy(fresh, (row) => row.session).values()) {
    const known = await loadKnown(tx, orders);
    const seen = new Map([...known, ...orders].map((row) => [row.id, row]));
    const shape = (row: OrderRow): GroupedOrder => grouped(row, rules);
    for (const group of groupIncidents(orders.map(shape), known.map(shape))) {
      await saveGroup(tx, group, { seen, now });
    }
  }
}

/** An incident is as grave as the worst of its orders has been. */
async function riseWithOrders(tx: Tx, orders: readonly number[]): Promise<void> {
  await sql`update incident i set level = w.level, version = i.version + 1
    from (select incident_id, max(level) as level from work_order
      where id = any(${[...orders]}::bigint[]) and incident_id is not null group by 1) w
    where i.id = w.incident_id and i.level < w.level and i.state = 'open'`.execute(tx);
}

/** Opened, or risen with its warning: what people do to an order makes no incident of it. */
function concerns({ type, payload, place }: Event): boolean {
  if (place === SELF_TEST_PLACE) return false;
  return type === 'work-order.raised' || payload['action'] === 'upgrade';
}

async function rulesInForce(tx: Tx): Promise<Rules> {
  const metres = await settingsOfScenarios(tx, 'incident.near-metres');
  const minutes = await settingsOfScenarios(tx, 'incident.near-minutes');
  const opensFrom = await settingsOfScenarios(tx, 'incident.opens-from');
  return (scenario) => {
    const from = opensFrom(scenario);
    const gravest = from === 'red' || from === 'orange' ? rankOf(from) : Number.POSITIVE_INFINITY;
    return { metres: Number(metres(scenario)), ms: Number(minutes(scenario)) * MINUTE_MS, gravest };
  };
}

async function loadOrders(tx: Tx, where: RawBuilder<unknown>): Promise<readonly OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    select o.id, o.code, o.scenario, o.place, o.level, o.loop, o.opened_at as at, m.lat, m.lon, m.name as object,
      coalesce((select i.name from warning_item i where i.code = o.item_code order by i.standard_id desc limit 1), o.item_code)
        as item,
      o.warning_id as warning, w.cause, o.incident_id as incident, o.replay_session_id as session, o.simulated
    from work_order o join monitored_object m on m.id = o.object_id left join warning w on w.id = o.warning_id
    where ${where} and o.place <> ${SELF_TEST_PLACE}`.execute(tx);
  return rows;
}

/** What stands in open incidents, and what of other scenarios was opened lately: one scenario alone makes no incident. */
async function loadKnown(tx: Tx, orders: readonly OrderRow[]): Promise<readonly OrderRow[]> {
  const first = Math.min(...orders.map(({ at }) => at)) - LONGEST_MS;
  const scenarios = [...new Set(orders.map(({ scenario }) => scenario))];
  const causes = [...new Set(orders.flatMap(causesOf))];
  const [one] = scenarios;
  const session = orders[0]?.session ?? null;
  const others = scenarios.length === 1 ? sql`o.scenario <> ${one}` : sql`true`;
  return loadOrders(
    tx,
    sql`o.replay_session_id is not distinct from ${session}::int and o.id <> all(${orders.map(({ id }) => id)}::bigint[])
      and o.state <> 'closed' and o.parent_id is null and (
        o.incident_id is not null and (o.opened_at >= ${new Date(first)}
          or w.cause = any(${causes}) or 'warning/' || o.warning_id = any(${causes}))
          and exists (select from incident i where i.id = o.incident_id and i.state = 'open')
        or o.incident_id is null and o.opened_at >= ${new Date(first)} and ${others})`,
  );
}

function causesOf({ warning, cause }: Pick<OrderRow, 'warning' | 'cause'>): readonly string[] {
  return [...(cause === null ? [] : [cause]), ...(warning === null ? [] : [`warning/${warning}`])];
}

function grouped(row: OrderRow, rules: Rules): GroupedOrder {
  const { id, scenario, at, incident, lat, lon, level, loop } = row;
  const { metres, ms, gravest } = rules(scenario);
  const grave = level >= gravest || (loop === 'large' && gravest <= 4);
  return { id, scenario, at, incident, lat, lon, causes: causesOf(row), grave, metres, ms };
}

interface Scene {
  readonly seen: ReadonlyMap<number, OrderRow>;
  readonly now: number;
}

async function saveGroup(tx: Tx, group: IncidentGroup, scene: Scene): Promise<void> {
  const orders = group.orders.flatMap((id) => scene.seen.get(id) ?? []);
  const [worst] = orders.toSorted((a, b) => b.level - a.level || a.at - b.at || a.id - b.id);
  if (!worst) return;
  const at = worst.session === null ? scene.now : Math.max(...orders.map((row) => row.at));
  const incident =
    group.incident === null ? await open(tx, group, { worst, at }) : await standing(tx, group.incident);
  if (!incident) return;
  const reason = INCIDENT_GROUND_TEXT[group.ground];
  const { id, code } = incident;
  const which = sql`o.id = any(${[...group.orders]}::bigint[])`;
  const adopted = await adopt(tx, { incident: id, code, at, by: null, reason }, which);
  const opens = group.incident === null;
  const line: IncidentLine = {
    incident: id,
    at,
    by: null,
    kind: opens ? 'opened' : 'adopted',
    text: `${opens ? '自动建立事件' : '自动'}纳入 ${adopted.length} 张工单：${reason}`,
  };
  if (opens) await tellIncidents(tx, 'incident.opened', [line]);
  const calls = incident.large ? await callParts(tx, [id], { at, by: null }) : [];
  await tellIncidents(tx, 'incident.changed', opens ? calls : [line, ...calls]);
  await auditRule(tx, { rule: RULE, at: scene.now }, [
    {
      action: opens ? 'incident.opened' : 'incident.adopted',
      subject: `incident/${code}`,
      place: worst.place,
      scenario: worst.scenario,
      after: { ground: group.ground, orders: adopted },
    },
  ]);
}

interface Target {
  readonly id: number;
  readonly code: string;
  readonly large: boolean;
}

/** What a rule opens crosses scenarios or is grave: a large loop from the start. */
async function open(
  tx: Tx,
  { ground }: IncidentGroup,
  { worst, at }: { readonly worst: OrderRow; readonly at: number },
): Promise<Target | undefined> {
  const { place: _, scenario, level, lat, lon, cause, session, simulated, object, item } = worst;
  const [made] = await insertIncidents(tx, [
    {
      title: `${object} ${item}`,
      place: 1,
      scenario,
      level,
      loop: 'large',
      ground,
      cause,
      lat,
      lon,
      at,
      by: null,
      session,
      simulated,
    },
  ]);
  return made && { ...made, large: true };
}

async function standing(tx: Tx, id: number): Promise<Target | undefined> {
  const { rows } = await sql<Target>`
    select id, code, loop = 'large' as large from incident where id = ${id} and state = 'open' for update`.execute(
    tx,
  );
  return rows[0];
}
