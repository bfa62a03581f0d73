import { AppError } from '#base';
import { WORK_ORDER_ACTIONS } from '#model/response';
import { SystemContext } from '#services/context';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { Storage } from '../../storage/connection.ts';
import { TEST_VAULT } from '../context/testing.ts';
import { advanceWorkOrder } from './advance-work-order.ts';
import { getWorkOrder } from './get-work-order.ts';
import { openWorkOrders } from './open-work-orders.ts';
import { runDeadlines } from './run-deadlines.ts';
import type { AdvanceRequest } from './save-advance.ts';
import { endSuspensions } from './suspension/resume-orders.ts';
import { type DutyRoom, dutyRoom, MINUTE, type PEOPLE, proofOf } from './testing.ts';

const STEPS = 150;
/** Which of two clicks comes first is chance: the walk goes on until it has been everywhere it has to. */
const MOST_STEPS = 900;
const EVERYWHERE: readonly string[] = ['suspended', 'transferred', 'closed'];
const ASIDE: readonly string[] = ['transfer', 'ask-suspension', 'suspend', 'close'];
const HANDS = ['flood.handler', 'flood.handler2', 'flood.admin', 'flood.head'] as const;

let room: DutyRoom;
beforeAll(async () => {
  room = await dutyRoom();
});
afterAll(() => room.db.drop());

interface Turn {
  readonly order: number;
  readonly who: number;
  readonly what: number;
  readonly bare: boolean;
  readonly minutes: number;
  readonly happens: number;
}
const turn: fc.Arbitrary<Turn> = fc.record({
  order: fc.nat(2),
  who: fc.nat(HANDS.length - 1),
  what: fc.nat(999),
  bare: fc.nat(9).map((n) => n === 0),
  minutes: fc.oneof(fc.nat(5), fc.nat(600), fc.constant(0)),
  happens: fc.nat(29),
});

const tell = (change: 'raised' | 'upgraded', warning: number, level: 'yellow' | 'red') =>
  room.system.transaction((tx) => openWorkOrders(tx, room.now, [{ change, warning, level, at: room.now }]));

/** What may never stand in the tables, each with the words for it. */
async function wrongInTables(): Promise<readonly string[]> {
  const { rows } = await sql<{ words: string }>`
    select 'without an owner: ' || state as words from work_order
      where handler_id is null and state in ('accepted','on-site','disposing','transferred','suspended','cleared','reviewing')
    union all select 'two owners: ' || state from work_order
      where handler_id is not null and state in ('raised','dispatched','rejected','reopened')
    union all select 'closed with an open promise: ' || d.kind from work_order o join deadline d on d.work_order_id = o.id
      where o.state = 'closed' and d.met_at is null and d.stopped_at is null
    union all select 'reminds though over: ' || kind from deadline
      where next_at is not null and (met_at is not null or stopped_at is not null or paused_at is not null)
    union all select 'clock and state differ: ' || o.state from work_order o join deadline d on d.work_order_id = o.id
      where d.met_at is null and d.stopped_at is null and (d.paused_at is not null) <> (o.state = 'suspended')
    union all select 'a promise is lost: ' || d.kind from work_order o join deadline d on d.work_order_id = o.id
      where d.met_at is null and d.stopped_at is null and d.paused_at is null and d.next_at is null and d.step < 5
    union all select 'told twice: ' || r.reason from reminder r
      group by work_order_id, to_role, channel, reason, at having count(*) > 1
    union all select 'called after it was accepted: ' || r.reason from reminder r join deadline d
      on d.work_order_id = r.work_order_id and d.kind = 'accept' and d.met_at < r.at where r.reason like '接单%'
    union all select 'done twice: ' || idempotency_key from work_order_entry
      where idempotency_key is not null group by work_order_id, idempotency_key having count(*) > 1`.execute(
    room.db.storage.system,
  );
  return rows.map((row) => row.words);
}

/** Somebody does something, twice at once as a finger does; what is refused is refused in words. */
async function tryOne(id: number, who: keyof typeof PEOPLE, { what, bare }: Turn, n: number): Promise<void> {
  const seen = await getWorkOrder(room.as(who), id);
  const offered = seen.allowedActions.map((one) => one.action).filter((action) => action !== 'merge');
  // Ways aside are taken more often than people do, so that a short walk goes them all.
  const aside = offered.filter((action) => ASIDE.includes(action));
  const likely = aside.length > 0 && what % 3 === 0 ? aside : offered;
  const actions = bare || offered.length === 0 ? WORK_ORDER_ACTIONS : likely;
  const action = actions[what % actions.length] ?? 'accept';
  const proof =
    offered.includes('clear') && action === 'clear' && !bare ? await proofOf(room.as(who), id) : {};
  const { version } = action === 'clear' ? await getWorkOrder(room.as(who), id) : seen;
  const request: AdvanceRequest = bare
    ? { action, version, idempotencyKey: `k${n}` }
    : {
        action,
        version,
        idempotencyKey: `k${n}`,
        reason: '现场情况有变',
        note: '泵车已到，强排后水位回落，道路恢复通行',
        verdict: 'true',
        ...proof,
        unit: '区排水管理所',
        until: room.now + 300 * MINUTE,
      };
  await clickTwice(id, who, request);
}

/** Both clicks get the same answer: the second one was done by the first, or refused like it. */
async function clickTwice(id: number, who: keyof typeof PEOPLE, request: AdvanceRequest): Promise<void> {
  const both = await Promise.allSettled([
    advanceWorkOrder(room.as(who), id, request),
    advanceWorkOrder(room.as(who), id, request),
  ]);
  const bugs = both.flatMap((one) =>
    one.status === 'rejected' && !(one.reason instanceof AppError) ? [one.reason] : [],
  );
  if (bugs.length > 0) throw new Error(request.action, { cause: bugs[0] });
  if (both[0].status !== both[1].status) throw new Error(`${request.action}: two answers to one click`);
}

/** A closed one may be reopened for a while, and a red one is never suspended: then a new one takes its place. */
function isLeft(state: string, level: string, happens: number): boolean {
  return happens > (state === 'closed' ? 14 : level === 'red' ? 24 : 29);
}

/** Another process goes on with what is in the tables. */
async function restart(): Promise<void> {
  const storage = new Storage(room.db.location, () => undefined);
  const system = new SystemContext({
    storage,
    clock: { now: () => room.now },
    poke: () => undefined,
    vault: TEST_VAULT,
  });
  await endSuspensions(system);
  await runDeadlines(system);
  await storage.close();
}

test(`model: ${STEPS} steps or more with clock jumps, restarts, upgrades and double clicks leave nothing wrong in the tables`, async () => {
  const turns = fc.sample(turn, { seed: 52, numRuns: MOST_STEPS });
  const orders: { readonly id: number; readonly warning: number }[] = [];
  const open = async (): Promise<void> => {
    const warning = await room.warning('yellow');
    await tell('raised', warning, 'yellow');
    const { id } = await room.db.storage.system
      .selectFrom('work_order')
      .select('id')
      .where('warning_id', '=', warning)
      .executeTakeFirstOrThrow();
    orders.push({ id, warning });
  };
  const wrong: string[] = [];
  const been = new Set<string>();
  for (const [n, one] of turns.entries()) {
    if (n >= STEPS && EVERYWHERE.every((state) => been.has(state))) break;
    while (orders.length < 3) await open();
    room.now += one.minutes * MINUTE;
    await endSuspensions(room.system);
    await runDeadlines(room.system);
    const order = orders[one.order];
    if (!order) continue;
    await tryOne(order.id, HANDS[one.who] ?? 'flood.handler', one, n);
    if (one.happens === 0) await tell('upgraded', order.warning, 'red');
    if (one.happens === 1) await restart();
    const { state, level } = await getWorkOrder(room.as('flood.leader'), order.id);
    been.add(state);
    if (isLeft(state, level, one.happens)) {
      orders.splice(one.order, 1);
      await open();
    }
    // What is wrong stays wrong: looked for now and then, and at the end.
    if (n % 5 === 4) wrong.push(...(await wrongInTables()).map((words) => `${n} ${words}`));
  }
  wrong.push(...(await wrongInTables()));
  expect(wrong).toEqual([]);
  expect([...been]).toEqual(expect.arrayContaining([...EVERYWHERE]));
}, 240_000);
