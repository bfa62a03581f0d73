import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { listCards } from '../cards/list-cards.ts';
import { District, KANGQIAO, MINUTE, T } from '../cards/testing.ts';
import { actOnWarnings } from './act-on-warnings.ts';

const CHUANSHA = '310115103';
let district: District;
beforeAll(async () => {
  district = await District.open();
});
afterAll(() => district.db.drop());

const KEY = 'once-and-for-all';

async function count(table: 'audit' | 'outbox' | 'warning_change', condition: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(table)} where ${sql.raw(condition)}`.execute(
    district.db.storage.system,
  );
  return rows[0]?.n ?? 0;
}

test('of 5,000 chosen the half in one’s own town is acknowledged, row by row in the audit; of the other half nothing is told', async () => {
  const own = await district.storm({ town: KANGQIAO, count: 2500 });
  const foreign = await district.storm({ town: CHUANSHA, count: 2500 });
  const operator = district.person(await district.town(KANGQIAO), ['town-operator']);
  const body = { target: { ids: [...own, ...foreign] }, action: 'acknowledge' as const, key: KEY };
  const reply = await actOnWarnings(operator, { body });
  expect([reply.done, reply.skipped, reply.items.length]).toEqual([2500, 2500, 5000]);
  const ownIds = new Set(own);
  expect(reply.items.every(({ id, done }) => done === ownIds.has(id))).toBe(true);
  expect(new Set(reply.items.filter(({ done }) => !done).map(({ reason }) => reason))).toEqual(
    new Set(['没有这条预警，或它不在您的管辖范围内']),
  );
  const { rows } = await sql<{ id: number }>`
    select id from warning where acknowledged_by = '值守甲' order by id`.execute(district.db.storage.system);
  expect(rows.map(({ id }) => id)).toEqual(own.toSorted((a, b) => a - b));
  expect(await count('audit', `action = 'warning.acknowledge' and actor = 'duty'`)).toBe(2500);
  expect(await count('outbox', `type = 'warning.acknowledged'`)).toBe(2500);
  // Sent again, it has been done.
  const again = await actOnWarnings(operator, { body });
  expect([again.done, again.items.find(({ id }) => id === own[0])?.reason]).toEqual([0, '已由值守甲签收']);
  expect(await count('warning_change', `change = 'acknowledged'`)).toBe(2500);
});

test('more than 5,000 are refused whole, with a sentence that says what to do', async () => {
  const ids = Array.from({ length: 5001 }, (_, i) => i + 1);
  const asked = actOnWarnings(district.person(), {
    body: { target: { ids }, action: 'acknowledge', key: KEY },
  });
  await expect(asked).rejects.toMatchObject({ code: 'warning.too-many', details: { limit: 5000 } });
});

test('a card is acknowledged as it was seen: what came or rose since is left for its own look', async () => {
  const seen = await district.storm({ town: CHUANSHA, count: 20, item: 'FLOOD.I07', level: 2 });
  const desk = district.person();
  const { items } = await listCards(desk, { query: { most: 12, finest: 'town' } });
  const card = items.find(({ item }) => item.code === 'FLOOD.I07');
  if (!card) throw new Error('no card');
  expect([card.count, card.unacknowledged]).toEqual([20, 20]);
  const late = await district.storm({ town: CHUANSHA, count: 2, item: 'FLOOD.I07', at: T + MINUTE });
  await sql`update warning set level = 4, changed_at = to_timestamp(${(T + MINUTE) / 1000}) where id = ${seen[0]}`.execute(
    district.db.storage.system,
  );
  const { key: name, newest, changedAt } = card;
  const reply = await actOnWarnings(desk, {
    body: { target: { card: name, newest, changedAt }, action: 'acknowledge', key: KEY },
  });
  expect(reply.done).toBe(19);
  const { rows } = await sql<{ id: number }>`
    select id from warning where item_code = 'FLOOD.I07' and acknowledged_at is null order by id`.execute(
    district.db.storage.system,
  );
  expect(rows.map(({ id }) => id)).toEqual([seen[0], ...late]);
});

test('a note that is sent twice is written once, and needs words', async () => {
  const ids = await district.storm({ town: CHUANSHA, count: 3, item: 'FLOOD.I08' });
  const body = { target: { ids: [...ids] }, action: 'note' as const, reason: '泵车已在路上', key: KEY };
  expect((await actOnWarnings(district.person(), { body })).done).toBe(3);
  const again = await actOnWarnings(district.person(), { body });
  expect([again.done, again.items[0]?.reason]).toEqual([0, '这条备注已经写过']);
  expect(await count('warning_change', `change = 'noted' and reason = '值守甲：泵车已在路上'`)).toBe(3);
  const { reason: _reason, ...silent } = body;
  await expect(actOnWarnings(district.person(), { body: silent })).rejects.toMatchObject({
    code: 'input.invalid',
  });
});
