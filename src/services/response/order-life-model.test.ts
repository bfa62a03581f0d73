import { AppError } from '#base';
import { Rights } from '#model/platform';
import { WORK_ORDER_ACTIONS, type WorkOrderAction } from '#model/response';
import { RequestContext, SystemContext } from '#services/context';
import { allowedActions } from '#workflow';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { Storage } from '../../storage/connection.ts';
import { TEST_VAULT } from '../context/testing.ts';
import { acknowledgeEscalation } from './acknowledge-escalation.ts';
import { advanceWorkOrder } from './advance-work-order.ts';
import { openPart } from './by-hand/open-part.ts';
import { getWorkOrder } from './get-work-order.ts';
import { openWorkOrders } from './open-work-orders.ts';
import { factsOf, loadOrders, orderActor } from './order-view.ts';
import { loadWork } from './order-work.ts';
import { runAllDeadlines } from './run-all-deadlines.ts';
import type { AdvanceRequest } from './save-advance.ts';
import { endSuspensions } from './suspension/resume-orders.ts';
import { type DutyRoom, dutyRoom, MINUTE, PEOPLE, proofOf } from './testing.ts';

/** PUAN_MODEL_STEPS makes the walk longer, PUAN_MODEL_SEED another one. */
const STEPS = Number(process.env['PUAN_MODEL_STEPS'] ?? 100);
const SEED = Number(process.env['PUAN_MODEL_SEED'] ?? 52);
/** Which of two clicks comes first is chance: the walk goes on until it has been everywhere it has to. */
const MOST_STEPS = STEPS + 1000;
/** Steps of people that the walk has to take, and what it has to meet besides. */
const DEEDS: readonly string[] = [
  ...WORK_ORDER_ACTIONS,
  'acknowledge',
  'part',
  'two take one',
  'verify',
  'progress again',
  'acting for',
];
const HANDS = ['flood.handler', 'flood.handler2', 'flood.admin', 'flood.head', 'flood.leader'] as const;
type Hand = (typeof HANDS)[number];
const SEVERE_ITEM = 'FLOOD.I06';
/** Of the class of slow structures, which owe an analysis. */
const SLOW_ITEM = 'FLOOD.I07';
const NOTE = '泵车已到，强排后水位回落，道路恢复通行';

let room: DutyRoom;
beforeAll(async () => {
  room = await dutyRoom();
  await arrangeDeputies();
  await makeSlow();
});
afterAll(() => room.db.drop());

/** The second handler stands in for the first one (AB 角), by name and with the right to act for him. */
async function arrangeDeputies(): Promise<void> {
  const { system } = room.db.storage;
  await sql`insert into platform (id, code, name, kind, scenario, place, place_to)
    values (9001, 'X-FLOOD', '防汛防台', 'scenario', 1, 9001, 9001)`.execute(system);
  await sql`insert into role_assignment (account_id, role, platform_id, place, scenario, valid_from)
    values (1, 'handler', 9001, 9001, 1, ${new Date(0)})`.execute(system);
  await sql`insert into delegation (principal_id, deputy_id, place, scenario, from_at, to_at, reason, arranged_by, arranged_at)
    values (1, 2, 9001, 1, ${new Date(0)}, ${new Date('2100-01-01')}, 'AB 角', 'x', ${new Date(0)})`.execute(
    system,
  );
}

async function makeSlow(): Promise<void> {
  await sql`
    with version as (
      insert into standard_version (scenario, version, document, published_at, effective_from)
      select scenario, version || '-slow', document, published_at, effective_from + interval '1 day' from standard_version
      where scenario = 1 returning id
    )
    insert into handbook_entry (standard_id, item_code, level, scenario, body)
    select version.id, h.item_code, h.level, h.scenario, h.body || '{"limitClass": "T-infra"}'
    from version, handbook_entry h where h.item_code = ${SLOW_ITEM}`.execute(room.db.storage.system);
}

function as(who: Hand): RequestContext {
  const context = room.as(who);
  const [own] = context.actor.rights.grants;
  if (who !== 'flood.handler2' || !own) return context;
  const { id, name } = PEOPLE['flood.handler'];
  const lent = { ...own, actingFor: { id, username: 'flood.handler', name } };
  const ground = {
    storage: room.db.storage,
    clock: { now: () => room.now },
    poke: () => undefined,
    vault: TEST_VAULT,
  };
  return new RequestContext(ground, { ...context.actor, rights: new Rights([own, lent]) });
}

interface Turn {
  readonly order: number;
  readonly who: number;
  readonly what: number;
  readonly bare: boolean;
  readonly minutes: number;
  readonly happens: number;
}
const turn: fc.Arbitrary<Turn> = fc.record({
  order: fc.nat(999),
  who: fc.nat(HANDS.length - 1),
  what: fc.nat(999),
  bare: fc.nat(9).map((n) => n === 0),
  minutes: fc.oneof(fc.nat(5), fc.nat(600), fc.constant(0)),
  happens: fc.nat(29),
});

/** An order of the walk; a part has no warning of its own. */
interface Walked {
  readonly id: number;
  readonly warning: number | null;
}

const orders: Walked[] = [];
const done = new Set<string>();
const FULL = 2;

const tell = (change: 'raised' | 'upgraded', warning: number, level: 'yellow' | 'orange' | 'red') =>
  room.system.transaction((tx) => openWorkOrders(tx, room.now, [{ change, warning, level, at: room.now }]));

async function open(n: number): Promise<void> {
  const level = n % 7 === 0 ? 'red' : n % 3 === 0 ? 'orange' : 'yellow';
  const warning = await room.warning(level, { item: n % 2 === 0 ? SLOW_ITEM : SEVERE_ITEM });
  await tell('raised', warning, level);
  const { id } = await room.db.storage.system
    .selectFrom('work_order')
    .select('id')
    .where('warning_id', '=', warning)
    .executeTakeFirstOrThrow();
  orders.push({ id, warning });
}

/** What may never stand in the tables, each with the words for it. */
async function wrongInTables(): Promise<readonly string[]> {
  const { rows } = await sql<{ words: string }>`
    select 'without an owner: ' || state as words from work_order
      where handler_id is null and state in ('accepted','on-site','disposing','transferred','suspended','cleared','reviewing')
    union all select 'two owners: ' || state from work_order
      where handler_id is not null and state in ('raised','dispatched','rejected','reopened')
    union all select 'closed before its part' from work_order p join work_order o on o.id = p.parent_id
      where o.state = 'closed' and p.state <> 'closed'
    union all select 'merged into what was merged itself' from work_order o join work_order s on s.id = o.merged_into
      where s.merged_into is not null
    union all select 'milder than what was merged into it' from work_order o join work_order s on s.id = o.merged_into
      where s.level < o.level
    union all select 'closed with an open promise: ' || d.kind from work_order o join deadline d on d.work_order_id = o.id
      where o.state = 'closed' and d.met_at is null and d.stopped_at is null
    union all select 'asked for what is no longer owed: ' || d.kind || ' ' || o.state
      from work_order o join deadline d on d.work_order_id = o.id
      where d.met_at is null and d.stopped_at is null
        and (d.kind = 'progress' and o.state in ('cleared','reviewing') or d.kind = 'verify' and o.state not in ('cleared','reviewing'))
    union all select 'reminds though over: ' || kind from deadline
      where coalesce(next_at, press_at) is not null and (met_at is not null or stopped_at is not null or paused_at is not null)
    union all select 'clock and state differ: ' || o.state from work_order o join deadline d on d.work_order_id = o.id
      where d.met_at is null and d.stopped_at is null and (d.paused_at is not null) <> (o.state = 'suspended')
    union all select 'a promise is lost: ' || d.kind from work_order o join deadline d on d.work_order_id = o.id
      where d.met_at is null and d.stopped_at is null and d.paused_at is null and d.next_at is null and d.step < 5
    union all select 'the promise to close is lost: ' || o.state from work_order o
      where o.state <> 'closed' and not exists (select from deadline d where d.work_order_id = o.id and d.kind = 'close'
        and d.met_at is null and d.stopped_at is null)
    union all select 'told twice: ' || r.reason from reminder r
      group by work_order_id, to_role, channel, reason, at having count(*) > 1
    union all select 'done twice: ' || idempotency_key from work_order_entry
      where idempotency_key is not null group by work_order_id, idempotency_key having count(*) > 1
    union all select 'called after it was accepted: ' || r.reason from reminder r
      where (r.reason like '接单%' or r.reason like '红色工单%') and (${lastBefore(['accept', 'raised', 'dispatch', 'reopen'])}) = 'accept'
    union all select 'called while it stood still: ' || r.reason from reminder r
      where (${lastBefore(['suspend', 'resume', 'merge', 'waive', 'reopen'])}) = 'suspend'
    union all select 'pressed though it was acknowledged: ' || r.reason from reminder r
      join work_order_entry e on e.work_order_id = r.work_order_id and e.kind = 'acknowledged' and e.at < r.at
        and e.text like '%' || split_part(r.reason, '超期提醒', 1) || '%'
      where r.reason like '%无人签收%' and not exists (select from reminder p where p.work_order_id = r.work_order_id
        and p.at >= e.at and p.at < r.at and p.reason like split_part(r.reason, '超期提醒', 1) || '%')
    union all select 'stood still though nobody agreed: ' || d.kind from deadline d
      cross join lateral jsonb_to_recordset(d.pauses) p("from" float8, "to" float8)
      where not exists (select from work_order_entry e join work_order_entry f using (work_order_id)
        where e.work_order_id = d.work_order_id and e.at = to_timestamp(p."from" / 1000.0) and f.at = to_timestamp(p."to" / 1000.0)
          and (e.kind = 'suspend' and f.kind = 'resume' or d.kind = 'clear' and e.kind = 'clear' and f.kind = 'send-back'))`.execute(
    room.db.storage.system,
  );
  return rows.map((row) => row.words);
}

/** What of these was done last to the order of a reminder before it went out. */
function lastBefore(kinds: readonly string[]) {
  return sql`select e.kind from work_order_entry e where e.work_order_id = r.work_order_id and e.at < r.at
    and e.kind = any(${[...kinds]}) order by e.at desc, e.id desc limit 1`;
}

interface Running {
  readonly id: number;
  readonly level: number;
  readonly kind: string;
  readonly turn: number;
  readonly started_at: number;
  readonly due_at: number;
  readonly pauses: readonly { readonly from: number; readonly to: number }[] | null;
}

const lengths = new Map<string, number>();

/** How long a limit lasts is what it lasted at first, however often it stood still: by its own moments and pauses. */
async function wrongLengths(): Promise<readonly string[]> {
  const { rows } = await sql<Running>`
    select d.work_order_id as id, o.level, d.kind, d.turn, d.started_at, d.due_at, d.pauses
    from deadline d join work_order o on o.id = d.work_order_id`.execute(room.db.storage.system);
  return rows.flatMap(({ id, level, kind, turn: nth, started_at: from, due_at: due, pauses }) => {
    const key = [id, level, kind, nth, from].join(' ');
    const before = (pauses ?? []).toReversed().reduce((at, one) => {
      // What was due before it stood still stays as late as it was.
      return at > one.from ? at - (one.to - one.from) : at;
    }, due);
    const known = lengths.get(key);
    lengths.set(key, known ?? before - from);
    return known === undefined || known === before - from ? [] : [`a clock ran while stopped: ${key}`];
  });
}

/** What each of the people may do with an order as it stands. */
interface Offers {
  readonly version: number;
  readonly to: (who: Hand) => readonly WorkOrderAction[];
}

async function offersOf(id: number): Promise<Offers> {
  return room.system.transaction(async (tx) => {
    const [row] = await loadOrders(tx, sql`where o.id = ${id}`);
    if (!row) throw new Error(`no order ${id}`);
    const facts = factsOf(row, await loadWork(tx, id));
    const offered = HANDS.map((who) => {
      const may = allowedActions(facts, orderActor(as(who).actor, row), room.now);
      return [who, may.map(({ action }) => action)] as const;
    });
    const byHand = new Map(offered);
    return { version: row.version, to: (who) => byHand.get(who) ?? [] };
  });
}

/** Mostly what somebody may do, and first what nobody has done yet, so that a short walk goes all the ways; now and then anything. */
function choose({ to }: Offers, { who, what, bare }: Turn): { who: Hand; action: WorkOrderAction } {
  const people = HANDS.map((_, i) => HANDS[(who + i) % HANDS.length] ?? 'flood.handler');
  const first = people[0] ?? 'flood.handler';
  const unseen = (one: Hand): readonly WorkOrderAction[] => to(one).filter((action) => !done.has(action));
  const pioneer = what % 3 === 0 ? undefined : people.find((one) => unseen(one).length > 0);
  const able = pioneer ?? people.find((one) => to(one).length > 0);
  const actions = bare || able === undefined ? WORK_ORDER_ACTIONS : pioneer ? unseen(pioneer) : to(able);
  return { who: bare ? first : (able ?? first), action: actions[what % actions.length] ?? 'accept' };
}

/** Somebody does something, twice at once as a finger does; what is refused is refused in words. */
async function tryOne(order: Walked, one: Turn, n: number): Promise<void> {
  const offers = await offersOf(order.id);
  const { who, action } = choose(offers, one);
  const { version } = offers;
  const request = one.bare
    ? { action, version, idempotencyKey: `k${n}` }
    : await requestOf(order, who, { action, what: one.what, n, version });
  const isDone =
    action === 'accept' ? await takeAtOnce(order.id, who, request) : await clickTwice(order.id, who, request);
  if (!isDone) return;
  done.add(action);
  if (action === 'clear' && request.verdict === 'false-alarm') done.add('verify');
}

/** What somebody is about to do. */
interface Planned {
  readonly action: WorkOrderAction;
  readonly what: number;
  readonly n: number;
  readonly version: number;
}

async function requestOf(
  order: Walked,
  who: Hand,
  { action, what, n, version }: Planned,
): Promise<AdvanceRequest> {
  const isFalse = what % 4 === 1;
  const into = orders.find(({ id }) => id !== order.id)?.id;
  const proof = action === 'clear' ? await proofOf(as(who), order.id).catch(refused) : {};
  return {
    action,
    // Proving it may have been a step of its own.
    ...(action === 'clear' ? {} : { version }),
    idempotencyKey: `k${n}`,
    reason: '现场情况有变',
    note: NOTE,
    verdict: isFalse ? 'false-alarm' : 'true',
    falseAlarm: 'sensor-fault',
    ...proof,
    unit: '区排水管理所',
    until: room.now + 300 * MINUTE,
    ...(action === 'merge' && into !== undefined ? { into } : {}),
  };
}

/** Nothing to show where it is refused; whatever else went wrong is a bug. */
function refused(error: unknown): Record<string, never> {
  if (error instanceof AppError) return {};
  throw error;
}

/** What is refused is refused in words; gives whether it was done. */
function outcome(action: string, settled: PromiseSettledResult<unknown>): boolean {
  if (settled.status === 'fulfilled') return true;
  if (settled.reason instanceof AppError) return false;
  throw new Error(action, { cause: settled.reason });
}

/** Both clicks get the same answer: the second one was done by the first, or refused like it. */
async function clickTwice(id: number, who: Hand, request: AdvanceRequest): Promise<boolean> {
  const both = await Promise.allSettled([
    advanceWorkOrder(as(who), id, request),
    advanceWorkOrder(as(who), id, request),
  ]);
  const [first, second] = both.map((one) => outcome(request.action, one));
  if (first !== second) throw new Error(`${request.action}: two answers to one click`);
  return first ?? false;
}

/** Two of a team take the order of the team at the same moment: it belongs to one of them. */
async function takeAtOnce(id: number, who: Hand, request: AdvanceRequest): Promise<boolean> {
  const other = who === 'flood.handler' ? 'flood.handler2' : 'flood.handler';
  const both = await Promise.allSettled([
    advanceWorkOrder(as(who), id, request),
    advanceWorkOrder(as(other), id, { ...request, idempotencyKey: `${request.idempotencyKey}-other` }),
  ]);
  const taken = both.map((one) => outcome('accept', one)).filter(Boolean).length;
  if (taken > 1) throw new Error('accept: two have taken one order');
  if (taken === 1) done.add('two take one');
  return taken === 1;
}

/** What comes from elsewhere: the warning rises, another process goes on, somebody above has seen it, a co-unit is called. */
const HAPPENINGS: Readonly<Record<number, (order: Walked) => Promise<unknown>>> = {
  0: async ({ warning }) => warning !== null && tell('upgraded', warning, 'red'),
  1: restart,
  2: (order) => acknowledge(order),
  3: (order) => acknowledge(order),
  4: (order) => callPart(order),
};

async function acknowledge({ id }: Walked): Promise<void> {
  for (const who of ['flood.admin', 'flood.head', 'flood.leader'] as const) {
    const [first] = await Promise.allSettled([
      acknowledgeEscalation(as(who), id),
      acknowledgeEscalation(as(who), id),
    ]);
    if (outcome('acknowledge', first) && first.status === 'fulfilled') {
      const { entries } = first.value;
      if (entries.some((entry) => entry.kind === 'acknowledged')) done.add('acknowledge');
    }
  }
}

async function callPart({ id, warning }: Walked): Promise<void> {
  if (warning === null || orders.length > FULL) return;
  const [asked] = await Promise.allSettled([
    openPart(as('flood.admin'), id, { unit: '区排水管理所', told: '调泵车到场强排' }),
  ]);
  if (!outcome('part', asked) || asked.status !== 'fulfilled') return;
  done.add('part');
  const part = asked.value.parts.at(-1);
  if (part) orders.push({ id: part.id, warning: null });
}

/** Another process goes on with what is in the tables. */
async function restart(): Promise<void> {
  const storage = new Storage(room.db.location, () => undefined);
  const clock = { now: () => room.now };
  const system = new SystemContext({ storage, clock, poke: () => undefined, vault: TEST_VAULT });
  await Promise.all([runAllDeadlines(system), endSuspensions(room.system)]);
  await storage.close();
}

/** An open order waits for somebody who can do something about it. */
async function isStuck({ id }: Walked): Promise<boolean> {
  const { state } = await getWorkOrder(as('flood.leader'), id);
  const { to } = await offersOf(id);
  return state !== 'closed' && HANDS.every((who) => to(who).length === 0);
}

/** The deputy has done what only the holder may. */
function isLent({ by, text }: { readonly by: string | null; readonly text: string }): boolean {
  return by === PEOPLE['flood.handler2'].name && text.startsWith(`代${PEOPLE['flood.handler'].name}`);
}

/** A closed one may be reopened for a while, and a red one is never suspended: then a new one takes its place. */
function isLeft(state: string, level: string, happens: number): boolean {
  return happens > (state === 'closed' ? 14 : level === 'red' ? 24 : 29);
}

/** One turn of the walk: time passes, the rounds run, somebody does something, and something happens from elsewhere. */
async function take(one: Turn, n: number): Promise<Walked | undefined> {
  while (orders.length < FULL) await open(n);
  room.now += one.minutes * MINUTE;
  await endSuspensions(room.system);
  await runAllDeadlines(room.system);
  const order = orders[one.order % orders.length];
  if (!order) return undefined;
  await tryOne(order, one, n);
  await HAPPENINGS[one.happens]?.(order);
  const { state, level, deadlines, entries } = await getWorkOrder(as('flood.leader'), order.id);
  const met: Readonly<Record<string, boolean>> = {
    'progress again': deadlines.some((limit) => limit.turn > 1),
    reassign: entries.some((entry) => entry.kind === 'reassign'),
    'acting for': entries.some(isLent),
  };
  for (const [deed, isSo] of Object.entries(met)) if (isSo) done.add(deed);
  if (isLeft(state, level, one.happens)) orders.splice(orders.indexOf(order), 1);
  return order;
}

async function wrongNow(): Promise<readonly string[]> {
  return [...(await wrongInTables()), ...(await wrongLengths())];
}

test(`model: ${STEPS} steps or more with clock jumps, restarts, upgrades, parts, merges and double clicks leave nothing wrong in the tables`, async () => {
  const turns = fc.sample(turn, { seed: SEED, numRuns: MOST_STEPS });
  const wrong: string[] = [];
  for (const [n, one] of turns.entries()) {
    if (n >= STEPS && DEEDS.every((deed) => done.has(deed))) break;
    const order = await take(one, n);
    // What is wrong stays wrong: looked for now and then, and at the end.
    if (n % 10 !== 9) continue;
    if (order && (await isStuck(order))) wrong.push(`${n} nobody can do anything`);
    for (const words of await wrongNow()) wrong.push(`${n} ${words}`);
  }
  wrong.push(...(await wrongNow()));
  expect(wrong).toEqual([]);
  expect([...done]).toEqual(expect.arrayContaining([...DEEDS]));
}, 3_600_000);
