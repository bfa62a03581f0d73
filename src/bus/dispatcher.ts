import { type Kysely, sql } from 'kysely';

import type { Event } from './event.ts';
import { type NextEvents, RecentEvents } from './recent-events.ts';

type Listener = (events: readonly Event[]) => void;

const BATCH = 5000;

/**
 * The one dispatcher: takes committed rows out of the outbox, numbers them, keeps them as events and tells the
 * listeners. A sequence alone would number rows in the order of writing, not of committing, and readers "after n"
 * would miss the late ones.
 */
export class Dispatcher {
  readonly #db: Kysely<never>;
  readonly #onError: (error: unknown) => void;
  readonly #listeners = new Set<Listener>();
  readonly #recent = new RecentEvents();
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Kysely<never>, onError: (error: unknown) => void) {
    this.#db = db;
    this.#onError = onError;
  }

  /** Also looks by itself, for rows that were committed without a poke (another process, a crash between). */
  start(everyMs = 500): void {
    this.#timer = setInterval(() => this.poke(), everyMs);
    this.poke();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Told after a commit that wrote events; returns at once. */
  poke(): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = this.#drain().finally(() => {
      this.#running = undefined;
      if (this.#again) {
        this.#again = false;
        this.poke();
      }
    });
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The next events after `seq` out of memory; undefined where not all of them are there. */
  recent(seq: number, limit: number, types: ReadonlySet<string>): NextEvents | undefined {
    return this.#recent.after(seq, limit, types);
  }

  async #drain(): Promise<void> {
    try {
      for (let more = true; more;) {
        const events = await this.#publish();
        this.#recent.add(events);
        this.#tell(events);
        more = events.length === BATCH;
      }
    } catch (error) {
      // The rows stay in the outbox and are published on the next round; or they are published and only the answer was lost.
      this.#recent.forget();
      this.#onError(error);
    }
  }

  /** The rows are published: a listener that fails must not keep the others from hearing of them. */
  #tell(events: readonly Event[]): void {
    for (const listener of this.#listeners) {
      try {
        listener(events);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  /** One snapshot: what is up to the last of the first so many rows that are seen is just these. By a bound, not by a join: a plan for an empty outbox would compare each with each. */
  async #publish(): Promise<readonly Event[]> {
    const { rows } = await sql<Event>`
      with taken as (
        delete from outbox where id <= (select max(id) from (select id from outbox order by id limit ${BATCH}) first)
        returning id, type, at, place, scenario, payload
      ), ordered as (select * from taken order by id)
      insert into event (seq, type, at, place, scenario, payload)
      select nextval('event_seq'), type, at, place, scenario, payload from ordered
      returning seq, type, extract(epoch from at)::float8 * 1000 as at, place, scenario, payload`.execute(
      this.#db,
    );
    return rows.toSorted((a, b) => a.seq - b.seq);
  }
}

interface Asked {
  readonly after: number;
  readonly types: readonly string[];
  /** So many wanted ones at most. */
  readonly limit: number;
  /** So many of all types are looked through at most. */
  readonly through: number;
}

/** The next wanted events as the table has them, and how far was looked for them. */
export async function nextEvents(
  db: Kysely<never>,
  { after, types, limit, through }: Asked,
): Promise<NextEvents> {
  const { rows } = await sql<{ last: number | null; n: number }>`
    select max(seq) as last, count(*) as n from (select seq from event where seq > ${after} order by seq limit ${through}) next`.execute(
    db,
  );
  const { last = null, n = 0 } = rows[0] ?? {};
  if (last === null) return { last: undefined, isFull: false, wanted: [] };
  const { rows: wanted } = await sql<Event>`
    select seq, type, extract(epoch from at)::float8 * 1000 as at, place, scenario, payload
    from event where seq > ${after} and seq <= ${last} and type = any(${types}::text[]) order by seq limit ${limit}`.execute(
    db,
  );
  return wanted.length === limit
    ? { last: wanted.at(-1)?.seq, isFull: true, wanted }
    : { last, isFull: n === through, wanted };
}

/** Published events after `seq`, oldest first. */
export async function eventsAfter(db: Kysely<never>, seq: number, limit: number): Promise<readonly Event[]> {
  const { rows } = await sql<Event>`
    select seq, type, extract(epoch from at)::float8 * 1000 as at, place, scenario, payload
    from event where seq > ${seq} order by seq limit ${limit}`.execute(db);
  return rows;
}

export async function newestSeq(db: Kysely<never>): Promise<number> {
  const { rows } = await sql<{ seq: number }>`select coalesce(max(seq), 0) as seq from event`.execute(db);
  return rows[0]?.seq ?? 0;
}

/** Removes published events older than `before` (epoch ms), a portion at a time; gives how many went. */
export async function forgetEvents(db: Kysely<never>, before: number, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from event where at < to_timestamp(${before} / 1000.0)
      and seq in (select seq from event order by seq limit ${limit})`.execute(db);
  return Number(numAffectedRows ?? 0);
}
