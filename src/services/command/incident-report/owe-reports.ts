import type { Event } from '#bus';
import { SELF_TEST_PLACE } from '#model/platform';
import { type Level, LEVEL_TEXT, levelOf, rankOf } from '#model/warning';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

import { reportingPlatforms } from './reporting-platforms.ts';
import { rulesInForce } from './report-rules.ts';
import { coverDuties } from './cover-duties.ts';
import { followIncidents, type ReportGround } from './follow-incidents.ts';
import { type EndedMatter, settledDuties } from './settled-duties.ts';
import { dutiesOf, insertDuties, type OwedDuty, type OwingMatter, tellPlatforms } from './save-duties.ts';

/** What of an order or an incident brings duties about or ends them. */
export const REPORTED_EVENTS = [
  'work-order.raised',
  'work-order.advanced',
  'incident.opened',
  'incident.changed',
  'incident-report.changed',
] as const;

const TRIGGERS = { red: 'red-warning', orange: 'orange-warning' } as const;
type Reported = keyof typeof TRIGGERS;

interface Rise {
  readonly order: number;
  readonly level: Reported;
  readonly at: number;
}

/**
 * What orders oblige to: those that are opened at or rise to red or orange begin matters, those that are closed ask for the last
 * report, those that are reopened go on. Where one report is made for an incident (合并报送), it is asked of that instead. All of a
 * batch in a few statements; told twice it does nothing the second time.
 */
export async function oweReports(tx: Tx, events: readonly Event[], now: number): Promise<void> {
  const rules = await rulesInForce(tx);
  const rises = risesOf(events);
  if (rises.length > 0) await oweFirst(tx, rises, { rules, now });
  const ends = endsOf(events);
  if (ends.length > 0) await settleEnds(tx, ends, { rules, now });
  await followIncidents(tx, events, { rules, now });
}

function risesOf(events: readonly Event[]): readonly Rise[] {
  return events.flatMap(({ type, at, place, payload }): readonly Rise[] => {
    const level = payload['level'];
    if (level !== 'red' && level !== 'orange') return [];
    const rises = type === 'work-order.raised' || payload['action'] === 'upgrade';
    return rises && place !== SELF_TEST_PLACE ? [{ order: payload.id, level, at }] : [];
  });
}

interface MatterRow extends OwingMatter {
  readonly order: number;
}

async function oweFirst(tx: Tx, rises: readonly Rise[], { rules, now }: ReportGround): Promise<void> {
  const { district, ofScenario } = await reportingPlatforms(tx);
  if (district === undefined) return;
  const matters = new Map(
    (await openMatters(tx, rises, (scenario) => ofScenario(scenario) ?? district)).map((row) => [
      row.order,
      row,
    ]),
  );
  const occasions = rises.flatMap(({ order, level, at }) => {
    const matter = matters.get(order);
    return matter ? [{ matter, trigger: TRIGGERS[level], at }] : [];
  });
  await owe(tx, dutiesOf(occasions, rules, district), rises, now);
}

/** Writes what orders owe and moves to their incidents' reports what those cover; each platform hears of what is left of it. */
async function owe(
  tx: Tx,
  duties: readonly OwedDuty[],
  orders: readonly { readonly order: number }[],
  now: number,
): Promise<void> {
  const inserted = await insertDuties(tx, duties);
  const ids = orders.map(({ order }) => order);
  const covered = await coverDuties(tx, sql`m.work_order_id = any(${ids}::bigint[])`, now);
  const told = [...inserted.filter(({ id }) => !covered.moved.has(id)), ...covered.asked];
  await tellPlatforms(tx, { type: 'incident-report.due', at: now }, told);
}

interface OrderRow {
  readonly id: number;
  readonly place: number;
  readonly scenario: number;
  readonly level: number;
  readonly warning: number | null;
  readonly subject: string;
  readonly eventAt: number;
  readonly session: number | null;
  readonly simulated: boolean;
}

/** A matter for each order that rose; one that is there is named after the level that it rose to. */
async function openMatters(
  tx: Tx,
  rises: readonly Rise[],
  platformOf: (scenario: number) => number,
): Promise<readonly MatterRow[]> {
  const { rows: orders } = await sql<OrderRow>`
    select o.id, o.place, o.scenario, o.level, o.warning_id as warning, m.name || ' ' || coalesce((select i.name
        from warning_item i where i.code = o.item_code order by i.standard_id desc limit 1), o.item_code) as subject,
      coalesce(w.opened_at, o.opened_at) as "eventAt", o.replay_session_id as session, o.simulated
    from work_order o join monitored_object m on m.id = o.object_id left join warning w on w.id = o.warning_id
    where o.id = any(${rises.map(({ order }) => order)}::bigint[]) and o.parent_id is null
    order by o.id`.execute(tx);
  const known = new Map(rises.toReversed().map((rise) => [rise.order, rise]));
  const worst = new Map<number, Level>();
  for (const { order, level } of rises) if (rankOf(level) > rankOf(worst.get(order))) worst.set(order, level);
  const rows = orders.map((order) => {
    const level = worst.get(order.id) ?? levelOf(order.level) ?? 'orange';
    const knownAt = known.get(order.id)?.at ?? order.eventAt;
    return {
      ...order,
      platform: platformOf(order.scenario),
      trigger: TRIGGERS[level as Reported],
      title: `${order.subject}${LEVEL_TEXT[level]}预警`,
      knownAt,
      eventAt: Math.min(order.eventAt, knownAt),
    };
  });
  const { rows: matters } = await sql<MatterRow>`
    insert into report_matter (place, scenario, platform_id, trigger, title, work_order_id, warning_id, event_at, known_at,
      opened_at, replay_session_id, simulated)
    select place, scenario, platform, trigger, title, id, warning, to_timestamp("eventAt" / 1000.0),
      to_timestamp("knownAt" / 1000.0), to_timestamp("knownAt" / 1000.0), session, simulated
    from ${recordset(
      rows,
      sql`r(id bigint, place int, scenario int2, platform int, trigger text, title text, warning bigint, "eventAt" float8,
        "knownAt" float8, session int, simulated boolean)`,
    )}
    on conflict (work_order_id) where work_order_id is not null do update
      set title = excluded.title, trigger = excluded.trigger
    returning id, place, scenario, title, platform_id as platform, work_order_id as "order", replay_session_id as session,
      simulated`.execute(tx);
  return matters;
}

interface End {
  readonly order: number;
  readonly at: number;
  readonly closed: boolean;
}

/** Of each order the last that was said: closed, or reopened. */
function endsOf(events: readonly Event[]): readonly End[] {
  const last = new Map<number, End>();
  for (const { type, at, place, payload } of events) {
    if (type !== 'work-order.advanced' || place === SELF_TEST_PLACE) continue;
    const closed = payload['state'] === 'closed';
    if (closed || payload['action'] === 'reopen') last.set(payload.id, { order: payload.id, at, closed });
  }
  return [...last.values()];
}

async function settleEnds(tx: Tx, ends: readonly End[], { rules, now }: ReportGround): Promise<void> {
  const { over = [], again = [] } = Object.groupBy(ends, (one) => (one.closed ? 'over' : 'again'));
  const closed = await markEnded(tx, over, true);
  await leaveEnded(tx, again);
  const reopened = await markEnded(tx, again, false);
  await owe(tx, await settledDuties(tx, { closed, reopened }, rules), ends, now);
}

async function markEnded(tx: Tx, ends: readonly End[], closed: boolean): Promise<readonly EndedMatter[]> {
  if (ends.length === 0) return [];
  const { rows } = await sql<EndedMatter>`
    update report_matter m set closed_at = case when ${closed} then to_timestamp(r.at / 1000.0) end
    from ${recordset(ends, sql`r("order" bigint, at float8)`)} join work_order o on o.id = r."order"
    where m.work_order_id = r."order" and (m.closed_at is null) = ${closed}
    returning m.id, m.place, m.scenario, m.title, m.platform_id as platform, m.replay_session_id as session, m.simulated, r.at,
      o.merged_into is not null or o.waived or m.covered_by is not null as aside`.execute(tx);
  return rows;
}

/** What goes on after its incident's report was the last one is reported on by itself. */
async function leaveEnded(tx: Tx, again: readonly End[]): Promise<void> {
  if (again.length === 0) return;
  await sql`update report_matter m set covered_by = null, covered_at = null from report_matter g
    where g.id = m.covered_by and g.closed_at is not null
      and m.work_order_id = any(${again.map(({ order }) => order)}::bigint[])`.execute(tx);
}
