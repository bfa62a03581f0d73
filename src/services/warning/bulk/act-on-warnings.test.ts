import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { listCards } from '../cards/list-cards.ts';
import { District, FLOOD, KANGQIAO, MINUTE, T } from '../cards/testing.ts';
import { listWarnings } from '../list-warnings.ts';
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

describe('many put aside, many that were none', () => {
  const SCENARIO = { places: [], scenarios: [FLOOD] };
  const admin = () => district.person(SCENARIO, ['business-admin']);
  beforeAll(async () => {
    await sql`insert into account (id, username, name, password_hash, password_from_bootstrap) overriding system value
      values (1, 'duty', '值守甲', 'x', false) on conflict do nothing`.execute(district.db.storage.system);
  });
  const shelving = {
    action: 'shelve' as const,
    level: 'yellow' as const,
    minutes: 60,
    reasonKind: 'construction' as const,
    reason: '全线清淤',
    key: KEY,
  };

  test('each is put aside at its own object by a shelf of its own; what is worse, over, or shelved before is left and said so', async () => {
    const ids = await district.storm({ town: CHUANSHA, count: 40, item: 'FLOOD.I05', level: 2 });
    const [worse = 0, over = 0] = await district.storm({
      town: CHUANSHA,
      count: 2,
      item: 'FLOOD.I05',
      level: 3,
    });
    await sql`update warning set state = 'normal', level = 0 where id = ${over}`.execute(
      district.db.storage.system,
    );
    const body = { ...shelving, target: { ids: [...ids, worse, over] } };
    const reply = await actOnWarnings(admin(), { body });
    expect([reply.done, reply.skipped]).toEqual([40, 2]);
    const left = new Map(reply.items.filter(({ done }) => !done).map(({ id, reason }) => [id, reason]));
    expect(left).toEqual(
      new Map([
        [worse, '等级高于黄色，没有搁置'],
        [over, '预警已恢复'],
      ]),
    );
    const { items } = await listWarnings(admin(), { query: { limit: 200, alarmState: 'shelved' } });
    expect(items.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(ids.toSorted((a, b) => a - b));
    expect(items[0]?.hold).toMatchObject({ who: '值守甲', until: T + 60 * MINUTE, reason: '全线清淤' });
    expect(await count('warning_change', `change = 'shelved'`)).toBe(40);
    expect(await count('audit', `action = 'shelf.create'`)).toBe(40);
    expect(await count('outbox', `type = 'shelf.changed'`)).toBe(40);
    const again = await actOnWarnings(admin(), { body });
    expect([again.done, again.items.find(({ id }) => id === ids[0])?.reason]).toEqual([0, '已有搁置']);
  });

  test('no longer than each scenario allows, and only by whoever may shelve', async () => {
    const ids = await district.storm({ town: CHUANSHA, count: 2, item: 'FLOOD.I04', level: 2 });
    const body = { ...shelving, target: { ids: [...ids] } };
    await expect(actOnWarnings(admin(), { body: { ...body, minutes: 481 } })).rejects.toMatchObject({
      code: 'shelf.too-long',
      details: { level: '黄色', most: 480 },
    });
    await expect(actOnWarnings(district.person(SCENARIO, ['town-operator']), { body })).rejects.toMatchObject(
      { code: 'access.denied' },
    );
    expect(await count('warning_change', `change = 'shelved'`)).toBe(40);
  });

  test('those that were none are judged together, once, with the reason; another reason needs words', async () => {
    const ids = await district.storm({ town: CHUANSHA, count: 30, item: 'FLOOD.I03', level: 2 });
    const body = {
      target: { ids: [...ids] },
      action: 'judge' as const,
      falseAlarm: 'weather' as const,
      key: KEY,
    };
    const reply = await actOnWarnings(admin(), { body: { ...body, reason: '雾气遮挡' } });
    expect([reply.done, reply.skipped]).toEqual([30, 0]);
    const { rows } =
      await sql`select distinct false_alarm, false_alarm_note, judged_by from warning where id = any(${ids}::bigint[])`.execute(
        district.db.storage.system,
      );
    expect(rows).toEqual([{ false_alarm: 'weather', false_alarm_note: '雾气遮挡', judged_by: '值守甲' }]);
    expect(
      await count('warning_change', `change = 'judged' and reason = '误报（天气误触发）：雾气遮挡'`),
    ).toBe(30);
    expect(await count('outbox', `type = 'warning.judged'`)).toBe(30);
    expect(await count('audit', `action = 'warning.judged'`)).toBe(30);
    const again = await actOnWarnings(admin(), { body });
    expect([again.done, again.items[0]?.reason]).toEqual([0, '已判定误报']);
    await expect(actOnWarnings(admin(), { body: { ...body, falseAlarm: 'other' } })).rejects.toMatchObject({
      code: 'input.invalid',
    });
  });
});
