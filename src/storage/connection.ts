import type { Scope } from '#model/platform';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';

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

/**
 * The two ways to the tables. `system` is the owner: migrations, ingest, rules. `request` logs in as `puan_app`, which
 * owns nothing: whatever a person asks goes through row-level security.
 */
export class Storage {
  readonly system: Kysely<Database>;
  readonly #request: Kysely<Database>;
  readonly location: DatabaseLocation;

  #closing = false;

  constructor(location: DatabaseLocation, tell: (error: Error) => void) {
    this.location = location;
    const onError = (error: Error): void => {
      if (!this.#closing) tell(error);
    };
    this.system = new Kysely({ dialect: new PostgresDialect({ pool: pool(location, 8, '', onError) }) });
    const asApp = ' -c role=puan_app';
    this.#request = new Kysely({
      dialect: new PostgresDialect({ pool: pool(location, 12, asApp, onError) }),
    });
  }

  /** Runs a request's statements under its scope; without one every scoped table answers with an error. */
  async inScope<T>(scope: Scope, run: (tx: Tx) => Promise<T>): Promise<T> {
    const [a, b] = twoRanges(scope);
    return this.#request.transaction().execute(async (tx) => {
      await sql`select set_config('puan.a0', ${String(a.from)}, true), set_config('puan.a1', ${String(a.to)}, true),
        set_config('puan.b0', ${String(b.from)}, true), set_config('puan.b1', ${String(b.to)}, true),
        set_config('puan.scenarios', ${`{${scope.scenarios.join(',')}}`}, true)`.execute(tx);
      return run(tx);
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([this.system.destroy(), this.#request.destroy()]);
  }
}

const NOWHERE = { from: 1, to: 0 };

/** The policies know two stretches of territory; neighbouring and nested ones are joined first. */
function twoRanges(scope: Scope): readonly [{ from: number; to: number }, { from: number; to: number }] {
  const joined: { from: number; to: number }[] = [];
  for (const range of scope.places.toSorted((x, y) => x.from - y.from)) {
    const last = joined.at(-1);
    if (last && range.from <= last.to + 1) last.to = Math.max(last.to, range.to);
    else joined.push({ ...range });
  }
  if (joined.length > 2)
    throw new Error(`a scope of ${joined.length} separate territories; the policies hold two`);
  return [joined[0] ?? NOWHERE, joined[1] ?? NOWHERE];
}

function pool(
  location: DatabaseLocation,
  max: number,
  options: string,
  onError: (error: Error) => void,
): pg.Pool {
  const config = clientConfig(location);
  const made = new pg.Pool({
    ...config,
    options: `${config.options}${options}`,
    max,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks (the database was killed) must not end the process: neither an idle one, nor one that is
  // lent out and between two statements, to which nobody else listens.
  made.on('error', onError);
  made.on('connect', (client) => client.on('error', onError));
  return made;
}
