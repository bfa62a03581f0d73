import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { listCards, listCardWarnings } from './list-cards.ts';
import { District, FLOOD, KANGQIAO, MINUTE, T } from './testing.ts';

const CHUANSHA = '310115103';
let district: District;
beforeAll(async () => {
  district = await District.open();
  await district.storm({ town: KANGQIAO, count: 37, level: 4 });
  await district.storm({ town: CHUANSHA, count: 5, level: 2, at: T + MINUTE });
  await district.storm({ town: CHUANSHA, count: 1, item: 'FLOOD.I08', level: 3, at: T + 2 * MINUTE });
  await district.storm({ town: CHUANSHA, count: 2, session: 9 });
});
afterAll(() => district.db.drop());

const cards = (
  query: { readonly most?: number; readonly finest?: 'town'; readonly replay?: boolean } = {},
  scope = district.person(),
) => listCards(scope, { query: { most: 12, finest: 'object', ...query } });

test('37 flooded underpasses of a town are one line that says where, how many and since when', async () => {
  const { items, warnings } = await cards({ replay: false });
  expect(warnings).toBe(43);
  expect(items.length).toBeLessThanOrEqual(12);
  const [worst] = items;
  expect(worst).toMatchObject({
    sentence: '康桥镇 37 处下立交积水，最早 02:10',
    count: 37,
    worst: 'red',
    levels: { red: 37, orange: 0, yellow: 0, blue: 0 },
    unacknowledged: 37,
    area: { kind: 'town', name: '康桥镇' },
    allowedActions: ['acknowledge', 'note'],
  });
  expect(worst?.placeCount).toBeGreaterThan(3);
  expect(items.map(({ count }) => count)).toEqual([37, 1, 5]);
});

test('a recording never shares a card with what is live', async () => {
  const { items } = await cards();
  expect(items.filter(({ replaySession }) => replaySession === 9).reduce((n, one) => n + one.count, 0)).toBe(
    2,
  );
  expect(
    items.filter(({ replaySession }) => replaySession === null).reduce((n, one) => n + one.count, 0),
  ).toBe(43);
});

test('areas grow until the cards are few enough: objects, villages, towns, all of it', async () => {
  const kinds = async (most: number) =>
    [...new Set((await cards({ most, replay: false })).items.map(({ area }) => area.kind))].toSorted();
  expect(await kinds(200)).toEqual(['object']);
  expect(await kinds(3)).toEqual(['object', 'town']);
  expect(await kinds(2)).toEqual(['district', 'object']);
});

test('in a flood no card is finer than a town, however few they are; a card of one says which', async () => {
  const { items } = await cards({ finest: 'town', most: 200, replay: false });
  expect(items.map(({ area, count }) => [area.name, count])).toEqual([
    ['康桥镇', 37],
    ['川沙新镇', 1],
    ['川沙新镇', 5],
  ]);
  expect(items[1]?.sentence).toMatch(/^川沙新镇 下立交 42 泵站失效，最早 02:12$/u);
});

test('every warning is on one card, and a card gives its warnings page by page', async () => {
  for (const most of [1, 2, 3, 12, 200]) {
    const { items, warnings } = await cards({ most });
    const ids: number[] = [];
    for (const card of items) ids.push(...(await warningsOn(card.key)));
    expect([most, ids.length, new Set(ids).size]).toEqual([most, warnings, warnings]);
  }
});

async function warningsOn(card: string): Promise<readonly number[]> {
  const ids: number[] = [];
  for (let after: string | undefined; ;) {
    const page = await listCardWarnings(district.person(), {
      params: { card },
      query: { limit: 20, ...(after === undefined ? {} : { after }) },
    });
    ids.push(...page.items.map(({ id }) => id));
    if (page.next === null) return ids;
    after = page.next;
  }
}

test('a town sees its own cards, and of a card that reaches further only what is its own', async () => {
  const operator = district.person(await district.town(CHUANSHA), ['town-operator']);
  const { warnings, items } = await listCards(operator, {
    query: { most: 12, finest: 'object', replay: false },
  });
  expect(warnings).toBe(6);
  expect(JSON.stringify(items)).not.toContain('康桥');
  const all = (await cards({ most: 2, replay: false })).items.find(({ area }) => area.kind === 'district');
  expect(all?.count).toBe(42);
  const page = await listCardWarnings(operator, { params: { card: all?.key ?? '' }, query: { limit: 100 } });
  expect(page.items).toHaveLength(5);
});

test('the card says what is worst: the greatest depth of its worst warnings', async () => {
  const { system } = district.db.storage;
  await sql`with p as (
      insert into point (code, object_id, element_code, place, scenarios, simulated)
      select 'p.' || m.id, m.id, 'FLOOD.UNDERPASS', m.place, m.scenarios, false
      from monitored_object m join warning w on w.object_id = m.id and w.item_code = 'FLOOD.I06' returning id, object_id, place)
    insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value, raised_at,
      changed_at, recorded_at, simulated)
    select nextval('alarm_id'), p.id, p.object_id, (select id from sign where code = 'FLOOD.S06'), 'FLOOD.I06', p.place, ${FLOOD},
      w.level, w.level, 60, 60 + w.id % 7, w.opened_at, w.opened_at, now(), false
    from p join warning w on w.object_id = p.object_id`.execute(system);
  const [worst] = (await cards({ replay: false })).items;
  expect(worst?.sentence).toMatch(/^康桥镇 37 处下立交积水，最高 66 cm，最早 02:10$/u);
});

test('what one cause has brought about is one card, the cause on it, whatever the items and places', async () => {
  const [cause] = await district.storm({ town: CHUANSHA, count: 1, item: 'POWER.I01', level: 3 });
  const brought = await district.storm({
    town: KANGQIAO,
    count: 4,
    item: 'FLOOD.I08',
    cause: `warning/${cause}`,
  });
  const { items } = await cards({ replay: false });
  const card = items.find(({ area }) => area.kind === 'cause');
  expect(card).toMatchObject({ count: 5, key: `cause~warning.${cause}~all~live`, worst: 'red' });
  expect(card?.sentence).toContain('连带 5 条预警');
  expect(new Set(await warningsOn(card?.key ?? ''))).toEqual(new Set([cause, ...brought]));
});

test('a key of nobody’s making is refused', async () => {
  await expect(
    listCardWarnings(district.person(), { params: { card: 'nothing' }, query: { limit: 5 } }),
  ).rejects.toMatchObject({ code: 'input.invalid' });
});
