import type { Event } from '#bus';
import { SELF_TEST_PLACE } from '#model/platform';
import { INCIDENT_GROUND_TEXT } from '#model/response';
import { rankOf } from '#model/warning';
import { auditRule, settingsOfScenarios } from '#services/context';
import type { Tx } from '#storage';
import { type GroupedOrder, groupIncidents, type IncidentGroup } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

import { adopt, adoptions } from './adopt.ts';
import { callParts } from './call-parts.ts';
import { type IncidentDraft, insertIncidents } from './insert-incidents.ts';
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
  readonly town: string | null;
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
    await saveGroups(tx, groupIncidents(orders.map(shape), known.map(shape)), { seen, now });
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
  const setting = await settingsOfScenarios(tx, [
    'incident.near-metres',
    'incident.near-minutes',
    'incident.opens-from',
  ]);
  return (scenario) => {
    const from = setting('incident.opens-from', scenario);
    const gravest = from === 'red' || from === 'orange' ? rankOf(from) : Number.POSITIVE_INFINITY;
    return {
      metres: Number(setting('incident.near-metres', scenario)),
      ms: Number(setting('incident.near-minutes', scenario)) * MINUTE_MS,
      gravest,
    };
  };
}

async function loadOrders(tx: Tx, where: RawBuilder<unknown>): Promise<readonly OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    select o.id, o.code, o.scenario, o.place, o.level, o.loop, o.opened_at as at, m.lat, m.lon, (select t.name from platform t where t.code = m.town) as town,
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

/** A group with its orders; `worst` names what is opened for it. */
interface Gathered {
  readonly group: IncidentGroup;
  readonly worst: OrderRow;
  readonly at: number;
}

interface Target {
  readonly id: number;
  readonly code: string;
  readonly large: boolean;
}

/** Opens what is new and adopts for all groups at once: a flood of red orders costs no more statements than one. */
async function saveGroups(tx: Tx, groups: readonly IncidentGroup[], { seen, now }: Scene): Promise<void> {
  const gathered = groups.flatMap((group): readonly Gathered[] => {
    const orders = group.orders.flatMap((id) => seen.get(id) ?? []);
    const [worst] = orders.toSorted((a, b) => b.level - a.level || a.at - b.at || a.id - b.id);
    if (!worst) return [];
    return [{ group, worst, at: worst.session === null ? now : Math.max(...orders.map((row) => row.at)) }];
  });
  if (gathered.length === 0) return;
  const targets = await targetsOf(tx, gathered);
  const aimed = gathered.flatMap((one) => {
    const target = targets.get(one);
    return target ? [{ ...one, target }] : [];
  });
  if (aimed.length === 0) return;
  const at = Math.max(...aimed.map((one) => one.at));
  const adopted = await adopt(
    tx,
    { at, by: null },
    adoptions(
      aimed.flatMap(({ group, target }) =>
        group.orders.map((order) => ({
          order,
          incident: target.id,
          code: target.code,
          reason: INCIDENT_GROUND_TEXT[group.ground],
        })),
      ),
    ),
  );
  const counts = Map.groupBy(adopted, ({ incident }) => incident);
  const opened = aimed.filter(({ group }) => group.incident === null);
  const grown = aimed.filter(({ group }) => group.incident !== null);
  const lineOf = ({ group, target, at: when }: Gathered & { readonly target: Target }): IncidentLine => ({
    incident: target.id,
    at: when,
    by: null,
    kind: group.incident === null ? 'opened' : 'adopted',
    text: `${group.incident === null ? '自动建立事件' : '自动'}纳入 ${counts.get(target.id)?.length ?? 0} 张工单：${INCIDENT_GROUND_TEXT[group.ground]}`,
  });
  await tellIncidents(tx, 'incident.opened', opened.map(lineOf));
  const large = aimed.filter(({ target }) => target.large).map(({ target }) => target.id);
  await tellIncidents(tx, 'incident.changed', [
    ...grown.map(lineOf),
    ...(await callParts(tx, large, { at, by: null })),
  ]);
  await auditRule(
    tx,
    { rule: RULE, at: now },
    aimed.map(({ group, worst, target }) => ({
      action: group.incident === null ? 'incident.opened' : 'incident.adopted',
      subject: `incident/${target.code}`,
      place: worst.place,
      scenario: worst.scenario,
      after: { ground: group.ground, orders: counts.get(target.id)?.map(({ order }) => order) ?? [] },
    })),
  );
}

/** The incident of each group: one that stands and is still open, or a new one. */
async function targetsOf(tx: Tx, gathered: readonly Gathered[]): Promise<ReadonlyMap<Gathered, Target>> {
  const fresh = gathered.filter(({ group }) => group.incident === null);
  const made = await insertIncidents(tx, fresh.map(draftOf));
  const ids = gathered.flatMap(({ group }) => group.incident ?? []);
  const { rows } = await sql<Target>`
    select id, code, loop = 'large' as large from incident where id = any(${ids}::bigint[]) and state = 'open'
    order by id for update`.execute(tx);
  const standing = new Map(rows.map((row) => [row.id, row]));
  const found = new Map<Gathered, Target>();
  for (const [i, one] of fresh.entries()) {
    const target = made[i];
    if (target) found.set(one, { ...target, large: true });
  }
  for (const one of gathered) {
    const target = standing.get(one.group.incident ?? 0);
    if (target) found.set(one, target);
  }
  return found;
}

/** What a rule opens crosses scenarios or is grave: a large loop from the start. */
function draftOf({ group, worst, at }: Gathered): IncidentDraft {
  const { scenario, level, lat, lon, cause, session, simulated, town, item } = worst;
  const of = { scenario, level, lat, lon, cause, session, simulated, at };
  return {
    ...of, // Whoever has an order in it reads the title: it names no object that only others may see.
    title: town === null ? item : `${town} ${item}`,
    place: 1,
    loop: 'large',
    ground: group.ground,
    by: null,
  };
}
