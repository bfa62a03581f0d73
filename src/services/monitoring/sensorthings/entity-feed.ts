import type { Event } from '#bus';

import type { EntityTopic } from './subscribe-entities.ts';
import { together, type Touched, touchedBy } from './touched-entities.ts';

/** After the tables did not answer. */
const RETRY_MS = 5000;

interface Subscriber {
  readonly topic: EntityTopic;
  readonly tell: (payload: string) => void;
  /** What it has not been told yet. */
  touched: readonly Touched[];
}

/**
 * Tells subscribers of entities that were registered or have changed, as the events say, once they are committed: one subscriber
 * after the other, each by what it may see itself. Where the tables do not answer it is told later.
 */
export class EntityFeed {
  readonly #subscribers = new Set<Subscriber>();
  readonly #failed: (error: unknown) => void;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  /** Gives how to stop. */
  subscribe(topic: EntityTopic, tell: (payload: string) => void): () => void {
    const subscriber: Subscriber = { topic, tell, touched: [] };
    this.#subscribers.add(subscriber);
    return () => {
      this.#subscribers.delete(subscriber);
      if (this.#subscribers.size > 0) return;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  /** Told by the dispatcher. */
  publish(events: readonly Event[]): void {
    if (this.#subscribers.size === 0) return;
    const touched = together(events.flatMap(touchedBy));
    if (touched.length === 0) return;
    for (const one of this.#subscribers) one.touched = together([...one.touched, ...touched]);
    this.#run();
  }

  /** Resolves once nobody is being told any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #run(): void {
    this.#running ??= this.#tellAll().finally(() => {
      this.#running = undefined;
      const isBehind = [...this.#subscribers].some(({ touched }) => touched.length > 0);
      if (isBehind && this.#timer === undefined) this.#run();
    });
  }

  async #tellAll(): Promise<void> {
    for (const subscriber of this.#subscribers) {
      const { topic, tell, touched } = subscriber;
      if (touched.length === 0) continue;
      subscriber.touched = [];
      try {
        await topic.follow(touched, (payload) => {
          if (this.#subscribers.has(subscriber)) tell(payload);
        });
      } catch (error) {
        subscriber.touched = together([...touched, ...subscriber.touched]);
        this.#failed(error);
        this.#retry();
      }
    }
  }

  #retry(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#run();
    }, RETRY_MS).unref();
  }
}
