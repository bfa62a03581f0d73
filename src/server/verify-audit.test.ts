import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { EmbeddedPostgres, Storage } from '#storage';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { Client } from '../../test/client.ts';
import { PASSWORD, PuanProcess } from '../../test/puan-process.ts';

const puan = new PuanProcess();
let auditor: Client;
let admin: Client;
const elsewhere = mkdtempSync(path.join(os.tmpdir(), 'puan-elsewhere-'));

interface Entry {
  readonly seq: number | null;
  readonly actor: string;
}

beforeAll(async () => {
  await puan.start();
  const nobody = new Client(puan.url);
  auditor = await nobody.as('auditor', PASSWORD);
  admin = await nobody.as('admin', PASSWORD);
}, 180_000);
afterAll(async () => {
  await puan.remove();
  rmSync(elsewhere, { recursive: true });
});

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

function verify(args: readonly string[] = [], dataDir = puan.dataDir): Promise<Run> {
  const script = path.resolve(import.meta.dirname, 'verify-audit.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PUAN_DATA_DIR: dataDir },
  });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, out, errors }));
  });
}

test('what people did is sealed within moments, and the chain of a running server holds', async () => {
  await vi.waitFor(
    async () => {
      const { items } = await auditor.ask<{ items: Entry[] }>('GET', '/api/v1/audit?action=session.opened');
      expect(items.map(({ seq, actor }) => [actor, seq !== null])).toEqual([
        ['admin', true],
        ['auditor', true],
      ]);
    },
    { timeout: 10_000, interval: 200 },
  );
  expect(await verify()).toMatchObject({ code: 0, out: expect.stringContaining('审计链完好') as string });
  // The server's database was left running.
  expect(await auditor.ask('GET', '/api/v1/audit/state')).toMatchObject({ unsealed: 0 });
});

test('the export comes as a file of its own, and its reading can be broken off', async () => {
  const ask = () =>
    fetch(`${puan.url}/api/v1/audit/export`, { headers: { authorization: `Bearer ${auditor.token}` } });
  const reply = await ask();
  expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(reply.headers.get('content-disposition')).toContain("attachment; filename*=UTF-8''");
  expect(await reply.text()).toContain('session.opened');
  await (await ask()).body?.cancel();
  const wrong = await auditor.send<{ code: string }>('GET', '/api/v1/audit/export?format=exe');
  expect([wrong.status, wrong.body.code]).toEqual([400, 'input.invalid']);
});

test('neither a gateway’s nor a stranger’s token reads the audit, by any of its routes', async () => {
  const { token } = await admin.ask<{ token: string }>('POST', '/api/v1/tokens', {
    name: '网关',
    kind: 'gateway',
  });
  for (const route of ['', '/export', '/heads', '/state']) {
    const seen = await Promise.all(
      [new Client(puan.url, token), admin, new Client(puan.url)].map((client) =>
        client.send<{ code: string }>('GET', `/api/v1/audit${route}`),
      ),
    );
    expect([route, ...seen.map(({ body }) => body.code)]).toEqual([
      route,
      'access.denied',
      'access.denied',
      'session.required',
    ]);
  }
});

test('hostile searches are refused with words, none of them as a fault of ours', async () => {
  for (const query of [
    'after=1_1%27--',
    'from=yesterday',
    'to=99999999999999999999',
    `subject=${'x'.repeat(5000)}`,
    'actor=%00',
    'platform=%27%20or%201%3D1',
    'limit=100000',
    'contains=maybe',
    'actor=a&actor=b',
  ]) {
    const { status, body } = await auditor.send<{ code: string }>('GET', `/api/v1/audit?${query}`);
    expect([query, status, body.code]).toEqual([query, 400, 'input.invalid']);
  }
});

test('a stopped server’s chain ends with a signed head; tampering is found and located by one command', async () => {
  await puan.stop();
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now());
  const file = path.join(puan.dataDir, 'audit-heads', `${day}.json`);
  const kept = path.join(elsewhere, 'kept.json');
  writeFileSync(kept, readFileSync(file));
  const sound = await verify(['--json', '--head', kept]);
  expect([sound.code, JSON.parse(sound.out)]).toMatchObject([
    0,
    { ok: true, waiting: 0, heads: 3, faults: [] },
  ]);

  const postgres = await EmbeddedPostgres.start({ dataDir: puan.dataDir, log: () => undefined });
  const storage = new Storage(postgres.address, () => undefined);
  const { rows } = await sql<{ id: number; seq: number }>`
    select a.id, s.seq from audit a join audit_seal s on s.audit_id = a.id where a.action = 'token.issue'`.execute(
    storage.system,
  );
  await sql`alter table audit disable trigger user`.execute(storage.system);
  await sql`update audit set actor = 'nobody' where action = 'token.issue'`.execute(storage.system);
  await sql`alter table audit enable trigger user`.execute(storage.system);
  await storage.close();
  await postgres.stop();

  const broken = await verify();
  expect(broken.code).toBe(1);
  expect(broken.out).toContain(`第 ${rows[0]?.seq} 环，记录 ${rows[0]?.id}，`);
  expect(broken.out).toContain('内容被改动');

  const forged = { ...(JSON.parse(readFileSync(kept, 'utf8')) as object), seq: 1 };
  writeFileSync(kept, JSON.stringify(forged));
  expect((await verify(['--head', kept])).out).toContain('是伪造的');
}, 120_000);

test.each([
  ['an unknown argument', ['--fix'], '不认识的参数'],
  ['a head that is not there', ['--head', '/nowhere.json'], '读不到签名头文件'],
  ['a file that is no head', ['--head', path.resolve('package.json')], '不是审计链的签名头'],
] as const)('%s is unusable: exit 2 and a sentence', async (_, args, sentence) => {
  expect(await verify(args)).toMatchObject({ code: 2, errors: expect.stringContaining(sentence) as string });
});

test('a folder without a database is said to be one, and stays empty', async () => {
  expect(await verify([], elsewhere)).toMatchObject({
    code: 2,
    errors: expect.stringContaining('没有数据库') as string,
  });
});
