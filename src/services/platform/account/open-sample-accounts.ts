import { randomBytes } from 'node:crypto';

import type { SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { hashPassword, saltOf, verifyPassword } from '../session/password.ts';
import { ADMINISTRATORS, type FirstAccount, SAMPLE_ACCOUNTS } from './sample-accounts.ts';

export interface FirstPasswords {
  /** `PUAN_BOOTSTRAP_PASSWORD`; absent: one is made up. */
  readonly bootstrapPassword?: string | undefined;
  /** Only the three separated administrators. */
  readonly empty: boolean;
}

export interface OpenedAccounts {
  /** User names that were opened now. */
  readonly opened: readonly string[];
  /** User names whose first password was set anew to the given one. */
  readonly reset: readonly string[];
  /** The password that was made up for `opened`: to be printed once, it is stored nowhere. */
  readonly generatedPassword: string | undefined;
}

/**
 * Opens the accounts of the first start. Accounts that exist are left alone, except that a given password replaces a
 * first password that is still in use.
 */
export async function openSampleAccounts(
  context: SystemContext,
  given: FirstPasswords,
): Promise<OpenedAccounts> {
  const wanted = given.empty ? ADMINISTRATORS : [...ADMINISTRATORS, ...SAMPLE_ACCOUNTS];
  const held = await context.transaction((tx) => loadHeld(tx, wanted));
  const missing = wanted.filter((account) => !held.has(account.username));
  const { bootstrapPassword } = given;
  const stale =
    bootstrapPassword === undefined ? [] : await whereDiffers([...held.values()], bootstrapPassword);
  const generatedPassword =
    bootstrapPassword === undefined && missing.length > 0 ? randomBytes(12).toString('base64url') : undefined;
  const password = bootstrapPassword ?? generatedPassword;
  if (password === undefined || missing.length + stale.length === 0) {
    return { opened: [], reset: [], generatedPassword: undefined };
  }

  const usernames = [...missing.map((account) => account.username), ...stale];
  const hashes = await hashesOf(usernames, password);
  await context.transaction(async (tx) => {
    await open(tx, context.now(), missing, hashes);
    await reset(tx, context.now(), stale, hashes);
  });
  return { opened: missing.map((account) => account.username), reset: stale, generatedPassword };
}

interface Held {
  readonly username: string;
  readonly password_hash: string | null;
  readonly password_from_bootstrap: boolean;
}

async function loadHeld(tx: Tx, wanted: readonly FirstAccount[]): Promise<ReadonlyMap<string, Held>> {
  const rows = await tx
    .selectFrom('account')
    .select(['username', 'password_hash', 'password_from_bootstrap'])
    .where(
      'username',
      'in',
      wanted.map((account) => account.username),
    )
    .execute();
  return new Map(rows.map((row) => [row.username, row]));
}

const RUN_BYTES = 8;

/**
 * Accounts that still have a first password other than the given one. Salts of one run begin with the same eight bytes and
 * stand for the same password, so one verification answers for the whole run: 78 of them would cost each start a second.
 */
async function whereDiffers(held: readonly Held[], password: string): Promise<readonly string[]> {
  const first = held.flatMap(({ username, password_hash: hash, password_from_bootstrap }) =>
    password_from_bootstrap && hash !== null ? [{ username, hash }] : [],
  );
  const runs = Map.groupBy(first, (row) => saltOf(row.hash).subarray(0, RUN_BYTES).toString('hex'));
  const differing: string[] = [];
  for (const rows of runs.values()) {
    if (rows[0] && (await verifyPassword(password, rows[0].hash))) continue;
    differing.push(...rows.map((row) => row.username));
  }
  return differing;
}

async function hashesOf(
  usernames: readonly string[],
  password: string,
): Promise<ReadonlyMap<string, string>> {
  const run = randomBytes(RUN_BYTES);
  const pairs = usernames.map(async (username) => [username, await hashPassword(password, run)] as const);
  return new Map(await Promise.all(pairs));
}

async function open(
  tx: Tx,
  now: number,
  accounts: readonly FirstAccount[],
  hashes: ReadonlyMap<string, string>,
): Promise<void> {
  if (accounts.length === 0) return;
  const rows = accounts.map((account) => ({ ...account, hash: hashes.get(account.username) }));
  const { rows: assigned } = await sql<{ username: string }>`
    with given as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json)
        as a(username text, name text, hash text, role text, platform text)
    ), opened as (
      insert into account (username, name, password_hash, password_from_bootstrap, created_at, platform_id, place, scenario)
      select g.username, g.name, g.hash, true, ${new Date(now)}, p.id, p.place, p.scenario
      from given g left join platform p on p.code = g.platform
      returning id, username
    ), assigned as (
      insert into role_assignment (account_id, role, platform_id, place, scenario, valid_from, granted_by)
      select o.id, g.role, p.id, p.place, p.scenario, ${new Date(now)}, 'system'
      from opened o join given g using (username) join platform p on p.code = g.platform
      returning account_id
    ), audited as (
      insert into audit (at, actor, action, subject, after)
      select ${new Date(now)}, 'system', 'account.open', 'account/' || username,
        jsonb_build_object('role', role, 'platform', platform)
      from given
    )
    select o.username from opened o join assigned a on a.account_id = o.id`.execute(tx);
  const done = new Set(assigned.map((row) => row.username));
  const homeless = accounts.filter((account) => !done.has(account.username));
  if (homeless.length > 0) {
    const lines = homeless.map(({ username, platform }) => `${username}（${platform}）`).join('、');
    throw new Error(`样例账号所在的平台不存在：${lines}。请先载入平台清单。`);
  }
}

async function reset(
  tx: Tx,
  now: number,
  usernames: readonly string[],
  hashes: ReadonlyMap<string, string>,
): Promise<void> {
  if (usernames.length === 0) return;
  const rows = usernames.map((username) => ({ username, hash: hashes.get(username) }));
  await sql`
    with given as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as a(username text, hash text)
    ), changed as (
      update account set password_hash = given.hash, failed_attempts = 0, locked_until = null
      from given where account.username = given.username returning account.id, account.username
    ), ended as (
      delete from session using changed where session.account_id = changed.id
    )
    insert into audit (at, actor, action, subject)
    select ${new Date(now)}, 'system', 'account.reset-first-password', 'account/' || username from changed`.execute(
    tx,
  );
}
