// Limits of one object: asked for within the standard's bounds, approved by another, ended, expired, switched off by a new version.

import { ownLimitRoutes } from '#contract/standard';
import type { StandardFile } from '#model/standard';
import { registerObject, updateObject } from '#services/platform';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';

import { type House, MINUTE, openHouse } from '../../platform/testing.ts';
import { nextMoment } from '../version/next-moment.ts';
import { publishStandard } from '../version/publish-standard.ts';
import { checkOwnLimits, endOwnLimitsDue } from './check-own-limits.ts';
import { approveOwnLimit, endOwnLimit, refuseOwnLimit } from './decide-own-limit.ts';
import { listOwnLimits } from './list-own-limits.ts';
import { listSignsAtObject } from './list-signs-at-object.ts';
import { ownLimitsWaiting } from './own-limits-waiting.ts';
import { proposeOwnLimit } from './propose-own-limit.ts';

type Body = z.input<typeof ownLimitRoutes.proposeOwnLimit.body>;

const REASON = '匝道口地势低，15 厘米即熄火';
let house: House;
beforeAll(async () => {
  house = await openHouse('standard');
});
afterAll(() => house.db.drop());

/** An object of flood control with a point of the element. */
async function object(code: string, element = 'FLOOD.UNDERPASS'): Promise<number> {
  const { id } = await registerObject(await house.as('flood.admin'), {
    body: { code, name: `对象 ${code}`, scenarios: ['FLOOD'], lat: 31.2, lon: 121.6, simulated: false },
  });
  await house.db.storage.system
    .insertInto('point')
    .values({
      code,
      object_id: id,
      element_code: element,
      place: 100,
      scenarios: [1],
      simulated: false,
      device_id: null,
    })
    .execute();
  return id;
}

async function ask(code: string, body: Partial<Body> = {}, username = 'flood.admin') {
  return proposeOwnLimit(await house.as(username), {
    body: ownLimitRoutes.proposeOwnLimit.body.parse({
      object: code,
      sign: 'FLOOD.S06',
      limits: { levels: { orange: { limit: 20 } } },
      reason: REASON,
      ...body,
    }),
  });
}

const approve = async ({ id, version }: { id: number; version: number }, username = 'flood.head') =>
  approveOwnLimit(await house.as(username), { params: { id }, body: { version, note: '' } });

const stateOf = async (id: number) =>
  (await listOwnLimits(await house.as('flood.admin'), { query: { limit: 100 } })).items.find(
    (one) => one.id === id,
  );

const auditOf = async (id: number): Promise<readonly string[]> => {
  const { rows } = await sql<{ line: string }>`
    select actor || ' ' || action as line from audit where subject = ${`own-limit/${id}`} order by id`.execute(
    house.db.storage.system,
  );
  return rows.map(({ line }) => line);
};

const judgedAnew = async (): Promise<readonly unknown[]> => {
  const { rows } = await sql<{ payload: unknown }>`
    select payload->'judgedAnew' as payload from outbox where type = 'own-limit.changed' order by id`.execute(
    house.db.storage.system,
  );
  return rows.map(({ payload }) => payload);
};

test('a stricter limit is asked for, approved by another, and from then on the object is judged anew', async () => {
  const id = await object('U1');
  const asked = await ask('U1');
  expect(asked).toMatchObject({
    state: 'proposed',
    reason: REASON,
    allowedActions: ['end'],
    decidedBy: null,
  });
  await expect(approve(asked, 'flood.admin')).rejects.toMatchObject({ code: 'access.denied' });
  await expect(ask('U1')).rejects.toMatchObject({ code: 'record.exists' });
  const seen = (await listOwnLimits(await house.as('flood.head'), { query: { limit: 10 } })).items[0];
  expect(seen?.allowedActions).toEqual(['approve', 'refuse']);
  expect(await ownLimitsWaiting(await house.as('flood.head'))).toEqual({ count: 1, dueAt: null });
  expect((await ownLimitsWaiting(await house.as('gas.head'))).count).toBe(0);
  const held = await approve(asked);
  expect(held).toMatchObject({ state: 'in-force', decidedBy: { username: 'flood.head' } });
  expect((await ownLimitsWaiting(await house.as('flood.head'))).count).toBe(0);
  expect((await judgedAnew()).slice(-2)).toEqual([[], [id]]);
  expect(await auditOf(held.id)).toEqual(['flood.admin own-limit.propose', 'flood.head own-limit.approve']);
  await expect(approve(asked)).rejects.toMatchObject({ code: 'record.changed' });

  const { items } = await listSignsAtObject(await house.as('flood.handler'), { params: { id } });
  const sign = items.find(({ code }) => code === 'FLOOD.S06');
  expect(sign).toMatchObject({ inForce: { id: held.id, allowedActions: [] }, missing: [], fixed: null });
  expect(sign?.levels.map(({ level, limit, limitBounds }) => [level, limit, limitBounds])).toEqual([
    ['red', 40, { from: null, to: 40 }],
    ['orange', 25, { from: null, to: 25 }],
    ['yellow', 15, { from: null, to: 15 }],
    ['blue', 5, { from: null, to: 5 }],
  ]);
  expect((await listOwnLimits(await house.as('gas.admin'), { query: { limit: 10 } })).items).toEqual([]);
});

test('what the standard does not grant is refused in words, before anybody has to look at it', async () => {
  await object('U2');
  const refusal = (body: Partial<Body>) =>
    ask('U2', body).then(
      () => 'taken',
      (error: { code: string; details: { faults?: string } }) => error.details.faults ?? error.code,
    );
  expect(await refusal({ limits: { levels: { orange: { limit: 30 } } } })).toBe(
    '橙色限值只能比标准的 25 严（更低），不能是 30',
  );
  expect(await refusal({ limits: { levels: { orange: { limit: 10 } } } })).toMatch(/橙色 10 与黄色 15 不符/u);
  expect(await refusal({ limits: { levels: { orange: { onDelaySeconds: 30 } } } })).toMatch(
    /短于采样周期 60 秒/u,
  );
  expect(await refusal({ validUntil: house.now - MINUTE })).toBe('有效期须晚于现在');
  expect(await refusal({ sign: 'FLOOD.S05' })).toBe('这个对象没有监测“内河水位”的监测点');
  expect(await refusal({ sign: 'GAS.S01' })).toBe('record.not-found');
  await expect(ask('U2', {}, 'gas.admin')).rejects.toMatchObject({ code: 'record.not-found' });
});

test('a new one takes the place of the one before; it is ended, refused and taken back, each with its reason', async () => {
  await object('U3');
  const first = await approve(await ask('U3'));
  const second = await ask('U3', { limits: { levels: { orange: { limit: 18 } } } });
  const held = await approve(second);
  expect(await stateOf(first.id)).toMatchObject({ state: 'ended', overWhy: '由新的专用限值代替' });
  const admin = await house.as('flood.admin');
  const ended = await endOwnLimit(admin, {
    params: { id: held.id },
    body: { version: held.version, reason: '排水改造完成' },
  });
  expect(ended).toMatchObject({
    state: 'ended',
    overWhy: '排水改造完成',
    overBy: { username: 'flood.admin' },
  });
  const again = await ask('U3');
  const refused = await refuseOwnLimit(await house.as('flood.head'), {
    params: { id: again.id },
    body: { version: again.version, note: '没有现场测量记录' },
  });
  expect(refused).toMatchObject({ state: 'refused', decisionNote: '没有现场测量记录', allowedActions: [] });
});

test('one with an end is over at its moment, and the clock knows when that is', async () => {
  const id = await object('U4');
  const until = house.now + 30 * MINUTE;
  const { id: limit } = await approve(await ask('U4', { validUntil: until }));
  expect(await nextMoment(house.system)).toBe(until);
  await endOwnLimitsDue(house.system);
  expect(await stateOf(limit)).toMatchObject({ state: 'in-force' });
  house.now = until;
  await endOwnLimitsDue(house.system);
  expect(await stateOf(limit)).toMatchObject({ state: 'ended', overWhy: '有效期已到', overBy: null });
  expect(await auditOf(limit)).toContain('rule:end-own-limits own-limit.ended');
  expect((await judgedAnew()).at(-1)).toEqual([id]);
});

test('parameters that are set anew may take an own limit out of its bounds: it is switched off and listed with the reason', async () => {
  const id = await object('W1', 'FLOOD.RIVER');
  const admin = await house.as('flood.admin');
  await expect(
    ask('W1', { sign: 'FLOOD.S05', limits: { levels: { yellow: { limit: 3.2 } } } }),
  ).rejects.toMatchObject({ details: { faults: expect.stringMatching(/请先在对象上补录参数/u) as string } });
  const set = (version: number, stage: number) =>
    updateObject(admin, {
      params: { id },
      body: { version, parameters: { 'FLOOD.W_STAGE': stage, 'FLOOD.G_STAGE': stage + 0.5 } },
    });
  await set(1, 3.3);
  const { id: limit } = await approve(
    await ask('W1', { sign: 'FLOOD.S05', limits: { levels: { yellow: { limit: 3.2 } } } }),
  );
  const check = () => house.system.transaction((tx) => checkOwnLimits(tx, { objects: [id] }, house.now));
  await check();
  expect(await stateOf(limit)).toMatchObject({ state: 'in-force' });
  await set(2, 3.1);
  await check();
  await check();
  expect(await stateOf(limit)).toMatchObject({
    state: 'off',
    overWhy: '不再符合现行标准：黄色限值只能比标准的 3.1 严（更低），不能是 3.2。',
  });
  expect((await auditOf(limit)).filter((line) => line.endsWith('own-limit.off'))).toHaveLength(1);
});

test('a new version that grants more is used, and one that grants less switches off what it no longer grants', async () => {
  await object('U5');
  const { rows } = await sql<{ document: StandardFile }>`
    select v.document from standard_version v join scenario s on s.id = v.scenario
    where s.code = 'FLOOD' and v.retired_at is null`.execute(house.db.storage.system);
  const publish = async (version: string, orange: object) => {
    const [{ document }] = rows as [{ document: StandardFile }];
    const signs = document.signs.map((sign) =>
      sign.code === 'FLOOD.S06'
        ? { ...sign, levels: { ...sign.levels, orange: { ...sign.levels.orange!, ...orange } } }
        : sign,
    );
    house.now += MINUTE;
    await house.system.transaction(async (tx) => {
      const people = null;
      await publishStandard(
        tx,
        { scenario: 1, document: { ...document, version, signs }, effectiveFrom: house.now, people },
        house.now,
      );
      await checkOwnLimits(tx, { scenarios: ['FLOOD'] }, house.now);
    });
  };
  await publish('t1', { own: { from: 18, to: 35 } });
  const looser = await approve(await ask('U5', { limits: { levels: { orange: { limit: 32 } } } }));
  await publish('t2', { own: { from: 18, to: 30 } });
  expect(await stateOf(looser.id)).toMatchObject({
    state: 'off',
    overWhy: '不再符合现行标准：橙色限值只能设在 18–30 之间，不能是 32。',
  });
});
