import { commandRoutes } from '#contract/command';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { House } from '../../platform/testing.ts';
import {
  decideSwap,
  listShifts,
  listSwaps,
  requestSwap,
  swapsToAnswer,
  swapsToApprove,
  updateShift,
} from '../index.ts';
import { delegate, generate, makeRoster, november, openWatchHouse, standing } from '../testing.ts';

let house: House;
let roster = 0;
/** The flood leader has the day of the 23rd, the head its night, the handler the next day; and so on. */
let shifts: readonly number[] = [];
beforeAll(async () => {
  house = await openWatchHouse();
  const admin = await house.as('flood.admin');
  const rota = ['flood.leader', 'flood.head', 'flood.handler'].map((username) => ({ username }));
  roster = (await makeRoster(admin, { name: '换班', seats: [{ name: '值班员', rota }] })).id;
  await generate(admin, roster, { from: '2026-11-23', to: '2026-11-26' });
  const query = commandRoutes.listShifts.query.parse({ roster, limit: 100 });
  shifts = (await listShifts(admin, { query })).items.map((shift) => shift.id);
});
afterAll(() => house.db.drop());

const ask = async (who: string, shift: number | undefined, withShift: number | undefined) =>
  requestSwap(await house.as(who), {
    body: { shift: shift ?? 0, withShift: withShift ?? 0, reason: '家中有事' },
  });
const decide = async (who: string, id: number, action: string) =>
  decideSwap(await house.as(who), {
    params: { id },
    body: commandRoutes.decideSwap.body.parse({ action }),
  });
/** How many swaps wait for somebody's answer, and for somebody's approval. */
const waiting = async (who: string) => ({
  answer: (await swapsToAnswer(await house.as(who))).count,
  approval: (await house.as(who)).actor.rights.has('roster.manage')
    ? (await swapsToApprove(await house.as(who))).count
    : 0,
});
const holders = async () => (await standing(house, roster)).map(([, who]) => who.replace('flood.', ''));

test('a swap is asked for with one’s own shift, answered by the other, approved by a third: both shifts change at once', async () => {
  await expect(ask('flood.head', shifts[0], shifts[1])).rejects.toMatchObject({
    code: 'swap.illegal-action',
  });
  await expect(ask('flood.leader', shifts[0], shifts[3])).rejects.toMatchObject({
    code: 'swap.illegal-action',
  });
  await expect(ask('gas.handler', shifts[0], shifts[1])).rejects.toMatchObject({ code: 'record.not-found' });
  const { id, ...asked } = await ask('flood.leader', shifts[0], shifts[4]);
  expect(asked).toMatchObject({
    state: 'requested',
    allowedActions: ['withdraw'],
    other: { username: 'flood.head' },
  });
  expect(await waiting('flood.head')).toEqual({ answer: 1, approval: 0 });
  expect((await swapsToAnswer(await house.as('flood.head'))).dueAt).toBeGreaterThan(house.now);
  expect(await waiting('flood.leader')).toEqual({ answer: 0, approval: 0 });
  // A shift is in one swap at a time.
  await expect(ask('flood.handler', shifts[2], shifts[4])).rejects.toMatchObject({
    code: 'swap.illegal-action',
  });
  await expect(decide('flood.admin', id, 'approve')).rejects.toMatchObject({ code: 'swap.illegal-action' });
  await expect(decide('flood.handler', id, 'accept')).rejects.toMatchObject({ code: 'swap.illegal-action' });
  await expect(decide('flood.leader', id, 'accept')).rejects.toMatchObject({ code: 'swap.illegal-action' });
  expect(await decide('flood.head', id, 'accept')).toMatchObject({ state: 'accepted', allowedActions: [] });
  expect(await waiting('flood.head')).toEqual({ answer: 0, approval: 0 });
  expect(await waiting('flood.admin')).toEqual({ answer: 0, approval: 1 });
  expect(await waiting('gas.admin')).toEqual({ answer: 0, approval: 0 });
  for (const who of ['flood.leader', 'flood.head', 'flood.handler']) {
    await expect(decide(who, id, 'approve')).rejects.toMatchObject({ code: 'access.denied' });
  }
  expect(await holders()).toEqual([
    'leader',
    'head',
    'handler',
    'leader',
    'head',
    'handler',
    'leader',
    'head',
  ]);
  expect(await decide('flood.admin', id, 'approve')).toMatchObject({
    state: 'approved',
    decidedBy: expect.stringContaining('业务管理员'),
  });
  expect(await holders()).toEqual([
    'head',
    'head',
    'handler',
    'leader',
    'leader',
    'handler',
    'leader',
    'head',
  ]);
  await expect(decide('flood.admin', id, 'refuse')).rejects.toMatchObject({ code: 'swap.illegal-action' });
  expect(await waiting('flood.admin')).toEqual({ answer: 0, approval: 0 });
  const { rows } = await sql<{
    action: string;
    actor: string;
  }>`select action, actor from audit where subject = ${`swap/${id}`} order by id`.execute(
    house.db.storage.system,
  );
  expect(rows.map((row) => `${row.actor} ${row.action}`)).toEqual([
    'flood.leader swap.request',
    'flood.head swap.accept',
    'flood.admin swap.approve',
  ]);
});

test('an approver who acts for one of the two does not approve; another one does', async () => {
  await delegate(house, {
    principal: 'flood.admin',
    deputy: 'flood.head',
    from: house.now,
    to: house.now + 3_600_000,
  });
  const { id } = await ask('flood.handler', shifts[2], shifts[7]);
  await decide('flood.head', id, 'accept');
  await expect(decide('flood.head', id, 'approve')).rejects.toMatchObject({ code: 'swap.illegal-action' });
  expect(await decide('district', id, 'refuse')).toMatchObject({ state: 'refused' });
  expect((await holders())[2]).toBe('handler');
});

test('a swap after which somebody would stand too long is refused when it is to be approved, and nothing changes', async () => {
  // The head has the day and the night of the 23rd; with the next day that would be 36 hours.
  const before = await holders();
  const { id } = await ask('flood.handler', shifts[2], shifts[7]);
  await decide('flood.head', id, 'accept');
  await expect(decide('flood.admin', id, 'approve')).rejects.toMatchObject({
    code: 'roster.conflict',
    details: { conflicts: expect.stringContaining('连续值班 36 小时') },
  });
  expect(await holders()).toEqual(before);
  expect(await decide('flood.handler', id, 'withdraw')).toMatchObject({ state: 'withdrawn' });
});

test('a shift that is changed meanwhile takes its swap with it; one that has begun is not swapped', async () => {
  const { id } = await ask('flood.leader', shifts[3], shifts[5]);
  const body = commandRoutes.updateShift.body.parse({
    version: 1,
    person: { username: 'flood.head' },
    reason: '调整',
    acceptConflicts: true,
  });
  await updateShift(await house.as('flood.admin'), { params: { id: shifts[5] ?? 0 }, body });
  await expect(decide('flood.handler', id, 'accept')).rejects.toMatchObject({ code: 'swap.illegal-action' });
  const list = await listSwaps(await house.as('flood.admin'), {
    query: commandRoutes.listSwaps.query.parse({ state: 'refused' }),
  });
  expect(list.items[0]).toMatchObject({ id, note: expect.stringContaining('作废') });
  house.now = november(24, 21);
  await expect(ask('flood.leader', shifts[3], shifts[7])).rejects.toMatchObject({
    details: { reason: '班次已经开始' },
  });
});
