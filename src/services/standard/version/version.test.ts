// From a draft to a version in force, and back: who may, what is refused, what the tables hold at each moment.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { type StandardDraftDetail, versionRoutes } from '#contract/standard';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type House, openHouse } from '../../platform/testing.ts';
import {
  draftsWaiting,
  cancelVersion,
  compareDraft,
  createDraft,
  getDraft,
  getVersion,
  listDrafts,
  listElements,
  listSigns,
  listVersions,
  loadStandard,
  publishDraft,
  refuseDraft,
  submitDraft,
  takeEffectDue,
  updateDraft,
  withdrawDraft,
} from '../index.ts';

const DAY = 86_400_000;
const REASON = '上海市排水规范修订，限值随之调整';
/** Orange at 25 cm, between yellow at 15 and red at 40. */
const SIGN = 'FLOOD.S06';

let house: House;
let folder: string;
beforeAll(async () => {
  house = await openHouse();
  folder = await mkdtemp(path.join(os.tmpdir(), 'puan-version-'));
  await cp(path.resolve('standards'), folder, { recursive: true });
  await loadStandard(house.system, folder);
});
afterAll(async () => {
  await house.db.drop();
  await rm(folder, { recursive: true, force: true });
});

const people = new Map<string, RequestContext>();
/** Signs in once a person: hashing passwords takes its time. */
async function as(username: string): Promise<RequestContext> {
  const known = people.get(username) ?? (await house.as(username));
  people.set(username, known);
  return known;
}

type Document = StandardDraftDetail['document'];

const seen = ({ id, version }: { readonly id: number; readonly version: number }) => ({
  params: { id },
  body: { version },
});

async function begin(scenario = 'FLOOD', from?: number): Promise<StandardDraftDetail> {
  const admin = await as(`${scenario.toLowerCase()}.admin`);
  return createDraft(admin, { body: { scenario, reason: REASON, from } });
}

async function save(
  draft: StandardDraftDetail,
  document: Document,
  more: { readonly base?: number; readonly standard?: string } = {},
): Promise<StandardDraftDetail> {
  const body = { version: draft.version, document, ...more };
  return updateDraft(await as('flood.admin'), { params: { id: draft.id }, body });
}

/** The document with another orange limit of the underpass, and another name of its element. */
function withLimit(document: Document, limit: number, name = '下立交积水深度'): Document {
  return {
    ...document,
    elements: document.elements.map((one) => (one.code === 'FLOOD.UNDERPASS' ? { ...one, name } : one)),
    signs: document.signs.map((one) =>
      one.code === SIGN && one.levels.orange
        ? { ...one, levels: { ...one.levels, orange: { ...one.levels.orange, limit } } }
        : one,
    ),
  };
}

async function handIn(limit: number, name?: string): Promise<StandardDraftDetail> {
  const draft = await begin();
  const saved = await save(draft, withLimit(draft.document, limit, name));
  const { version } = await submitDraft(await as('flood.admin'), seen(saved));
  return { ...saved, version };
}

async function publish(draft: StandardDraftDetail, effectiveFrom?: number) {
  const { id, version } = draft;
  const body = { version, note: '', effectiveFrom };
  return publishDraft(await as('flood.head'), { params: { id }, body });
}

const versions = async () =>
  (await listVersions(await as('flood.handler'), { query: { limit: 50, scenario: 'FLOOD' } })).items;
const statesOf = async () => (await versions()).map(({ version, state }) => `${version} ${state}`);

/** Orange limit of the underpass and name of its element, as the lists in force show them. */
async function inForce(): Promise<readonly [unknown, string | undefined]> {
  const reader = await as('flood.handler');
  const query = { limit: 500, scenario: 'FLOOD' };
  const sign = (await listSigns(reader, { query })).items.find(({ code }) => code === SIGN);
  const element = (await listElements(reader, { query })).items.find(
    ({ code }) => code === 'FLOOD.UNDERPASS',
  );
  return [sign?.levels.find(({ level }) => level === 'orange')?.limit, element?.name];
}

async function told(type: string): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await sql<{ payload: Record<string, unknown> }>`
    select payload from outbox where type = ${type} order by id`.execute(house.db.storage.system);
  return rows.map(({ payload }) => payload);
}

test('the shipped standard stands in the history with its counts, in force from the beginning', async () => {
  const { items } = await listVersions(await as('gas.handler'), { query: { limit: 50 } });
  expect(items).toHaveLength(17);
  expect(
    items.every(
      ({ state, origin, effectiveFrom }) =>
        state === 'in-force' && origin === 'file' && effectiveFrom === null,
    ),
  ).toBe(true);
  const flood = items.find(({ scenario }) => scenario === 'FLOOD')!;
  const { document, counts } = await getVersion(await as('gas.handler'), flood.id);
  const cells = document.signs.flatMap(({ levels, basis }) =>
    Object.values(levels).map((level) => level.basis ?? basis),
  );
  expect(counts).toEqual({
    elements: document.elements.length,
    items: document.items.length,
    parameters: document.parameters.length,
    signs: document.signs.length,
    cells: cells.length,
    verified: cells.filter(({ verified }) => verified).length,
    handbook: document.handbook.length,
  });
});

test('a limit is changed: drafted, told in words, handed in, reviewed by another person, in force at once', async () => {
  const before = await inForce();
  const draft = await begin();
  expect(draft).toMatchObject({
    standard: '2026.1',
    base: { version: '2025.3-default' },
    state: 'draft',
    faults: [],
  });
  expect(draft.allowedActions).toEqual(['edit', 'submit', 'withdraw']);
  const saved = await save(draft, withLimit(draft.document, 20, '下立交水深'));
  const { items } = await compareDraft(await as('flood.handler'), {
    params: { id: draft.id },
    query: {},
  });
  expect(items.map(({ kind, field, after }) => [kind, field, after])).toEqual([
    ['element', 'name', '下立交水深'],
    ['sign', 'levels.orange.limit', '20 cm'],
  ]);
  const submitted = await submitDraft(await as('flood.admin'), seen(saved));
  expect(submitted).toMatchObject({ state: 'submitted', submittedBy: { username: 'flood.admin' } });
  expect((await getDraft(await as('flood.head'), draft.id)).allowedActions).toEqual(['refuse', 'publish']);
  expect((await draftsWaiting(await as('flood.head'))).count).toBe(1);
  expect((await draftsWaiting(await as('gas.head'))).count).toBe(0);

  house.now += 60_000;
  const published = await publish({ ...saved, version: submitted.version });
  expect(published).toMatchObject({
    state: 'published',
    publishedVersion: { version: '2026.1' },
    allowedActions: [],
  });
  expect(await statesOf()).toEqual(['2026.1 in-force', '2025.3-default retired']);
  expect((await versions())[0]).toMatchObject({
    origin: 'draft',
    reason: REASON,
    effectiveFrom: house.now,
    submittedBy: { username: 'flood.admin' },
    reviewedBy: { username: 'flood.head' },
  });
  expect((await versions())[1]).toMatchObject({ retiredAt: house.now });
  expect(await inForce()).toEqual([20, '下立交水深']);
  expect(before).not.toEqual(await inForce());
  expect(await told('standard.published')).toEqual([
    {
      id: published.publishedVersion?.id,
      standard: published.publishedVersion?.id,
      scenario: 'FLOOD',
      version: '2026.1',
      effectiveFrom: house.now,
      elements: ['FLOOD.UNDERPASS'],
    },
  ]);
  expect((await told('standard.draft-changed')).map(({ state }) => state)).toEqual([
    'draft',
    'draft',
    'submitted',
    'published',
  ]);
});

test('the audit tells every step of a draft, with its changes in words', async () => {
  const { rows } = await sql<{ action: string; actor: string; after: Record<string, unknown> }>`
    select action, actor, after from audit where subject like 'standard-draft/%' order by id`.execute(
    house.db.storage.system,
  );
  expect(rows.map(({ action, actor }) => `${actor} ${action}`)).toEqual([
    'flood.admin standard-draft.create',
    'flood.admin standard-draft.edit',
    'flood.admin standard-draft.submit',
    'flood.head standard-draft.publish',
  ]);
  expect(rows[1]?.after['changes']).toContainEqual(expect.stringContaining('橙色限值'));
  expect(rows[3]?.after).toMatchObject({ version: '2026.1', replaces: '2025.3-default', changed: 2 });
});

test('a version with a moment to come changes nothing before it, and everything at it', async () => {
  const from = house.now + DAY;
  await publish(await handIn(18, '下立交积水'), from);
  expect(await statesOf()).toEqual(['2026.2 coming', '2026.1 in-force', '2025.3-default retired']);
  expect(await inForce()).toEqual([20, '下立交水深']);
  house.now = from - 1;
  expect(await takeEffectDue(house.system)).toEqual([]);
  expect(await inForce()).toEqual([20, '下立交水深']);
  house.now = from;
  const [taken, ...others] = await takeEffectDue(house.system);
  expect([taken, others]).toEqual([(await versions())[0]?.id, []]);
  expect(await inForce()).toEqual([18, '下立交积水']);
  expect(await statesOf()).toEqual(['2026.2 in-force', '2026.1 retired', '2025.3-default retired']);
  expect(await takeEffectDue(house.system)).toEqual([]);
  expect((await told('standard.took-effect')).map(({ version }) => version)).toEqual(['2026.2']);
});

test('a version is taken back before its moment, and the one before lives on; afterwards it cannot be', async () => {
  await publish(await handIn(30), house.now + DAY);
  const [coming] = await versions();
  expect(coming?.state).toBe('coming');
  const back = { params: { id: coming!.id }, body: { reason: '规范推迟实施' } };
  await expect(cancelVersion(await as('gas.head'), back)).rejects.toMatchObject({
    code: 'access.denied',
  });
  await expect(cancelVersion(await as('flood.admin'), back)).rejects.toMatchObject({
    code: 'access.denied',
  });
  const head = await as('flood.head');
  expect(await cancelVersion(head, back)).toMatchObject({
    state: 'cancelled',
    cancelledBy: { username: 'flood.head' },
  });
  expect(
    (await versions()).slice(0, 2).map(({ version, state, retiredAt }) => [version, state, retiredAt]),
  ).toEqual([
    ['2026.3', 'cancelled', coming!.effectiveFrom],
    ['2026.2', 'in-force', null],
  ]);
  await expect(cancelVersion(head, back)).rejects.toMatchObject({ code: 'standard.illegal-action' });
  const standing = (await versions())[1]!;
  await expect(cancelVersion(head, { ...back, params: { id: standing.id } })).rejects.toMatchObject({
    code: 'standard.illegal-action',
    details: { state: '现行', action: '撤销' },
  });
  house.now += 2 * DAY;
  expect(await takeEffectDue(house.system)).toEqual([]);
  expect(await inForce()).toEqual([18, '下立交积水']);
});

test('of two versions to come the first is taken back: the one in force lives on until the second', async () => {
  const [first, second] = [house.now + DAY, house.now + 2 * DAY];
  await publish(await handIn(31), first);
  // A version that would overtake the one to come is refused.
  const early = await handIn(32);
  for (const moment of [undefined, first, house.now + 1]) {
    await expect(publish(early, moment)).rejects.toMatchObject({ code: 'standard.moment-refused' });
  }
  await publish(early, second);
  const [, coming] = await versions();
  await cancelVersion(await as('flood.head'), {
    params: { id: coming!.id },
    body: { reason: '规范推迟实施' },
  });
  expect(await statesOf()).toEqual(
    expect.arrayContaining(['2026.5 coming', '2026.4 cancelled', '2026.2 in-force']),
  );
  expect((await versions()).find(({ version }) => version === '2026.2')?.retiredAt).toBe(second);
  house.now = second;
  await takeEffectDue(house.system);
  expect((await inForce())[0]).toBe(32);
});

test('nobody reviews what they had a hand in, nor in the name of somebody who had', async () => {
  const draft = await handIn(33);
  await sql`insert into role_assignment (account_id, role, platform_id, place, scenario, granted_by, valid_from)
    select a.id, r, p.id, p.place, p.scenario, 'test', ${new Date(house.now)} from account a, platform p, unnest(array['department-owner']) r
    where a.username = 'flood.admin' and p.code = 'FLOOD'`.execute(house.db.storage.system);
  const both = await house.as('flood.admin');
  expect((await getDraft(both, draft.id)).allowedActions).toEqual(['withdraw']);
  const body = { version: draft.version, note: '意见：不妥当' };
  for (const decide of [publishDraft, refuseDraft]) {
    await expect(decide(both, { params: { id: draft.id }, body })).rejects.toMatchObject({
      code: 'access.same-person',
    });
  }
  await sql`insert into delegation (principal_id, deputy_id, place, scenario, from_at, to_at, reason, arranged_by, arranged_at)
    select p.id, d.id, p.place, p.scenario, ${new Date(house.now - DAY)}, ${new Date(house.now + DAY)}, '出差', 'test', ${new Date(house.now)}
    from account p, account d where p.username = 'flood.admin' and d.username = 'flood.handler'`.execute(
    house.db.storage.system,
  );
  const deputy = await house.as('flood.handler');
  await expect(publishDraft(deputy, { params: { id: draft.id }, body })).rejects.toMatchObject({
    code: 'access.same-person',
  });
  await sql`delete from delegation`.execute(house.db.storage.system);
  await sql`delete from role_assignment where granted_by = 'test'`.execute(house.db.storage.system);
  const refused = await refuseDraft(await as('flood.head'), { params: { id: draft.id }, body });
  expect(refused).toMatchObject({ state: 'refused', reviewNote: '意见：不妥当' });
});

test('what was refused or taken back is mended and handed in again; what waits for review stands still', async () => {
  const draft = await handIn(34);
  const admin = await as('flood.admin');
  await expect(save(draft, draft.document)).rejects.toMatchObject({
    code: 'standard.illegal-action',
    details: { state: '待审核', action: '修改' },
  });
  const withdrawn = await withdrawDraft(admin, seen(draft));
  expect(withdrawn.allowedActions).toEqual(['edit']);
  await expect(submitDraft(admin, seen(withdrawn))).rejects.toMatchObject({
    code: 'standard.illegal-action',
  });
  const again = await save({ ...draft, version: withdrawn.version }, draft.document);
  expect(again).toMatchObject({ state: 'draft', submittedBy: null });
  const submitted = await submitDraft(admin, seen(again));
  // Whoever looked before the change approves nothing they have not seen.
  await expect(publish(draft)).rejects.toMatchObject({ code: 'record.changed' });
  expect((await publish({ ...draft, version: submitted.version })).state).toBe('published');
});

test('a draft may hold faults, which are listed; it is not handed in with them', async () => {
  const draft = await begin();
  const [first, ...others] = draft.document.signs;
  const faulty = { ...draft.document, signs: [{ ...first!, unit: '' }, ...others] };
  const saved = await save(draft, faulty, { standard: '2026.1' });
  expect(saved.faults.map(({ path: at }) => at)).toEqual(
    expect.arrayContaining(['version', 'signs[0].unit']),
  );
  expect(saved.faults[0]?.message).toBe('版本号“2026.1”已经用过。请换一个新的版本号。');
  const admin = await as('flood.admin');
  await expect(submitDraft(admin, seen(saved))).rejects.toMatchObject({
    code: 'standard.not-clean',
    details: { count: saved.faults.length, faults: expect.stringContaining('“2026.1”已经用过') },
  });
  const other = { ...draft.document, scenario: 'GAS' };
  await expect(save(saved, other)).rejects.toMatchObject({ code: 'input.invalid' });
  await expect(save(saved, { ...draft.document, version: '长'.repeat(41) })).rejects.toMatchObject({
    code: 'input.invalid',
  });
});

test('a text of the wrong shape is refused with where it is wrong', async () => {
  const { document } = await begin();
  const [first, ...others] = document.signs;
  const { red } = first!.levels;
  const faults = (changed: object) => {
    const body = { version: 1, document: { ...document, ...changed } };
    const read = versionRoutes.updateStandardDraft.body.safeParse(body);
    return read.success ? [] : read.error.issues.map((issue) => issue.path.join('.'));
  };
  expect(faults({})).toEqual([]);
  const levels = { ...first!.levels, red: { ...red, onDelaySeconds: '很久' } };
  expect(faults({ signs: [{ ...first, levels }, ...others] })).toEqual([
    'document.signs.0.levels.red.onDelaySeconds',
  ]);
  const long = { ...document.elements[0], code: `FLOOD.${'X'.repeat(3000)}` };
  expect(faults({ elements: [long] })).toEqual(['document.elements.0.code']);
  expect(faults({ signs: [null] })).toEqual(['document.signs.0']);
  expect(faults({ more: 1 })).toEqual(['document']);
});

test('of two drafts of the same base the second is sent to compare with the newest, and published then', async () => {
  const one = await handIn(35);
  const two = await handIn(36);
  const { publishedVersion } = await publish(one);
  await expect(publish(two)).rejects.toMatchObject({
    code: 'standard.base-outdated',
    details: { base: one.base.version, newest: publishedVersion?.version },
  });
  const held = await getDraft(await as('flood.admin'), two.id);
  expect(held).toMatchObject({ outdated: true, newest: publishedVersion });
  const admin = await as('flood.admin');
  const compared = await compareDraft(admin, {
    params: { id: two.id },
    query: { with: publishedVersion!.id },
  });
  expect(compared).toMatchObject({ with: publishedVersion, items: [{ before: '35 cm', after: '36 cm' }] });
  const withdrawn = await withdrawDraft(admin, seen(held));
  const stale = { ...held, version: withdrawn.version };
  await expect(save(stale, held.document, { base: one.copiedFrom.id - 1 })).rejects.toMatchObject({
    code: 'standard.base-outdated',
  });
  const rebased = await save(stale, held.document, { base: publishedVersion!.id });
  expect(rebased.outdated).toBe(false);
  const submitted = await submitDraft(admin, seen(rebased));
  await publish({ ...rebased, version: submitted.version });
  expect((await inForce())[0]).toBe(36);
});

test('two that are published at the same moment do not both become the newest', async () => {
  const [one, two] = [await handIn(37), await handIn(38)];
  const outcomes = await Promise.allSettled([publish(one), publish(two)]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const lost = outcomes.find((one) => one.status === 'rejected');
  expect(lost?.reason).toMatchObject({ code: 'standard.base-outdated' });
  expect((await versions()).filter(({ state }) => state === 'in-force')).toHaveLength(1);
});

test('going back is a new version with the text of an old one', async () => {
  const shipped = (await versions()).find(({ origin }) => origin === 'file')!;
  const draft = await begin('FLOOD', shipped.id);
  expect(draft).toMatchObject({ copiedFrom: { id: shipped.id }, outdated: false });
  const { document } = await getVersion(await as('flood.admin'), shipped.id);
  expect({ ...draft.document, version: '' }).toEqual({ ...document, version: '' });
  const submitted = await submitDraft(await as('flood.admin'), seen(draft));
  await publish({ ...draft, version: submitted.version });
  const orange = document.signs.find(({ code }) => code === SIGN)?.levels.orange?.limit;
  expect(await inForce()).toEqual([orange, '下立交积水深度']);
});

test('the moment lies between now and a year ahead', async () => {
  const draft = await handIn(39);
  for (const moment of [house.now - 1, house.now + 367 * DAY]) {
    await expect(publish(draft, moment)).rejects.toMatchObject({ code: 'standard.moment-refused' });
  }
});

test('a bureau drafts and reviews its own scenario only; another one sees no draft of it', async () => {
  const draft = await begin();
  const gas = await as('gas.admin');
  await expect(createDraft(gas, { body: { scenario: 'FLOOD', reason: REASON } })).rejects.toMatchObject({
    code: 'access.denied',
  });
  await expect(createDraft(gas, { body: { scenario: 'NOWHERE', reason: REASON } })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  await expect(getDraft(gas, draft.id)).rejects.toMatchObject({ code: 'record.not-found' });
  await expect(submitDraft(gas, seen(draft))).rejects.toMatchObject({ code: 'record.not-found' });
  const theirs = (await versions()).find(({ scenario }) => scenario === 'FLOOD')!;
  await expect(
    createDraft(gas, { body: { scenario: 'GAS', reason: REASON, from: theirs.id } }),
  ).rejects.toMatchObject({ code: 'record.not-found' });
  expect((await listDrafts(gas, { query: { limit: 50 } })).items).toEqual([]);
  for (const username of ['town.zhangjiang', 'lingang.admin']) {
    expect((await listDrafts(await as(username), { query: { limit: 50 } })).items).toEqual([]);
  }
  const { items } = await listDrafts(await as('district'), {
    query: { limit: 2, scenario: 'FLOOD', state: 'draft' },
  });
  expect(items[0]?.id).toBe(draft.id);
  // 气象 and 消防 have no scenario platform: their bureaus' own stand for it.
  const fire = await createDraft(await as('fire.admin'), {
    body: { scenario: 'FIRE', reason: REASON },
  });
  expect(fire).toMatchObject({ scenario: 'FIRE', standard: '2026.1' });
});

test('requests cannot write a standard beside the use cases: neither without the capability nor of another scenario', async () => {
  const scope = { places: [], scenarios: [5] };
  for (const capability of ['standard.draft', 'standard.approve']) {
    const asking = { scope, account: 1, capability };
    const writing = house.db.storage.inScope(asking, (tx) =>
      sql`insert into standard_version (scenario, version, document, published_at, effective_from)
        values (1, 'x', '{}', now(), now())`.execute(tx),
    );
    await expect(writing).rejects.toThrow(/row-level security/u);
    const changed = await house.db.storage.inScope(asking, (tx) =>
      sql`update element set name = 'x' where scenario = 1 returning code`.execute(tx),
    );
    expect(changed.rows).toEqual([]);
  }
});

test('a newer file does not overrule what people have published: it is held back and said so', async () => {
  const file = path.join(folder, 'flood.json');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('2025.3-default', '2027.1-default'));
  const before = await statesOf();
  expect(await loadStandard(house.system, folder)).toEqual({
    published: [],
    differing: [],
    heldBack: ['FLOOD 2027.1-default'],
  });
  expect(await statesOf()).toEqual(before);
});
