import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { type Ground, RequestContext, SystemContext } from '#services/context';
import { loadPlatforms } from '#services/platform';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type TestDatabase, testDatabase } from '../../storage/testing.ts';
import { listElements } from './list-elements.ts';
import { listHandbooks } from './list-handbooks.ts';
import { listItems } from './list-items.ts';
import { listSigns } from './list-signs.ts';
import { loadStandard } from './load-standard.ts';
import { personWith, TEST_VAULT } from '../context/testing.ts';

const STANDARDS = path.resolve('standards');
const START = Date.UTC(2026, 10, 20);

let db: TestDatabase;
let folder: string;
let now = START;
let system: SystemContext;
let reader: RequestContext;

beforeAll(async () => {
  db = await testDatabase();
  const ground: Ground = {
    storage: db.storage,
    clock: { now: () => now },
    poke: () => undefined,
    vault: TEST_VAULT,
  };
  system = new SystemContext(ground);
  reader = new RequestContext(
    ground,
    personWith({ roles: ['handler'], scope: { places: [], scenarios: [1] } }),
  );
  folder = await mkdtemp(path.join(os.tmpdir(), 'puan-standard-'));
  await cp(STANDARDS, folder, { recursive: true });
  await loadPlatforms(system, path.join(folder, 'platforms.json'));
  await loadStandard(system, folder);
});
afterAll(async () => {
  await db.drop();
  await rm(folder, { recursive: true, force: true });
});

async function rewriteFlood(change: (text: string) => string): Promise<void> {
  const file = path.join(folder, 'flood.json');
  const text = await readFile(file, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  await writeFile(file, changed);
}

const flood = { limit: 500, scenario: 'FLOOD' };

test('every row of the files is published once, and loading again publishes nothing', async () => {
  const file = JSON.parse(await readFile(path.join(STANDARDS, 'flood.json'), 'utf8')) as {
    [part in 'elements' | 'items' | 'signs' | 'handbook']: { code: string }[];
  };
  const query = { query: flood };
  expect((await listElements(reader, query)).items).toHaveLength(file.elements.length);
  expect((await listItems(reader, query)).items.map(({ code }) => code)).toEqual(
    file.items.map(({ code }) => code),
  );
  expect((await listSigns(reader, query)).items.map(({ code }) => code)).toEqual(
    file.signs.map(({ code }) => code),
  );
  expect((await listHandbooks(reader, query)).items).toHaveLength(file.handbook.length);
  expect(await loadStandard(system, folder)).toEqual({ published: [], differing: [], heldBack: [] });
});

test('a sign shows each threshold with its basis, and is verified only when all of them are', async () => {
  const { items } = await listSigns(reader, { query: { limit: 500 } });
  for (const sign of items) {
    expect(sign.levels.length).toBeGreaterThan(0);
    expect(sign.levels.every(({ basis }) => basis.document !== '')).toBe(true);
    expect(sign.verified).toBe(sign.levels.every(({ basis }) => basis.verified));
  }
  const underpass = items.filter(({ element }) => element === 'FLOOD.UNDERPASS');
  expect(underpass.map(({ itemName }) => itemName)).toContain('下立交积水');
});

test('the pages of a list meet without a gap or a double', async () => {
  const all = (await listSigns(reader, { query: { limit: 500 } })).items.map(({ id }) => id);
  const paged: number[] = [];
  let after: string | undefined;
  do {
    const page = await listSigns(reader, { query: { limit: 7, ...(after !== undefined && { after }) } });
    paged.push(...page.items.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(paged).toEqual(all);
  expect(new Set(paged).size).toBe(all.length);
});

test('a changed file under the old number is not taken', async () => {
  await rewriteFlood((text) => text.replace('"name": "下立交积水深度"', '"name": "下立交水深"'));
  expect(await loadStandard(system, folder)).toEqual({
    published: [],
    differing: ['FLOOD 2025.3-default'],
    heldBack: [],
  });
  const { items } = await listElements(reader, { query: flood });
  expect(items.map(({ name }) => name)).toContain('下立交积水深度');
});

test('a new number takes over from the moment it is published; the old rows stay as they were', async () => {
  now += 86_400_000;
  await rewriteFlood((text) => text.replace('2025.3-default', '2026.1-test'));
  expect(await loadStandard(system, folder)).toEqual({
    published: ['FLOOD 2026.1-test'],
    differing: [],
    heldBack: [],
  });
  const { items } = await listSigns(reader, { query: flood });
  expect(new Set(items.map(({ standard }) => standard))).toEqual(new Set(['2026.1-test']));
  expect((await listElements(reader, { query: flood })).items.map(({ name }) => name)).toContain(
    '下立交水深',
  );
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from standard_version where scenario = 1 and retired_at = ${new Date(now)}`.execute(
    db.storage.system,
  );
  expect(rows[0]?.n).toBe(1);
  now = START;
});

test('a file that is not clean publishes nothing and says in Chinese which line is wrong', async () => {
  await rewriteFlood((text) =>
    text.replace('2026.1-test', '2026.2-test').replace('"unit": "cm"', '"unit": ""'),
  );
  await expect(loadStandard(system, folder)).rejects.toThrow(/不能发布：\nflood\.json .*缺少计量单位/u);
  const { rows } = await sql`select from standard_version where version = '2026.2-test'`.execute(
    db.storage.system,
  );
  expect(rows).toEqual([]);
});
