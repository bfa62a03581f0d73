import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import type { AuditEntry } from '#contract/platform';
import { audit, type AuditRecord, auditRule, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type House, openHouse } from '../testing.ts';
import { AuditDesk } from './audit-desk.ts';
import { exportAudit } from './export-audit.ts';
import { getAuditState } from './get-audit-state.ts';
import { listAudit } from './list-audit.ts';
import { listAuditHeads } from './list-audit-heads.ts';
import { REVEALS_AN_HOUR, watchReveals } from './watch-reveals.ts';

let house: House;
let folder: string;
let desk: AuditDesk;
beforeAll(async () => {
  house = await openHouse();
  folder = await mkdtemp(path.join(os.tmpdir(), 'puan-audit-'));
  desk = new AuditDesk({
    context: house.system,
    db: house.db.storage.system,
    vault: house.ground.vault,
    dataDir: folder,
  });
});
afterAll(async () => {
  await house.db.drop();
  await rm(folder, { recursive: true });
});

const people = new Map<string, Promise<RequestContext>>();
/** Signed in once for the whole file: a password costs half a second. */
function as(username: string): Promise<RequestContext> {
  const known = people.get(username) ?? house.as(username);
  people.set(username, known);
  return known;
}

/** Something a person did, as its use case writes it. */
async function did(username: string, record: AuditRecord): Promise<void> {
  const context = await as(username);
  context.authorizeSelf();
  await context.transaction((tx) => audit(context, tx, record));
}
const find = async (query: Partial<Parameters<typeof listAudit>[1]['query']>) =>
  listAudit(await as('auditor'), { query: { limit: 50, ...query } });
async function exported(query: Partial<Parameters<typeof exportAudit>[1]['query']>): Promise<string> {
  const file = await exportAudit(await as('auditor'), { query: { format: 'csv', ...query } });
  let text = '';
  for await (const part of file.text) text += part;
  return text;
}
const what = (items: readonly AuditEntry[]): readonly string[] =>
  items.map(({ action, subject }) => `${action} ${subject}`);

test('nobody but the auditor reads or exports the audit, whatever else they may do', async () => {
  const others = [
    'admin',
    'district',
    'flood.leader',
    'flood.head',
    'flood.admin',
    'flood.handler',
    'tech.admin',
    'office',
  ];
  for (const name of others) {
    const context = await as(name);
    for (const ask of [
      () => listAudit(context, { query: { limit: 1 } }),
      () => exportAudit(context, { query: { format: 'csv' } }),
      () => listAuditHeads(context, { query: { limit: 1 } }),
      () => getAuditState(context),
    ]) {
      expect([name, await ask().catch((error: unknown) => error)]).toMatchObject([
        name,
        { code: 'access.denied' },
      ]);
    }
  }
});

test('the tables themselves show nothing to any other capability, and take back nothing from anybody', async () => {
  const context = await as('district');
  context.authorize('platform.read');
  for (const table of ['audit', 'audit_seal', 'audit_head', 'audit_check', 'audit_sealer']) {
    const rows = await context.transaction((tx) => sql`select * from ${sql.table(table)}`.execute(tx));
    expect([table, rows.rows]).toEqual([table, []]);
    await expect(
      context.transaction((tx) => sql`delete from ${sql.table(table)}`.execute(tx)),
    ).rejects.toThrow(/permission denied/u);
  }
  await expect(
    context.transaction((tx) => sql`update audit set actor = 'nobody'`.execute(tx)),
  ).rejects.toThrow(/permission denied/u);
});

test('a search finds by who, what, about what, for how long, where; page by page, newest first', async () => {
  const start = house.now;
  for (let i = 1; i <= 5; i += 1) {
    house.now = start + i * 1000;
    await did('flood.admin', {
      action: 'search.change',
      subject: `thing/${i}`,
      before: { n: i - 1 },
      after: { n: i },
      place: 125_010,
      scenario: 1,
    });
  }
  await house.system.transaction((tx) =>
    auditRule(tx, { rule: 'follow-things', at: start + 6000 }, [
      { action: 'search.rule', subject: 'thing/50', scenario: 5 },
    ]),
  );
  expect(what((await find({ subject: 'thing/' })).items)).toEqual([
    'search.rule thing/50',
    ...[5, 4, 3, 2, 1].map((n) => `search.change thing/${n}`),
  ]);
  expect(what((await find({ subject: 'thing/5' })).items)).toEqual([
    'search.rule thing/50',
    'search.change thing/5',
  ]);
  expect(what((await find({ subject: 'hing/3', contains: 'true' })).items)).toEqual([
    'search.change thing/3',
  ]);
  expect(what((await find({ actor: 'rule:follow-things' })).items)).toEqual(['search.rule thing/50']);
  expect((await find({ actor: 'flood.admin', action: 'search.' })).items).toHaveLength(5);
  expect((await find({ subject: 'thing/', platform: 'FLOOD' })).items).toHaveLength(5);
  expect(what((await find({ subject: 'thing/', from: start + 2000, to: start + 4000 })).items)).toEqual([
    'search.change thing/3',
    'search.change thing/2',
  ]);
  const first = await find({ subject: 'thing/', limit: 4 });
  const second = await find({ subject: 'thing/', limit: 4, after: first.next ?? '' });
  expect([...what(first.items), ...what(second.items)]).toEqual(
    what((await find({ subject: 'thing/' })).items),
  );
  expect(second.next).toBeNull();
  const [entry] = (await find({ subject: 'thing/5', action: 'search.change' })).items;
  expect(entry).toMatchObject({
    actor: 'flood.admin',
    before: { n: 4 },
    after: { n: 5 },
    scenario: 'FLOOD',
    seq: null,
  });
  await desk.seal();
  const [sealed] = (await find({ subject: 'thing/5', action: 'search.change' })).items;
  expect(sealed?.seq).toBeGreaterThan(0);
});

test('what is not ours to read is refused: foreign pages, unknown platforms', async () => {
  for (const query of [
    { after: 'x' },
    { after: "1_1'; drop table audit" },
    { after: '9'.repeat(40) },
    { platform: "' or 1=1" },
  ]) {
    await expect(find(query)).rejects.toMatchObject({ code: 'input.invalid' });
  }
  const auditor = await as('auditor');
  for (const after of ['2026-02-31x', 'x', '2026-13-01'])
    await expect(listAuditHeads(auditor, { query: { limit: 5, after } })).rejects.toMatchObject({
      code: 'input.invalid',
    });
  for (const text of ["' or true --", '%', '\\', '\u{10ffff}', '=1+1']) {
    expect(
      (await find({ actor: text, action: text, subject: text, contains: 'true', actingFor: text })).items,
    ).toEqual([]);
  }
});

test('a phone number is shown masked, whoever wrote it into the record', async () => {
  await did('flood.admin', {
    action: 'mask.test',
    subject: 'contact/13812345678',
    before: { phone: '021-58001234', note: '打 138 1234 5678 找值守' },
    after: { contacts: [{ phone: '+86 13912345678' }], id: 1_763_856_000_000, phoneMasked: '138****5678' },
  });
  const [entry] = (await find({ action: 'mask.test' })).items;
  expect(entry).toMatchObject({
    subject: 'contact/138****5678',
    before: { phone: '021****1234', note: '打 138****5678 找值守' },
    after: { contacts: [{ phone: '86139****5678' }], id: 1_763_856_000_000, phoneMasked: '138****5678' },
  });
  const csv = await exported({ action: 'mask.test' });
  expect(csv).not.toMatch(/1234567|12345678|58001234/u);
});

test('text that no table holds does not keep what happened out of the audit', async () => {
  const after = { nul: 'a\u0000b', half: 'a\uD83D', list: [{ whole: '😀', told: String.raw`\u0000` }] };
  await did('flood.admin', { action: 'unstorable.test', subject: 'x', before: { plain: 'x' }, after });
  const [entry] = (await find({ action: 'unstorable.test' })).items;
  expect(entry).toMatchObject({
    before: { plain: 'x' },
    after: { nul: 'a\uFFFDb', half: 'a\uFFFD', list: [{ whole: '😀', told: String.raw`\u0000` }] },
  });
});

test('a CSV opens in a spreadsheet as text: formulas are not run, cells keep their borders, the export is in the audit', async () => {
  const hostile = ['=HYPERLINK("http://example.org","x")', '+1', '-1', '@SUM(A1)', '\t=1', 'a"b,c\nd'];
  for (const subject of hostile)
    await did('flood.admin', { action: 'csv.test', subject, after: { note: '=1+1' } });
  const csv = await exported({ action: 'csv.test' });
  expect(csv.startsWith('\u{feff}序号,记录,时间,操作人')).toBe(true);
  expect(csv).toContain(`"'=HYPERLINK(""http://example.org"",""x"")"`);
  for (const cell of [",'+1,", ",'-1,", ",'@SUM(A1),", ",'\t=1,", ',"a""b,c\nd",'])
    expect(csv).toContain(cell);
  expect(csv).not.toMatch(/(^|,|\n)"?[=+\-@\t]/mu);
  const [entry] = (await find({ action: 'audit.export' })).items;
  expect(entry).toMatchObject({
    actor: 'auditor',
    after: { action: 'csv.test', format: 'csv', rows: hostile.length },
  });
  const lines = (await exported({ action: 'csv.test', format: 'ndjson' })).trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as AuditEntry).subject)).toEqual(hostile.toReversed());
});

test('whoever has many personal data shown within an hour is told of, once', async () => {
  const reveal = (username: string, n: number) =>
    did(username, { action: 'personal.reveal', subject: `contact/${n}`, after: { reason: '联系处置' } });
  for (let i = 0; i < REVEALS_AN_HOUR; i += 1) await reveal('flood.admin', i);
  expect(await watchReveals(house.system)).toBe(0);
  await reveal('flood.admin', 99);
  await reveal('flood.head', 99);
  expect(await watchReveals(house.system)).toBe(1);
  expect(await watchReveals(house.system)).toBe(0);
  expect((await getAuditState(await as('auditor'))).reveals).toMatchObject([
    { actor: 'flood.admin', count: REVEALS_AN_HOUR + 1 },
  ]);
  const { rows } = await sql`select place, scenario from outbox where type = 'personal.reveal-many'`.execute(
    house.db.storage.system,
  );
  expect(rows).toEqual([{ place: null, scenario: null }]);
});

test('the chain is verified once a night, and a broken one is told to the auditors', async () => {
  await desk.seal();
  expect(await desk.verifyNightly()).toMatchObject({ ok: true });
  expect(await desk.verifyNightly()).toBeUndefined();
  await desk.close();
  house.now += 24 * 3_600_000;
  const { system } = house.db.storage;
  await sql`alter table audit disable trigger user`.execute(system);
  await sql`update audit set subject = 'thing/else' where subject = 'thing/3'`.execute(system);
  await sql`alter table audit enable trigger user`.execute(system);
  const found = await desk.verifyNightly();
  expect(found).toMatchObject({ ok: false, faults: [{ kind: 'changed' }] });
  const state = await getAuditState(await as('auditor'));
  expect(state.check).toMatchObject({
    ok: false,
    brokenSeq: found?.faults[0]?.seq,
    finding: found?.faults[0]?.text,
  });
  expect(state.head).toMatchObject({ day: '2026-11-20' });
  expect((await listAuditHeads(await as('auditor'), { query: { limit: 5 } })).items).toEqual([state.head]);
  const { rows } = await sql<{
    payload: unknown;
  }>`select payload from outbox where type = 'audit.broken'`.execute(system);
  expect(rows).toEqual([{ payload: { id: found?.faults[0]?.seq, text: found?.faults[0]?.text } }]);
});

test('an export that would be too long is refused before a line is sent', async () => {
  await sql`insert into audit (at, actor, action, subject)
    select now(), 'rule:many', 'many.test', 'x/' || g from generate_series(1, 100001) g`.execute(
    house.db.storage.system,
  );
  await expect(exported({ action: 'many.test' })).rejects.toMatchObject({ code: 'audit.too-many' });
});
