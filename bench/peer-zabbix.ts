import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

import { EmbeddedPostgres } from '#storage';
import pg from 'pg';

import { postgresOf } from '../test/postgres-of.ts';
import { freePort } from '../test/puan-process.ts';
import type { Endings } from './endings.ts';
import { findProgram, Foreign, versionOf } from './foreign.ts';
import { LIMITS, type Peer, POINTS } from './peer.ts';
import { ITEMS_PER_HOST, receiverOf } from './receivers.ts';

/** Debian's package has the tables with the server, Zabbix's own beside it. */
const TABLES = ['/usr/share/zabbix-server-pgsql', '/usr/share/zabbix-sql-scripts/postgresql'];
/** Above everything that comes with it. */
const FIRST_ID = 10_000_000;
const READY_MS = 180_000;

export function findZabbix(): { readonly program: string; readonly tables: string } | undefined {
  const program = findProgram('zabbix_server');
  const tables = TABLES.find((folder) => existsSync(folder));
  return program !== undefined && tables !== undefined ? { program, tables } : undefined;
}

/**
 * A Zabbix server on a PostgreSQL of its own, with the same binaries and settings as ours: trapper items, four triggers on the
 * last value each, caches so large that it never waits for them, its own hosts switched off.
 */
export async function startZabbix(
  { program, tables }: { readonly program: string; readonly tables: string },
  endings: Endings,
): Promise<Peer> {
  const folder = endings.folder('zabbix');
  const postgres = await EmbeddedPostgres.start({ dataDir: folder, log: () => undefined });
  endings.add(() => postgres.stop());
  const client = await openDatabase(postgres.address, endings);
  for (const sql of await readTables(tables)) await client.query(sql);
  await furnish(client);

  const port = await freePort();
  const file = path.join(folder, 'zabbix_server.conf');
  writeFileSync(file, settings(folder, port, postgres.address), { mode: 0o600 });
  const server = new Foreign(program, ['-f', '-c', file], endings);
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  // Counting is our work, not its.
  const counting = rows[0]?.pid ?? 0;
  const knocking = receiverOf({ kind: 'zabbix', port }, 1);
  const one = knocking.batch(0, 1);
  await server.ready(async () => (await knocking.send(one, one.at(Date.now(), 0))) === 1, READY_MS);
  return {
    name: `Zabbix ${versionOf(program)}`,
    target: { kind: 'zabbix', port },
    pids: () => [...server.pids(), ...postgresOf(folder)].filter((pid) => pid !== counting),
    stored: async () => {
      const { rows } = await client.query<{ n: string }>('select count(*) as n from history');
      return Number(rows[0]?.n ?? 0);
    },
  };
}

async function openDatabase(address: EmbeddedPostgres['address'], endings: Endings): Promise<pg.Client> {
  const first = new pg.Client({ ...address, database: 'postgres' });
  await first.connect();
  await first.query(`create database zabbix encoding 'UTF8' template template0`);
  await first.end();
  const client = new pg.Client({ ...address, database: 'zabbix' });
  // It is cut off when its database is ended.
  client.on('error', () => undefined);
  await client.connect();
  endings.add(() => client.end());
  return client;
}

async function readTables(folder: string): Promise<readonly string[]> {
  const inOne = path.join(folder, 'server.sql.gz');
  const files = existsSync(inOne)
    ? [inOne]
    : ['schema', 'images', 'data'].map((name) => path.join(folder, `${name}.sql.gz`));
  return files.map((file) => gunzipSync(readFileSync(file)).toString('utf8'));
}

/** Hosts of a hundred items each, every item with a trigger a level. */
async function furnish(client: pg.Client): Promise<void> {
  // Its own triggers keep search columns, which are written here.
  await client.query('set session_replication_role = replica');
  await client.query('update hosts set status = 1');
  await client.query(
    `insert into hosts (hostid, host, name, name_upper, status)
    select ${FIRST_ID} + h, 'bench' || h, 'bench' || h, 'BENCH' || h, 0 from generate_series(0, $1::int - 1) h`,
    [POINTS / ITEMS_PER_HOST],
  );
  await client.query(
    `insert into items (itemid, hostid, type, value_type, key_, name, name_upper)
    select ${FIRST_ID} + i, ${FIRST_ID} + i / $2::int, 2, 0, 'v' || i % $2::int, 'v' || i % $2::int, 'V' || i % $2::int
    from generate_series(0, $1::int - 1) i`,
    [POINTS, ITEMS_PER_HOST],
  );
  await client.query(
    `insert into item_rtdata (itemid) select ${FIRST_ID} + i from generate_series(0, $1::int - 1) i`,
    [POINTS],
  );
  for (const [n, limit] of LIMITS.entries()) {
    const first = FIRST_ID + n * POINTS;
    await client.query(
      `insert into triggers (triggerid, expression, description, priority)
      select ${first} + i, '{' || ${first} + i || '}>=${limit}', 'bench' || i, ${n + 2} from generate_series(0, $1::int - 1) i`,
      [POINTS],
    );
    await client.query(
      `insert into functions (functionid, itemid, triggerid, name, parameter)
      select ${first} + i, ${FIRST_ID} + i, ${first} + i, 'last', '$' from generate_series(0, $1::int - 1) i`,
      [POINTS],
    );
  }
  await client.query('reset session_replication_role');
  await client.query('set max_parallel_workers_per_gather = 0');
  await client.query('vacuum analyze');
}

function settings(
  folder: string,
  port: number,
  { host, user, password }: EmbeddedPostgres['address'],
): string {
  return Object.entries({
    ListenIP: '127.0.0.1',
    ListenPort: port,
    LogType: 'console',
    PidFile: path.join(folder, 'zabbix.pid'),
    SocketDir: folder,
    DBHost: host,
    DBName: 'zabbix',
    DBUser: user,
    DBPassword: password,
    AllowUnsupportedDBVersions: 1,
    AllowRoot: 1,
    StartTrappers: 8,
    StartDBSyncers: 4,
    CacheSize: '1G',
    CacheUpdateFrequency: 3600,
    HistoryCacheSize: '256M',
    HistoryIndexCacheSize: '64M',
    TrendCacheSize: '128M',
    ValueCacheSize: '1G',
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
