import { type Kysely, sql, type Transaction } from 'kysely';

import { type Dispatcher, type Event, nextEvents } from './dispatcher.ts';
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

const BATCH = 2000;
const RETRY_MS = 1000;

interface SubscriberHooks {
  /** Shared by all subscribers of a database. */
  readonly turns: Turns;
  readonly afterCommit: () => void;
  readonly onError: (name: string, error: unknown) => void;
}

/** Drives one subscription: reads after its cursor, handles, moves the cursor. */
export class Subscriber<DB> {
  readonly #db: Kysely<DB>;
  readonly #subscription: Subscription<DB>;
  readonly #types: ReadonlySet<string>;
  readonly #hooks: SubscriberHooks;
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

  start(dispatcher: Dispatcher): void {
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
      const urgency = this.#subscription.urgency ?? 'record';
      for (let more = true; more && !this.#stopped;)
        more = await this.#hooks.turns.take(urgency, async () => !this.#stopped && (await this.#step()));
    } catch (error) {
      this.#hooks.onError(this.#subscription.name, error);
      this.#retry = setTimeout(() => this.#wake(), RETRY_MS);
    }
  }

  /** One batch in one transaction; true when there may be more. */
  async #step(): Promise<boolean> {
    const { name } = this.#subscription;
    const full = await this.#db.transaction().execute(async (tx) => {
      const found = await sql<{
        seq: number;
      }>`select seq from subscription where name = ${name} for update`.execute(tx);
      const after = found.rows[0]?.seq ?? 0;
      const next = await nextEvents(tx as unknown as Kysely<never>, {
        after,
        limit: BATCH,
        types: this.#subscription.types,
      });
      if (next.last === undefined) return false;
      if (next.wanted.length > 0) await this.#subscription.handle(tx, next.wanted);
      await sql`insert into subscription (name, seq) values (${name}, ${next.last})
        on conflict (name) do update set seq = excluded.seq`.execute(tx);
      return next.isFull;
    });
    this.#hooks.afterCommit();
    return full;
  }
}
