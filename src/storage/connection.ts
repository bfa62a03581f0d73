import { setTimeout as sleep } from 'node:timers/promises';

import type { Scope } from '#model/platform';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';

import { namesStatements } from './kept-plans.ts';
import type { DatabaseAddress } from './postgres/embedded-postgres.ts';
import type { Database } from './tables/database.ts';

/** A transaction over the tables; what use cases and stores are handed. */
export type Tx = Transaction<Database>;

const INT8 = 20;
const TIMESTAMPTZ = 1184;
const DATE = 1082;

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') => {
    // Ids and counts stay far below 2^53.
    if (oid === INT8) return Number;
    if (oid === TIMESTAMPTZ) return parseMoment;
    if (oid === DATE) return String;
    return pg.types.getTypeParser(oid, format ?? 'text');
  }) as typeof pg.types.getTypeParser,
};

/** `2026-11-23 08:00:00.123456+00` → epoch ms; the sessions' zone is UTC. */
function parseMoment(text: string): number {
  if (text === 'infinity') return Number.POSITIVE_INFINITY;
  if (text === '-infinity') return Number.NEGATIVE_INFINITY;
  // Trailing zeros of the fraction are not written: `…:00.12+00`. Milliseconds are kept, the rest is cut.
  return Date.parse(`${text.slice(0, -3).replace(' ', 'T').slice(0, 23)}Z`);
}

/** Where the database is: the embedded one's address, or a `DATABASE_URL`. */
export type DatabaseLocation = DatabaseAddress | { readonly url: string };

export function clientConfig(location: DatabaseLocation): pg.ClientConfig {
  const base = 'url' in location ? { connectionString: location.url } : { ...location };
  return { ...base, types, application_name: 'puan', options: '-c timezone=UTC' };
}

/** Who asks, what for, and how far that reaches; see the policies in `migrations/0007-rights.sql`. */
export interface Asking {
  readonly scope: Scope;
  /** Id of the account; 0 for nobody. */
  readonly account: number;
  readonly capability: string;
}

/**
 * The ways to the tables. `system` is the owner: migrations, ingest, rules. `request` logs in as `puan_app`, which
 * owns nothing: whatever a person asks goes through row-level security.
 */
export class Storage {
  readonly system: Kysely<Database>;
  /**
   * The owner, for what follows events: a few connections of its own that are never given back. Each has planned its statements
   * (kept-plans.ts); a breach in the night that met one fresh from the pool would wait for all of them to be planned.
   */
  readonly followers: Kysely<Database>;
  readonly #request: Kysely<Database>;
  readonly location: DatabaseLocation;

  /** Every connection there is, with the moment it has ended. */
  readonly #connections = new Map<pg.PoolClient, Promise<void>>();
  #closing = false;

  constructor(location: DatabaseLocation, tell: (error: Error) => void) {
    this.location = location;
    const onError = (error: Error): void => {
      if (!this.#closing) tell(error);
    };
    const open = (max: number, options = '', idleTimeoutMillis = IDLE_MS): Kysely<Database> => {
      const made = pool(location, { max, options, idleTimeoutMillis }, onError);
      made.on('connect', (client) => {
        this.#keep(client);
        namesStatements(client);
      });
      return new Kysely({ dialect: new PostgresDialect({ pool: made }) });
    };
    this.system = open(8);
    this.followers = open(FOLLOWERS, '', 0);
    this.#request = open(12, ' -c role=puan_app');
  }

  /** Runs a request's statements under its scope; without one every scoped table answers with an error. */
  async inScope<T>({ scope, account, capability }: Asking, run: (tx: Tx) => Promise<T>): Promise<T> {
    const bounds = STRETCHES.flatMap((name, i) => {
      const { from, to } = scope.places[i] ?? EMPTY;
      return [
        sql`set_config(${`puan.${name}0`}, ${String(from)}, true)`,
        sql`set_config(${`puan.${name}1`}, ${String(to)}, true)`,
      ];
    });
    if (scope.places.length > STRETCHES.length) {
      throw new Error(
        `a scope of ${scope.places.length} separate territories; the policies hold ${STRETCHES.length}`,
      );
    }
    return this.#request.transaction().execute(async (tx) => {
      await sql`select ${sql.join(bounds)}, set_config('puan.scenarios', ${`{${scope.scenarios.join(',')}}`}, true),
        set_config('puan.account', ${String(account)}, true), set_config('puan.capability', ${capability}, true)`.execute(
        tx,
      );
      return run(tx);
    });
  }

  /** Ends every connection. A pool is content once it has asked for that; the database must be able to stop right after. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([this.system.destroy(), this.followers.destroy(), this.#request.destroy()]);
    const limit = new AbortController();
    await Promise.race([
      Promise.all(this.#connections.values()),
      sleep(FAREWELL_MS, undefined, { signal: limit.signal }).catch(() => undefined),
    ]);
    limit.abort();
  }

  #keep(client: pg.PoolClient): void {
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    this.#connections.set(
      client,
      ended.then(() => void this.#connections.delete(client)),
    );
  }
}

/** As many as have a turn at once (bus/turns.ts). */
const FOLLOWERS = 3;
const IDLE_MS = 30_000;

/** A database across a network that is gone never says that a connection has ended. */
const FAREWELL_MS = 5000;

/** The stretches of territory that the policies compare, by the names of their settings. */
const STRETCHES = ['a', 'b', 'c', 'd'] as const;
const EMPTY = { from: 1, to: 0 };

function pool(
  location: DatabaseLocation,
  {
    max,
    options,
    idleTimeoutMillis,
  }: { readonly max: number; readonly options: string; readonly idleTimeoutMillis: number },
  onError: (error: Error) => void,
): pg.Pool {
  const config = clientConfig(location);
  const made = new pg.Pool({
    ...config,
    options: `${config.options}${options}`,
    max,
    idleTimeoutMillis,
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks (the database was killed) must not end the process: neither an idle one, nor one that is
  // lent out and between two statements, to which nobody else listens.
  made.on('error', onError);
  made.on('connect', (client) => client.on('error', onError));
  return made;
}
