import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { getWorkOrder } from './get-work-order.ts';
import { openWorkOrders } from './open-work-orders.ts';
import { takeVerdicts } from './take-verdicts.ts';
import { type DutyRoom, dutyRoom, MINUTE } from './testing.ts';

let room: DutyRoom;
beforeAll(async () => {
  room = await dutyRoom();
});
afterAll(() => room.db.drop());

/** A warning with its order, opened as the subscriber would. */
async function opened(): Promise<{ warning: number; order: number }> {
  const warning = await room.warning('yellow');
  const { system } = room.db.storage;
  const happening = { change: 'raised', warning, level: 'yellow', at: room.now } as const;
  await system.transaction().execute((tx) => openWorkOrders(tx, room.now, [happening]));
  const { rows } = await sql<{
    id: number;
  }>`select id from work_order where warning_id = ${warning}`.execute(system);
  return { warning, order: rows[0]?.id ?? 0 };
}

const judged = (warning: number) => ({
  payload: { id: warning, text: '误报（天气误触发）：雷击', by: '研判甲', reason: 'weather' },
});
const take = (...warnings: readonly number[]): Promise<void> =>
  room.db.storage.system.transaction().execute((tx) => takeVerdicts(tx, warnings.map(judged), room.now));
const show = (id: number) => getWorkOrder(room.as('flood.admin'), id);

test('the order of a warning that was none takes that verdict, and says who said so; told twice it is noted once', async () => {
  const { warning, order } = await opened();
  const before = await show(order);
  room.now += MINUTE;
  await take(warning);
  await take(warning);
  const after = await show(order);
  expect(after).toMatchObject({
    verdict: 'false-alarm',
    falseAlarm: 'weather',
    state: before.state,
    version: before.version + 1,
  });
  const notes = after.entries.filter(({ kind }) => kind === 'warning-judged');
  expect(notes).toMatchObject([{ at: room.now, by: '研判甲', text: '预警判定误报（天气误触发）：雷击' }]);
});

test('a closed order keeps the verdict it was closed with; that of another warning is not touched', async () => {
  const [over, other] = [await opened(), await opened()];
  await sql`update work_order set state = 'closed', closed_at = now(), verdict = 'true' where id = ${over.order}`.execute(
    room.db.storage.system,
  );
  await take(over.warning);
  expect((await show(over.order)).verdict).toBe('true');
  expect((await show(other.order)).verdict).toBeNull();
});
