// A basis is replaced or a station moved: tasks in every scenario concerned, open until a version answers or somebody says why not.

import { fromBeijing } from '#base';
import type { Event } from '#bus';
import { registerObject } from '#services/platform';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type House, openHouse } from '../../platform/testing.ts';
import { cancelVersion } from '../version/cancel-version.ts';
import { createDraft } from '../version/create-draft.ts';
import { publishDraft } from '../version/publish-draft.ts';
import { submitDraft } from '../version/submit-draft.ts';
import { updateDraft } from '../version/update-draft.ts';
import { getUpdateRate } from './get-update-rate.ts';
import { keepBasis } from './keep-basis.ts';
import { listBases } from './list-bases.ts';
import { listBasisTasks } from './list-basis-tasks.ts';
import { openBasisTasks } from './open-basis-tasks.ts';
import { reopenBasisTasks } from './reopen-basis-tasks.ts';
import { tellBasisReplaced, tellStationMoved } from './tell-basis-change.ts';

const DAY = 86_400_000;
/** Cited by signs of 防汛防台 and 供排水. */
const SHARED = 'GB 99999-2020 排水测试标准';

let house: House;
beforeAll(async () => {
  house = await openHouse('standard');
  // Two scenarios that cite one document: the shipped files name theirs each in its own words.
  await sql`alter table sign disable trigger immutable`.execute(house.db.storage.system);
  await sql`update sign set body = jsonb_set(jsonb_set(body, '{basis,document}', ${JSON.stringify(SHARED)}::jsonb), '{basis,clause}', '"5.2"')
    where code in ('FLOOD.S06', 'FLOOD.S07A', 'WATER.S01')`.execute(house.db.storage.system);
  await sql`alter table sign enable trigger immutable`.execute(house.db.storage.system);
});
afterAll(() => house.db.drop());

/** Lets the rules see what was announced since. */
let seen = 0;
async function settle(): Promise<void> {
  const { rows } = await sql<Event & { readonly id: number }>`
    select id, type, at, place, scenario, payload from outbox where id > ${seen} order by id`.execute(
    house.db.storage.system,
  );
  seen = rows.at(-1)?.id ?? seen;
  const events = (type: string) => rows.filter((row) => row.type === type);
  await house.system.transaction(async (tx) => {
    await openBasisTasks(tx, events('standard.basis-changed'), house.now);
    await reopenBasisTasks(tx, events('standard.cancelled'), house.now);
  });
}

const tasks = async (username: string, query: object = {}) =>
  (await listBasisTasks(await house.as(username), { query: { limit: 50, ...query } })).items;

const replaced = {
  scenario: 'FLOOD',
  document: 'GB 99999',
  successor: 'GB 99999-2026',
  changedOn: '2026-11-10',
};

test('the register names every document that standards in force cite, with the signs that lean on it', async () => {
  const admin = await house.as('flood.admin');
  const { items } = await listBases(admin, { query: { limit: 500, search: SHARED } });
  expect(items).toMatchObject([
    {
      document: SHARED,
      clause: '5.2',
      scenarios: [
        { scenario: 'FLOOD', signs: [{ code: 'FLOOD.S06' }, { code: 'FLOOD.S07A' }] },
        { scenario: 'WATER', signs: [{ code: 'WATER.S01' }] },
      ],
    },
  ]);
  const first = await listBases(admin, { query: { limit: 3, scenario: 'FLOOD' } });
  const second = await listBases(admin, { query: { limit: 3, scenario: 'FLOOD', after: first.next ?? '' } });
  const documents = [...first.items, ...second.items].map(({ document, clause }) => `${document} ${clause}`);
  expect(new Set(documents).size).toBe(6);
});

test('a document that was replaced opens a task in every scenario that cites it, due by the setting', async () => {
  const told = await tellBasisReplaced(await house.as('flood.admin'), { body: replaced });
  expect(told.scenarios).toEqual([
    { scenario: 'FLOOD', signs: 2 },
    { scenario: 'WATER', signs: 1 },
  ]);
  await settle();
  await settle();
  expect(await tasks('flood.admin')).toMatchObject([
    {
      scenario: 'FLOOD',
      state: 'open',
      successor: 'GB 99999-2026',
      dueAt: fromBeijing(2026, 12, 11),
      signs: [{ code: 'FLOOD.S06', name: expect.any(String) as string }, { code: 'FLOOD.S07A' }],
      owners: [expect.stringContaining('防汛防台')],
      allowedActions: [],
    },
  ]);
  // 供排水 has its own, though nobody there told it; 燃气 has none.
  expect(await tasks('water.admin')).toMatchObject([{ scenario: 'WATER', signs: [{ code: 'WATER.S01' }] }]);
  expect(await tasks('gas.admin')).toEqual([]);
  const { rows } = await sql<{ actor: string; n: number }>`
    select actor, count(*) as n from audit where action = 'basis-task.open' group by actor`.execute(
    house.db.storage.system,
  );
  expect(rows).toEqual([{ actor: 'rule:open-basis-tasks', n: 2 }]);
});

test('what nobody cites, what is to come, and somebody else’s scenario are refused', async () => {
  const admin = await house.as('flood.admin');
  const tell = (more: object) => tellBasisReplaced(admin, { body: { ...replaced, ...more } });
  await expect(tell({ document: '没有人引用的文件' })).rejects.toMatchObject({ code: 'input.invalid' });
  await expect(tell({ clause: '9.9' })).rejects.toMatchObject({ code: 'input.invalid' });
  await expect(tell({ changedOn: '2026-11-21' })).rejects.toMatchObject({ code: 'input.invalid' });
  await expect(tell({ scenario: 'WATER' })).rejects.toMatchObject({ code: 'access.denied' });
});

async function handIn(tasksAnswered: readonly number[], effectiveFrom?: number) {
  const admin = await house.as('flood.admin');
  const begun = await createDraft(admin, {
    body: { scenario: 'FLOOD', reason: '排水测试标准换版，限值重新核定' },
  });
  const document = {
    ...begun.document,
    signs: begun.document.signs.map((sign) => (sign.code === 'FLOOD.S06' ? { ...sign, deadband: 3 } : sign)),
  };
  const draft = await updateDraft(admin, {
    params: { id: begun.id },
    body: { version: begun.version, document },
  });
  const { version } = await submitDraft(admin, {
    params: { id: draft.id },
    body: { version: draft.version },
  });
  return publishDraft(await house.as('flood.head'), {
    params: { id: draft.id },
    body: { version, note: '', effectiveFrom, answers: [...tasksAnswered] },
  });
}

test('a version answers the tasks it names, of its own scenario only; called off, they are open again', async () => {
  const [task] = await tasks('flood.admin');
  const [other] = await tasks('water.admin');
  if (!task || !other) throw new Error('no tasks');
  await expect(handIn([other.id])).rejects.toMatchObject({ code: 'record.not-found' });
  const published = await handIn([task.id], house.now + DAY);
  expect(await tasks('flood.admin')).toMatchObject([
    {
      state: 'answered',
      answeredBy: '防汛防台 部门责任人',
      answer: { version: published.standard },
      answeredAt: house.now,
    },
  ]);
  await settle();
  const version = published.publishedVersion?.id ?? 0;
  await cancelVersion(await house.as('flood.head'), {
    params: { id: version },
    body: { reason: '限值还要再核，先撤回' },
  });
  await settle();
  expect(await tasks('flood.admin', { state: 'open' })).toMatchObject([{ id: task.id, answer: null }]);
});

test('the department says why nothing needs to change; neither who told it nor another scenario may', async () => {
  const [task] = await tasks('water.head');
  if (!task) throw new Error('no task');
  expect(task.allowedActions).toEqual(['keep']);
  const body = { version: task.version, reason: '新版该条未改限值，逐条核对过' };
  const params = { id: task.id };
  await expect(keepBasis(await house.as('water.admin'), { params, body })).rejects.toMatchObject({
    code: 'access.denied',
  });
  await expect(keepBasis(await house.as('flood.head'), { params, body })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  expect(await keepBasis(await house.as('water.head'), { params, body })).toMatchObject({
    state: 'kept',
    answerNote: body.reason,
  });
  await expect(
    keepBasis(await house.as('water.head'), { params, body: { ...body, version: task.version + 1 } }),
  ).rejects.toMatchObject({ code: 'standard.illegal-action' });
});

test('a task that nobody answers is overdue the moment it is due, and the month’s rate says so', async () => {
  const before = house.now;
  house.now = fromBeijing(2026, 12, 11);
  expect(await tasks('flood.admin', { state: 'overdue' })).toMatchObject([{ state: 'overdue' }]);
  const rate = await getUpdateRate(await house.as('district'), { query: { month: '2026-12' } });
  expect(rate).toMatchObject({
    total: { due: 2, inTime: 1, rate: 0.5 },
    scenarios: [
      { scenario: 'FLOOD', due: 1, inTime: 0, rate: 0 },
      { scenario: 'WATER', due: 1, inTime: 1, rate: 1 },
    ],
    open: 1,
    overdue: 1,
  });
  expect((await getUpdateRate(await house.as('gas.admin'), { query: {} })).total.rate).toBeNull();
  house.now = before;
});

test('a station that was moved opens a task with the signs that judge at its points', async () => {
  const body = {
    code: 'R1',
    name: '张家浜水位站',
    scenarios: ['FLOOD'],
    lat: 31.2,
    lon: 121.6,
    simulated: false,
  };
  const { id } = await registerObject(await house.as('flood.admin'), { body });
  const moved = { successor: '上游 120 m 新泵房旁', changedOn: '2026-11-18' };
  const admin = await house.as('tech.admin');
  await expect(tellStationMoved(admin, { params: { id }, body: moved })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  await sql`insert into point (code, object_id, element_code, place, scenarios, simulated)
    select 'R1', id, 'FLOOD.RIVER', place, scenarios, false from monitored_object where id = ${id}`.execute(
    house.db.storage.system,
  );
  expect((await tellStationMoved(admin, { params: { id }, body: moved })).scenarios).toEqual([
    { scenario: 'FLOOD', signs: 1 },
  ]);
  await expect(
    tellStationMoved(await house.as('gas.admin'), { params: { id }, body: moved }),
  ).rejects.toMatchObject({ code: 'record.not-found' });
  await settle();
  expect(await tasks('flood.admin')).toMatchObject([
    { kind: 'replaced' },
    {
      kind: 'moved',
      object: { id },
      document: '张家浜水位站',
      signs: [{ code: 'FLOOD.S05' }],
      toldBy: 'tech.admin',
    },
  ]);
});
