import { NOWHERE, Rights, type Scope, SCOPE_STRETCHES } from '#model/platform';
import { type Actor, type Ground, SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type Credential, holdCredential } from './credential.ts';
import { loadRights } from './rights.ts';
import { IDLE_MS } from './session-view.ts';
import { hashToken } from './token-text.ts';

/** How long an answer is believed without asking the tables again: a sign-out elsewhere takes effect this late. */
const BELIEVED_MS = 5_000;
const NOTED_EVERY_MS = 60_000;
const KEPT = 20_000;

type Found = Credential['actor'];

interface Answer {
  readonly credential: Promise<Credential | undefined>;
  readonly askedAt: number;
}

export type FindActor = (token: string, address: string) => Promise<Actor | undefined>;

/**
 * Who stands behind a secret from the cookie or `Authorization: Bearer`, whether of a session or of a token; undefined when
 * it is unknown, ended or revoked. One finder serves the whole process.
 */
export function createFindActor(ground: Ground): FindActor {
  const finder = new ActorFinder(new SystemContext(ground));
  return (token, address) => finder.find(token, address);
}

class ActorFinder {
  readonly #context: SystemContext;
  readonly #answers = new Map<string, Answer>();

  constructor(context: SystemContext) {
    this.#context = context;
  }

  async find(token: string, address: string): Promise<Actor | undefined> {
    const now = this.#context.now();
    const known = this.#answers.get(token);
    const answer = known && now - known.askedAt < BELIEVED_MS ? known : this.#ask(token, now);
    const credential = await answer.credential;
    if (!credential || credential.endsAt <= now) return undefined;
    const forget = (): void => void this.#answers.delete(token);
    return holdCredential({ ...credential.actor, address }, { credential, forget });
  }

  #ask(token: string, now: number): Answer {
    const hash = hashToken(token);
    const asked = this.#context.transaction(
      async (tx) => (await findSession(tx, hash, now)) ?? (await findToken(tx, hash, now)),
    );
    const answer = { credential: asked, askedAt: now };
    this.#answers.delete(token);
    this.#answers.set(token, answer);
    const forgetThis = (): void => {
      if (this.#answers.get(token) === answer) this.#answers.delete(token);
    };
    // Secrets that lead nowhere are not kept, or guessing would fill the memory.
    asked.then((found) => found ?? forgetThis(), forgetThis);
    const oldest = this.#answers.keys().next();
    if (this.#answers.size > KEPT && !oldest.done) this.#answers.delete(oldest.value);
    return answer;
  }
}

interface Person {
  readonly id: number;
  readonly username: string;
  readonly name: string;
}

async function findSession(tx: Tx, hash: Buffer, now: number): Promise<Credential | undefined> {
  const row = await tx
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .select(['session.id as session', 'session.last_used_at', 'session.expires_at'])
    .select(['account.id', 'account.username', 'account.name', 'account.password_from_bootstrap'])
    .where('session.token_hash', '=', hash)
    .where(sql<boolean>`session.expires_at > ${new Date(now)}`)
    .where(sql<boolean>`session.last_used_at > ${new Date(now - IDLE_MS)}`)
    .where('account.disabled_at', 'is', null)
    .executeTakeFirst();
  if (!row) return undefined;
  if (now - row.last_used_at >= NOTED_EVERY_MS) {
    await sql`update session set last_used_at = ${new Date(now)} where id = ${row.session}`.execute(tx);
  }
  return {
    actor: await personActor(tx, row, now),
    endsAt: row.expires_at,
    session: row.session,
    firstPassword: row.password_from_bootstrap,
  };
}

async function personActor(tx: Tx, { id, username, name }: Person, now: number): Promise<Found> {
  return { accountId: id, username, name, rights: await loadRights(tx, id, now) };
}

interface TokenRow {
  readonly id: number;
  readonly name: string;
  readonly kind: 'gateway' | 'device' | 'person';
  readonly device_id: number | null;
  readonly expires_at: number | null;
  readonly last_used_at: number | null;
  readonly account_id: number;
  readonly username: string;
  readonly account_name: string;
  readonly disabled: boolean;
}

async function findToken(tx: Tx, hash: Buffer, now: number): Promise<Credential | undefined> {
  const { rows } = await sql<TokenRow>`
    select t.id, t.name, t.kind, t.device_id, t.expires_at, t.last_used_at, a.id as account_id, a.username,
      a.name as account_name, a.disabled_at is not null as disabled
    from token t join account a on a.id = t.account_id
    where t.token_hash = ${hash} and t.revoked_at is null
      and (t.expires_at is null or t.expires_at > ${new Date(now)})`.execute(tx);
  const [row] = rows;
  if (!row) return undefined;
  const actor = await tokenActor(tx, row, now);
  if (actor && (row.last_used_at === null || now - row.last_used_at >= NOTED_EVERY_MS)) {
    await sql`update token set last_used_at = ${new Date(now)} where id = ${row.id}`.execute(tx);
  }
  if (!actor) return undefined;
  const endsAt = row.expires_at ?? Number.POSITIVE_INFINITY;
  return { actor, endsAt, session: undefined, firstPassword: false };
}

/**
 * A person's token is the person. A gateway looks where its issuer may look and outlives the issuer's account; a device
 * only writes, and only its own points.
 */
async function tokenActor(tx: Tx, row: TokenRow, now: number): Promise<Found | undefined> {
  const { kind, account_id: accountId, name, username } = row;
  if (kind === 'person') {
    if (row.disabled) return undefined;
    return personActor(tx, { id: accountId, username, name: row.account_name }, now);
  }
  const machine = { accountId, username: `token:${row.id}`, name };
  if (kind === 'gateway') {
    const { reach } = await loadRights(tx, accountId, now);
    return { ...machine, rights: machineRights(reach) };
  }
  if (row.device_id === null) return undefined;
  return { ...machine, rights: machineRights(NOWHERE), deviceId: row.device_id };
}

function machineRights(reach: Scope): Rights {
  const scope = { ...reach, places: reach.places.slice(0, SCOPE_STRETCHES) };
  return new Rights([{ role: 'gateway', platform: '', platformName: '', scope, actingFor: null }]);
}
