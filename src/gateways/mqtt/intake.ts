import { type KnownDevice, ReadingBatchBuilder } from '#model/monitoring';

import { type MqttContext, PROTOCOL } from './options.ts';
import type { MqttRefusal } from './text.ts';

/** Whoever must be told that all a message brought is stored, or that it is not. */
export interface Waiting {
  settled(error: Error | null, messageId: number): void;
}

/** What has come within one turn of the loop, from all connections. */
class Basket {
  /** By replay session, 0 when live. */
  readonly batches = new Map<number, ReadingBatchBuilder>();
  readonly messages = new Map<string, number>();
  /** Side by side, so that a message makes no object. */
  readonly waiting: Waiting[] = [];
  readonly ids: number[] = [];

  settle(error: Error | null): void {
    for (const [i, one] of this.waiting.entries()) one.settled(error, this.ids[i] ?? 0);
  }
}

const ROWS = 512;

/**
 * Gathers the messages of one turn of the loop and has them committed together; each is settled in the order it came, after
 * the commit. An allocation for each message instead would cost more than storing it.
 */
export class Intake {
  readonly #context: MqttContext;
  readonly #under = new Set<Promise<void>>();
  #basket: Basket | undefined;

  constructor(context: MqttContext) {
    this.#context = context;
  }

  /** The columns the readings of a device go into. Only within the turn of the loop; {@link settled} afterwards. */
  rowsOf(device: KnownDevice): ReadingBatchBuilder {
    const { batches } = this.#current();
    const known = batches.get(device.session);
    if (known !== undefined) return known;
    const builder = new ReadingBatchBuilder(device.session, ROWS);
    batches.set(device.session, builder);
    return builder;
  }

  /** A message of this device was read: counted once it is stored. */
  accepted(device: KnownDevice): void {
    const { messages } = this.#current();
    messages.set(device.code, (messages.get(device.code) ?? 0) + 1);
  }

  /** The message is read to its end: `waiting` is told after the commit. */
  settled(waiting: Waiting, messageId: number): void {
    const basket = this.#current();
    basket.waiting.push(waiting);
    basket.ids.push(messageId);
  }

  refused(reason: MqttRefusal, deviceCode?: string): void {
    this.#context.counters.framesRefused(PROTOCOL, reason, deviceCode, 1);
  }

  /** Resolves when everything taken so far is settled. */
  async idle(): Promise<void> {
    while (this.#under.size > 0) await Promise.all(this.#under);
  }

  #current(): Basket {
    if (this.#basket !== undefined) return this.#basket;
    const basket = new Basket();
    this.#basket = basket;
    const under = new Promise<void>((resolve) => {
      setImmediate(() => {
        this.#basket = undefined;
        resolve(this.#commit(basket));
      });
    }).finally(() => this.#under.delete(under));
    this.#under.add(under);
    return basket;
  }

  async #commit(basket: Basket): Promise<void> {
    const { sink, counters, log } = this.#context;
    const { batches, messages, waiting } = basket;
    try {
      await Promise.all([...batches.values()].map((builder) => sink.accept(builder.finish())));
    } catch (error) {
      log(`${PROTOCOL}.store-failed`, { messages: waiting.length, error });
      for (const [code, n] of messages) counters.framesRefused(PROTOCOL, 'store-failed', code, n);
      basket.settle(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    for (const [code, n] of messages) counters.framesAccepted(PROTOCOL, code, n);
    basket.settle(null);
  }
}
