import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { auditRule } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { clientConfig } from '../../../storage/connection.ts';
import { Vault } from '../../../storage/vault.ts';
import { type TestDatabase, testDatabase } from '../../../storage/testing.ts';
import { TEST_VAULT } from '../../context/testing.ts';
import { headFiles, readHeadFile } from './head-file.ts';
import { HeadKey } from './head-key.ts';
import { AuditSealer } from './seal-audit.ts';
import { verifyAudit, type VerifyOptions } from './verify-audit.ts';
import { closeDay, type HeadDesk, writeHead } from './write-head.ts';

const NOON = Date.UTC(2026, 10, 20, 4);
const DAY = 86_400_000;

let db: TestDatabase;
let sealer: AuditSealer;
let desk: HeadDesk;
beforeEach(async () => {
  db = await testDatabase();
  sealer = new AuditSealer(db.storage.system);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'puan-heads-'));
  desk = { db: db.storage.system, key: new HeadKey(TEST_VAULT), folder };
});
afterEach(async () => {
  await db.drop();
  await rm(desk.folder, { recursive: true });
});

/** Rows of a rule, written in one transaction. */
async function write(count: number, name = 'warning'): Promise<void> {
  await db.storage.system.transaction().execute((tx) => writeIn(tx, count, name));
}
async function writeIn(tx: Tx, count: number, name: string): Promise<void> {
  const records = Array.from({ length: count }, (_, i) => ({
    action: 'warning.raised',
    subject: `${name}/${i + 1}`,
    after: { level: 'red', value: 0.1 * i },
    place: 100,
    scenario: 1,
  }));
  await auditRule(tx, { rule: 'follow-alarms', at: NOON }, records);
}
async function verify(options: VerifyOptions = {}) {
  return verifyAudit(db.storage.system, { publicKey: desk.key.publicKey, ...options });
}
/** Somebody with the owner's password and the will to lie. */
async function tamper(...statements: readonly string[]): Promise<void> {
  const client = new pg.Client(clientConfig(db.location));
  await client.connect();
  const tables = ['audit', 'audit_seal', 'audit_head', 'audit_sealer'];
  try {
    for (const table of tables) await client.query(`alter table ${table} disable trigger user`);
    for (const statement of statements) await client.query(statement);
    for (const table of tables) await client.query(`alter table ${table} enable trigger user`);
  } finally {
    await client.end();
  }
}
async function found(options: VerifyOptions = {}) {
  const { ok, faults } = await verify(options);
  expect(ok).toBe(faults.length === 0);
  return faults.map(({ kind, seq, auditId }) => [kind, seq, auditId]);
}

test('an empty chain holds, and so does one of 12,000 rows', async () => {
  expect(await verify()).toMatchObject({ ok: true, links: 0, seq: 0, waiting: 0 });
  await write(12_000);
  expect(await verify()).toMatchObject({ ok: true, links: 0, waiting: 12_000 });
  expect(await sealer.seal()).toBe(12_000);
  expect(await sealer.seal()).toBe(0);
  expect(await verify()).toMatchObject({ ok: true, links: 12_000, seq: 12_000, waiting: 0, faults: [] });
});

test('a row that commits late gets a later number; nothing is passed over', async () => {
  const { system } = db.storage;
  await write(2, 'early');
  await sealer.seal();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let wrote = (): void => undefined;
  const written = new Promise<void>((resolve) => (wrote = resolve));
  const late = system.transaction().execute(async (tx) => {
    await writeIn(tx, 1, 'late');
    wrote();
    await held;
  });
  await written;
  await write(2, 'quick');
  expect(await sealer.seal()).toBe(2);
  expect(await sealer.seal()).toBe(0);
  release();
  await late;
  // Another sealer, as after a restart, knows nothing but the tables.
  expect(await new AuditSealer(system).seal()).toBe(1);
  const { rows } = await sql<{ subject: string }>`
    select a.subject from audit_seal s join audit a on a.id = s.audit_id order by s.seq`.execute(system);
  expect(rows.map((row) => row.subject)).toEqual(['early/1', 'early/2', 'quick/1', 'quick/2', 'late/1']);
  expect(await verify()).toMatchObject({ ok: true, links: 5, waiting: 0 });
});

test('two sealers and many writers at once give one chain', async () => {
  const other = new AuditSealer(db.storage.system);
  const writers = Array.from({ length: 6 }, async (_, i) => {
    for (let n = 0; n < 5; n += 1) await write(20, `w${i}-${n}`);
  });
  const sealing = [sealer, other].map(async (one) => {
    for (let round = 0; round < 40; round += 1) await one.seal();
  });
  await Promise.all([...writers, ...sealing]);
  await sealer.seal();
  expect(await verify()).toMatchObject({ ok: true, links: 600, waiting: 0 });
});

test('what was rolled back leaves no hole', async () => {
  await db.storage.system
    .transaction()
    .execute(async (tx) => {
      await writeIn(tx, 3, 'undone');
      throw new Error('undo');
    })
    .catch(() => undefined);
  await write(2);
  expect(await sealer.seal()).toBe(2);
  expect(await verify()).toMatchObject({ ok: true, links: 2, waiting: 0 });
});

test('nobody changes or takes away a row, not even the owner', async () => {
  await write(1);
  await sealer.seal();
  await writeHead(desk, { day: '2026-11-20', now: NOON });
  for (const statement of [
    'update audit set actor = $$nobody$$',
    'delete from audit',
    'truncate audit',
    'update audit_seal set hash = hash',
    'delete from audit_seal',
    'delete from audit_head',
    'update audit_head set seq = 0',
    'update audit_sealer set seq = 0',
    'delete from audit_sealer',
  ]) {
    await expect(sql.raw(statement).execute(db.storage.system)).rejects.toThrow(/审计记录只能追加|只能前进/u);
  }
});

test('a changed row is found, whichever column it is', async () => {
  await write(20);
  await sealer.seal();
  const changes = [
    `actor = 'rule:other'`,
    `at = at + interval '1 microsecond'`,
    `subject = subject || ' '`,
    `action = 'warning.normal'`,
    `address = ''`,
    `acting_for = 'somebody'`,
    `before = '{}'`,
    `after = jsonb_set(after, '{value}', '1.00')`,
    `place = 101`,
    `scenario = null`,
  ];
  await tamper(
    ...changes.map((change, i) => `update audit set ${change} where subject = 'warning/${i + 3}'`),
  );
  const { faults } = await verify();
  expect(faults.map(({ kind, seq }) => [kind, seq])).toEqual(changes.map((_, i) => ['changed', i + 3]));
  expect(faults[0]).toMatchObject({
    auditId: 3,
    at: NOON,
    text: expect.stringContaining('内容被改动') as string,
  });
});

test('a deleted row, a deleted seal and a gap are found', async () => {
  await write(9);
  await sealer.seal();
  await tamper('delete from audit where id = 4', 'delete from audit_seal where seq = 7');
  expect(await found()).toEqual([
    ['deleted', 4, 4],
    ['gap', 7, null],
    ['planted', null, 7],
  ]);
});

test('a row and its seal deleted, and the numbers closed up behind them, are found', async () => {
  await write(9);
  await sealer.seal();
  await tamper(
    'delete from audit where id = 5',
    'delete from audit_seal where audit_id = 5',
    'update audit_seal set seq = -seq where seq > 5'.replace('-seq', 'seq + 100'),
    'update audit_seal set seq = seq - 101 where seq > 100',
  );
  expect((await found())[0]).toEqual(['changed', 5, 6]);
});

test('two rows whose order was swapped are found, both of them', async () => {
  await write(9);
  await sealer.seal();
  await tamper(
    'update audit_seal set audit_id = -audit_id where seq in (3, 8)',
    'update audit_seal set audit_id = 11 + audit_id where audit_id < 0',
  );
  const { faults } = await verify();
  expect(faults.map(({ kind, seq, auditId }) => [kind, seq, auditId])).toEqual([
    ['swapped', 3, 8],
    ['swapped', 8, 3],
  ]);
  expect(faults[0]?.text).toContain('记录 3');
});

test('a changed seal is told from a changed row', async () => {
  await write(9);
  await sealer.seal();
  await tamper(`update audit_seal set hash = sha256('x') where seq = 5`);
  expect(await found()).toEqual([['seal', 5, 5]]);
});

test('an old row that was planted below what is sealed stays without a seal and is found', async () => {
  await write(5);
  await sealer.seal();
  await tamper(
    `insert into audit (id, at, actor, action, subject) overriding system value values (-3, now(), 'x', 'y', 'z')`,
  );
  await new AuditSealer(db.storage.system).seal();
  expect(await found()).toEqual([['planted', null, -3]]);
});

test('a cut tail is found by where the sealer stood, and by a head that was kept elsewhere', async () => {
  await write(9);
  await sealer.seal();
  await writeHead(desk, { day: '2026-11-20', now: NOON });
  const kept = await readHeadFile(path.join(desk.folder, '2026-11-20.json'));
  await tamper('delete from audit where id > 6', 'delete from audit_seal where seq > 6');
  expect(await found()).toEqual([
    ['cut', 7, null],
    ['cut', 7, null],
  ]);
  await tamper(
    `update audit_sealer set seq = s.seq, hash = s.hash from audit_seal s where s.seq = 6`,
    'delete from audit_head',
  );
  expect(await found()).toEqual([]);
  expect(await found({ elsewhere: [{ head: kept, from: 'kept.json' }] })).toEqual([['cut', 7, null]]);
});

test('a chain that was rewritten so that it fits itself does not fit its signed heads', async () => {
  await write(4);
  await sealer.seal();
  await writeHead(desk, { day: '2026-11-19', now: NOON - DAY });
  await write(5, 'second');
  await sealer.seal();
  await writeHead(desk, { day: '2026-11-20', now: NOON });
  expect(await found()).toEqual([]);
  await tamper(
    `update audit set actor = 'rule:other' where id = 7`,
    'truncate audit_seal',
    `update audit_sealer set floor = 0, seq = 0, hash = decode(repeat('00', 32), 'hex')`,
  );
  await new AuditSealer(db.storage.system).seal();
  expect(await found()).toEqual([['rewritten', 5, null]]);
});

test('a forged head is found: by its signature, and by the key it was signed with', async () => {
  await write(4);
  await sealer.seal();
  await writeHead(desk, { day: '2026-11-20', now: NOON });
  const file = path.join(desk.folder, '2026-11-20.json');
  const kept = await readHeadFile(file);
  const stranger = new HeadKey(new Vault(Buffer.alloc(32, 9))).sign({ ...kept });
  expect(await found({ elsewhere: [{ head: kept, from: file }] })).toEqual([]);
  expect(await found({ elsewhere: [{ head: { ...kept, seq: 3 }, from: file }] })).toEqual([
    ['head', 3, null],
  ]);
  expect(await found({ elsewhere: [{ head: stranger, from: file }] })).toEqual([['head', 4, null]]);
  await tamper('delete from audit_head');
  expect(await found({ ownFiles: [{ head: kept, from: file }] })).toEqual([['head', 4, null]]);
});

test('each day ends with one signed head, in the table and in a file, and a day that brought nothing with none', async () => {
  await write(2);
  await sealer.seal();
  await writeHead(desk, { day: '2026-11-20', now: NOON });
  await write(2, 'afternoon');
  await sealer.seal();
  expect(await closeDay(desk, NOON + DAY)).toBe(true);
  expect(await closeDay(desk, NOON + DAY)).toBe(false);
  expect(await closeDay(desk, NOON + 2 * DAY)).toBe(false);
  const [file, ...more] = await headFiles(desk.folder);
  expect(more).toEqual([]);
  expect(await readHeadFile(file ?? '')).toMatchObject({ day: '2026-11-20', seq: 4, signedAt: NOON + DAY });
  const { rows } = await sql`select day, seq from audit_head`.execute(db.storage.system);
  expect(rows).toEqual([{ day: '2026-11-20', seq: 4 }]);
});
