import { type Kysely, sql, type Transaction } from 'kysely';

import { type Dispatcher, nextEvents } from './dispatcher.ts';
import type { Event } from './event.ts';
import type { NextEvents } from './recent-events.ts';
import type { Turns, Urgency } from './turns.ts';

/** A use case that follows events: its effects and its cursor are one transaction, so each event takes effect once. */
export interface Subscription<DB> {
  /** Name of the cursor; renaming it would make it begin anew. */
  readonly name: string;
  readonly types: readonly string[];
  /** `record` unless told. */
  readonly urgency?: Urgency;
  /** Handles a batch, oldest first; throws to have it brought again. */
  handle(tx: Transaction<DB>, events: readonly Event[]): Promise<void>;
}

/** So many wanted events at most are one turn: of what is urgent it is long; what is not gives way sooner. */
const BATCH: Readonly<Record<Urgency, number>> = { chain: 2000, tell: 500, record: 500 };
/** So many of all kinds are looked through in the table, by whoever is behind. */
const LOOKED_THROUGH = 2000;
const RETRY_MS = 1000;

interface SubscriberHooks {
  /** Shared by all subscribers of a database. */
  readonly turns: Turns;
  /** Readies the transaction in which so many events are handled. */
  readonly prepare?: (tx: Kysely<never>, count: number) => Promise<void>;
  readonly afterCommit: () => void;
  readonly onError: (name: string, error: unknown) => void;
}

/** Drives one subscription: reads after its cursor, handles, moves the cursor. */
export class Subscriber<DB> {
  readonly #db: Kysely<DB>;
  readonly #subscription: Subscription<DB>;
  readonly #types: ReadonlySet<string>;
  readonly #hooks: SubscriberHooks;
  #dispatcher: Dispatcher | undefined;
  /** The last event that was handled or not wanted; undefined: the table has to be asked. */
  #cursor: number | undefined;
  #stopListening: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(db: Kysely<DB>, subscription: Subscription<DB>, hooks: SubscriberHooks) {
    this.#db = db;
    this.#subscription = subscription;
    this.#types = new Set(subscription.types);
    this.#hooks = hooks;
  }

  get #urgency(): Urgency {
    return this.#subscription.urgency ?? 'record';
  }

  start(dispatcher: Dispatcher): void {
    this.#dispatcher = dispatcher;
    this.#stopListening = dispatcher.listen((events) => {
      if (events.some((event) => this.#types.has(event.type))) this.#wake();
    });
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopListening?.();
    clearTimeout(this.#retry);
    await this.#running;
  }

  #wake(): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = this.#catchUp().finally(() => {
      this.#running = undefined;
      if (this.#again) {
        this.#again = false;
        this.#wake();
      }
    });
  }

  async #catchUp(): Promise<void> {
    try {
      for (let more = true; more && !this.#stopped;)
        more = await this.#hooks.turns.take(
          this.#urgency,
          async () => !this.#stopped && (await this.#step()),
        );
    } catch (error) {
      this.#cursor = undefined;
      this.#hooks.onError(this.#subscription.name, error);
      this.#retry = setTimeout(() => this.#wake(), RETRY_MS);
    }
  }

  /** One batch in one transaction; true when there may be more. */
  async #step(): Promise<boolean> {
    const after = (this.#cursor ??= await this.#stored());
    const recent = this.#dispatcher?.recent(after, BATCH[this.#urgency], this.#types);
    const next = recent ?? (await this.#read(after));
    if (next.last === undefined) return false;
    // Told by memory that nothing is wanted: what the table has is right as well, and is moved with the next that is.
    if (next.wanted.length > 0 || !recent) await this.#handle(next.wanted, { after, last: next.last });
    this.#cursor = next.last;
    return next.isFull;
  }

  async #handle(
    wanted: readonly Event[],
    { after, last }: { readonly after: number; readonly last: number },
  ): Promise<void> {
    const { name } = this.#subscription;
    await this.#db.transaction().execute(async (tx) => {
      await this.#hooks.prepare?.(tx as unknown as Kysely<never>, wanted.length);
      if (wanted.length > 0) await this.#subscription.handle(tx, wanted);
      // Only from where this batch began: had anybody else handled it meanwhile, all of it is undone.
      const { rows } = await sql`insert into subscription (name, seq) values (${name}, ${last})
        on conflict (name) do update set seq = excluded.seq where subscription.seq <= ${after} returning seq`.execute(
        tx,
      );
      if (rows.length === 0) throw new Error(`the cursor of ${name} was moved by somebody else`);
    });
    this.#hooks.afterCommit();
  }

  async #stored(): Promise<number> {
    const { rows } = await sql<{ seq: number }>`
      select seq from subscription where name = ${this.#subscription.name}`.execute(this.#db);
    return rows[0]?.seq ?? 0;
  }

  #read(after: number): Promise<NextEvents> {
    const { types } = this.#subscription;
    const asked = { after, types, limit: BATCH[this.#urgency], through: LOOKED_THROUGH };
    return nextEvents(this.#db as unknown as Kysely<never>, asked);
  }
}
