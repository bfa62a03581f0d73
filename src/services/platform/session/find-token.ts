import { narrowScope, NOWHERE, Rights, type Scope, SCOPE_STRETCHES } from '#model/platform';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { mayEnter } from '../account/account-state.ts';
import type { Credential } from './credential.ts';
import { NOTED_EVERY_MS } from './find-session.ts';
import { loadRights, loadScopeOf } from './rights.ts';

interface TokenRow {
  readonly id: number;
  readonly name: string;
  readonly kind: 'gateway' | 'device' | 'person';
  readonly device_id: number | null;
  readonly platform_id: number | null;
  readonly only_scenarios: number[] | null;
  readonly expires_at: number | null;
  readonly last_used_at: number | null;
  readonly account_id: number;
  readonly username: string;
  readonly account_name: string;
  readonly shut: boolean;
}

/** The API token of a secret's hash, while it is in force. */
export async function findToken(tx: Tx, hash: Buffer, now: number): Promise<Credential | undefined> {
  const at = new Date(now);
  const { rows } = await sql<TokenRow>`
    select t.id, t.name, t.kind, t.device_id, t.platform_id, t.only_scenarios, t.expires_at, t.last_used_at, a.id as account_id,
      a.username, a.name as account_name,
      not ${mayEnter(now, 'a')} as shut
    from token t join account a on a.id = t.account_id
    where t.token_hash = ${hash} and t.revoked_at is null and (t.expires_at is null or t.expires_at > ${at})`.execute(
    tx,
  );
  const [row] = rows;
  const actor = row && (await actorOf(tx, row, now));
  if (!row || !actor) return undefined;
  if (row.last_used_at === null || now - row.last_used_at >= NOTED_EVERY_MS) {
    await sql`update token set last_used_at = ${at} where id = ${row.id}`.execute(tx);
  }
  return {
    actor,
    endsAt: row.expires_at ?? Number.POSITIVE_INFINITY,
    idleEndsAt: Number.POSITIVE_INFINITY,
    session: undefined,
    token: row.id,
    firstPassword: false,
    secondFactor: false,
  };
}

/**
 * A person's token is the person. A gateway looks where its issuer may look, or where it was narrowed to, and outlives the
 * issuer's account; a device only writes, and only its own points.
 */
async function actorOf(tx: Tx, row: TokenRow, now: number): Promise<Credential['actor'] | undefined> {
  const { kind, account_id: accountId, name, username } = row;
  if (kind === 'person') {
    if (row.shut) return undefined;
    return { accountId, username, name: row.account_name, rights: await loadRights(tx, accountId, now) };
  }
  const machine = { accountId, username: `token:${row.id}`, name };
  if (kind === 'gateway') {
    const { reach } = await loadRights(tx, accountId, now);
    return { ...machine, rights: machineRights(await narrowed(tx, row, reach)) };
  }
  if (row.device_id === null) return undefined;
  return { ...machine, rights: machineRights(NOWHERE), deviceId: row.device_id };
}

async function narrowed(tx: Tx, { platform_id, only_scenarios }: TokenRow, reach: Scope): Promise<Scope> {
  const inPlatform = platform_id === null ? reach : narrowScope(reach, await loadScopeOf(tx, platform_id));
  return only_scenarios === null
    ? inPlatform
    : narrowScope(inPlatform, { places: [], scenarios: only_scenarios });
}

function machineRights(reach: Scope): Rights {
  const scope = { ...reach, places: reach.places.slice(0, SCOPE_STRETCHES) };
  return new Rights([{ role: 'gateway', platform: '', platformName: '', scope, actingFor: null }]);
}
