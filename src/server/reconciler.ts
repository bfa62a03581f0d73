import { setTimeout as sleep } from 'node:timers/promises';

import { newestSeq } from '#bus';
import type { SystemContext } from '#services/context';
import { type EventFacts, isReconciliationDue, reconcile } from '#services/operations';
import type { Kysely } from 'kysely';

const MINUTE_MS = 60_000;
const SETTLED_MS = 5 * MINUTE_MS;
/** What was just under way when it was found has its partner after this. */
const REST_MS = 1000;

interface Room {
  readonly config: { readonly chainTests: boolean };
  readonly system: SystemContext;
  readonly events: Kysely<never>;
}

/** Reconciles once a night, and keeps what a reconciliation must know of events: which have been published for long enough. */
export class Reconciler {
  readonly #room: Room;
  #followers: EventFacts['followers'] = [];
  /** The newest event's number, minute by minute, oldest first. */
  #noted: { readonly at: number; readonly seq: number }[] = [];

  constructor(room: Room) {
    this.#room = room;
  }

  /** Who follows events in this process. */
  follow(followers: EventFacts['followers']): void {
    this.#followers = followers.map(({ name, types }) => ({ name, types }));
  }

  get facts(): EventFacts {
    const before = performance.now() - SETTLED_MS;
    return { followers: this.#followers, settledSeq: this.#noted.findLast(({ at }) => at <= before)?.seq };
  }

  /** Once a minute. */
  async round(): Promise<void> {
    const { config, system, events } = this.#room;
    const before = performance.now() - SETTLED_MS;
    const settled = this.#noted.findLastIndex(({ at }) => at <= before);
    this.#noted = [
      ...this.#noted.slice(Math.max(settled, 0)),
      { at: performance.now(), seq: await newestSeq(events) },
    ];
    if (config.chainTests && (await isReconciliationDue(system)))
      await reconcile(system, { events: this.facts, requestedBy: null, rest: () => this.rest() });
  }

  async rest(): Promise<void> {
    await sleep(REST_MS);
  }
}
