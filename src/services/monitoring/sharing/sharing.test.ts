// A water board asks for levels of underpasses: it is offered, granted for a time, taken by its token, counted, and ended.
import { NO_RIGHTS } from '#model/platform';
import { RequestContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { personWith } from '../../context/testing.ts';
import { HOUR, START, Station } from '../testing.ts';
import { createSharedGrant, endSharedGrant, listSharedGrants } from './change-grants.ts';
import { createSharedItem, listSharedItems, withdrawSharedItem } from './change-items.ts';
import { exportSharedItem, getSharedUse, readSharedGrant } from './read-shared.ts';

const EVERYWHERE = { places: [{ from: 0, to: 1_000_000 }], scenarios: [] };
const ELSEWHERE = { places: [{ from: 5000, to: 6000 }], scenarios: [] };
const span = { from: START, to: START + HOUR, format: 'csv' as const };
let station: Station;
let token = 0;

beforeAll(async () => {
  station = await Station.open();
  const level = await station.point('W-1', 'FLOOD.UNDERPASS');
  const rain = await station.pointOf('W-1', 'W-1-rain', 'FLOOD.RAIN_5M');
  await station.send(level, [
    [START, 5],
    [START + 1000, 6],
  ]);
  await station.send(rain, [[START, 1]]);
  const { rows } = await sql<{ id: number }>`
    with who as (insert into account (username, name, password_hash, password_from_bootstrap) values ('board', '水务', 'x', false) returning id)
    insert into token (name, kind, token_hash, account_id) select '水务平台', 'gateway', '\\x01', id from who returning id`.execute(
    station.db.storage.system,
  );
  token = rows[0]?.id ?? 0;
});
afterAll(() => station.close());

/** The unit, asking with a token of this number. */
function unit(id: number, scope = EVERYWHERE): RequestContext {
  return new RequestContext(station.ground, {
    ...personWith({ roles: ['gateway'], scope }),
    username: `token:${id}`,
  });
}
async function textOf(file: Promise<{ content: AsyncGenerator<string | Uint8Array> }>): Promise<string> {
  let text = '';
  for await (const part of (await file).content) text += String(part);
  return text;
}

test('from the offer to the end of the grant, what was taken is counted by day', async () => {
  const body = { name: '下立交水位', platform: 'FLOOD', elements: ['FLOOD.UNDERPASS'] };
  const item = await createSharedItem(station.request(), { body });
  expect(item).toMatchObject({
    points: 1,
    grants: 0,
    elements: [{ code: 'FLOOD.UNDERPASS' }],
    allowedActions: ['grant', 'withdraw'],
  });
  const grant = await createSharedGrant(station.request(), {
    body: { item: item.id, unit: '区水务局', purpose: '汛期会商', token, to: START + 24 * HOUR },
  });
  expect(grant).toMatchObject({
    state: 'in-force',
    token: { id: token, name: '水务平台' },
    lastUsedOn: null,
  });

  const asked = { params: { id: grant.id }, query: span };
  const text = await textOf(readSharedGrant(unit(token), asked));
  expect(
    text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',')[5]),
  ).toEqual(['5', '6']);
  await textOf(readSharedGrant(unit(token), asked));
  await textOf(exportSharedItem(station.request(), { params: { id: item.id }, query: span }));

  expect((await getSharedUse(station.request(), grant.id)).items).toMatchObject([
    { requests: 2, readings: 4 },
  ]);
  const { items } = await listSharedItems(station.request(), { query: { limit: 50 } });
  expect(items).toMatchObject([{ id: item.id, grants: 1, use: { requests: 3, readings: 6 } }]);
  const { rows } =
    await sql`select action, after->>'grant' as grant from audit where action = 'shared-item.read' order by id`.execute(
      station.db.storage.system,
    );
  expect(rows.map((row) => (row as { grant: string | null }).grant)).toEqual([
    String(grant.id),
    String(grant.id),
    null,
  ]);

  await expect(readSharedGrant(unit(token + 1), asked)).rejects.toMatchObject({ code: 'access.denied' });
  await expect(readSharedGrant(station.request(), asked)).rejects.toMatchObject({ code: 'access.denied' });
  await expect(readSharedGrant(unit(token, ELSEWHERE), asked)).rejects.toMatchObject({
    code: 'record.not-found',
  });
  expect(await endSharedGrant(station.request(), grant.id)).toMatchObject({
    state: 'ended',
    allowedActions: [],
  });
  await expect(readSharedGrant(unit(token), asked)).rejects.toMatchObject({
    code: 'sharing.not-in-force',
    details: { state: '已被结束' },
  });
});

test('a whole platform, or what of it stands in a territory', async () => {
  const make = (territory?: string) =>
    createSharedItem(station.request(), {
      body: {
        name: '全部',
        platform: 'FLOOD',
        elements: [],
        ...(territory === undefined ? {} : { territory }),
      },
    });
  expect((await make()).points).toBe(2);
  expect((await make('310115125')).points).toBe(0);
});

test('a grant waits, runs out, and ends with its item; what is withdrawn is no longer there', async () => {
  const item = await createSharedItem(station.request(), {
    body: { name: '雨量', platform: 'FLOOD', elements: ['FLOOD.RAIN_5M'] },
  });
  const body = { item: item.id, unit: '气象局', purpose: '校核', token };
  const later = await createSharedGrant(station.request(), {
    body: { ...body, from: START + HOUR, to: START + 2 * HOUR },
  });
  const asked = { params: { id: later.id }, query: span };
  await expect(readSharedGrant(unit(token), asked)).rejects.toMatchObject({
    details: { state: '还没有开始' },
  });
  await station.moveTo(START + 3 * HOUR);
  await expect(readSharedGrant(unit(token), asked)).rejects.toMatchObject({ details: { state: '已经到期' } });
  const open = await createSharedGrant(station.request(), { body: { ...body, to: station.now + HOUR } });
  expect(await withdrawSharedItem(station.request(), item.id)).toEqual({ withdrawn: true, grantsEnded: 2 });
  const { items } = await listSharedGrants(station.request(), { query: { limit: 50, item: item.id } });
  expect(items.map(({ id, state }) => [id, state])).toEqual([
    [open.id, 'ended'],
    [later.id, 'ended'],
  ]);
  await expect(
    createSharedGrant(station.request(), { body: { ...body, to: station.now + HOUR } }),
  ).rejects.toMatchObject({
    code: 'record.not-found',
  });
});

test('whoever reaches another territory sees none of it and offers none of it', async () => {
  const other = () => station.request(ELSEWHERE);
  expect((await listSharedItems(other(), { query: { limit: 50 } })).items).toEqual([]);
  expect((await listSharedGrants(other(), { query: { limit: 50 } })).items).toEqual([]);
  const body = { name: '别人的', platform: 'FLOOD', elements: [] };
  await expect(createSharedItem(other(), { body })).rejects.toMatchObject({ code: 'access.denied' });
  const nobody = new RequestContext(station.ground, {
    ...personWith({ roles: [], scope: EVERYWHERE }),
    rights: NO_RIGHTS,
  });
  await expect(createSharedItem(nobody, { body })).rejects.toMatchObject({ code: 'access.denied' });
  const unknown = { ...body, elements: ['NO.SUCH'] };
  await expect(createSharedItem(station.request(), { body: unknown })).rejects.toMatchObject({
    code: 'record.not-found',
  });
});
