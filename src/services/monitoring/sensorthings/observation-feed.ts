import type { ReadingFacts } from '#contract/monitoring';

import { type LateReading, type PreparedGroup, REPLAY_SOURCE } from '../prepare-group.ts';
import type { ObservationTopic } from './subscribe-observations.ts';

/** Readings that wait to be told, of all subscribers: beyond it the newest are not told. */
const WAITING = 20_000;
/** Told in one turn of the loop. */
const TURN = 500;
/** How long a point that came or went is overlooked. */
const REFRESH_MS = 60_000;

interface FeedEvents {
  /** So many readings were not told because too many waited. */
  dropped(n: number): void;
  /** It could not be asked what a subscriber may see. */
  failed(error: unknown): void;
}

interface Subscriber {
  readonly topic: ObservationTopic;
  readonly tell: (payload: string) => void;
  points: ReadonlySet<number>;
}

/**
 * Tells subscribers of readings, live ones, once they are committed. Without subscribers a commit costs one comparison;
 * with them its rows are looked through for points that somebody listens to, and written as messages afterwards.
 */
export class ObservationFeed {
  readonly #subscribers = new Set<Subscriber>();
  readonly #events: FeedEvents;
  /** By point, whether anybody listens. */
  #isHeard = new Uint8Array(0);
  #waiting: ReadingFacts[] = [];
  #timer: NodeJS.Timeout | undefined;
  #dropped = 0;

  constructor(events: FeedEvents) {
    this.#events = events;
  }

  /** Gives how to stop. Rejects where the topic's points cannot be asked for. */
  async subscribe(topic: ObservationTopic, tell: (payload: string) => void): Promise<() => void> {
    const subscriber = { topic, tell, points: await topic.points() };
    this.#subscribers.add(subscriber);
    this.#mark();
    this.#timer ??= setInterval(() => void this.#refresh(), REFRESH_MS).unref();
    return () => {
      this.#subscribers.delete(subscriber);
      this.#mark();
      if (this.#subscribers.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
      this.#waiting = [];
    };
  }

  /** A group is committed; `late` are those late rows that were stored. */
  stored(group: PreparedGroup, late: readonly LateReading[]): void {
    if (this.#subscribers.size === 0) return;
    const { receivedAt } = group;
    const before = this.#waiting.length;
    // oxlint-disable-next-line max-params
    group.copy.walk((point, observedAt, quality, source, value) =>
      this.#note({ point, observedAt, receivedAt, value, quality, source }),
    );
    for (const row of late) if (row.session === 0) this.#note({ ...row, receivedAt });
    if (this.#dropped > 0) this.#events.dropped(this.#dropped);
    this.#dropped = 0;
    if (before === 0 && this.#waiting.length > 0) setImmediate(() => this.#tell());
  }

  #note(reading: ReadingFacts): void {
    if (this.#isHeard[reading.point] !== 1 || reading.source >= REPLAY_SOURCE) return;
    if (this.#waiting.length >= WAITING) this.#dropped += 1;
    else this.#waiting.push(reading);
  }

  #tell(): void {
    const turn = this.#waiting.slice(0, TURN);
    this.#waiting = this.#waiting.slice(TURN);
    for (const reading of turn) {
      for (const { points, topic, tell } of this.#subscribers)
        if (points.has(reading.point)) tell(topic.write(reading));
    }
    if (this.#waiting.length > 0) setImmediate(() => this.#tell());
  }

  #mark(): void {
    const heard = [...this.#subscribers].flatMap(({ points }) => [...points]);
    this.#isHeard = new Uint8Array(heard.reduce((most, point) => Math.max(most, point), -1) + 1);
    for (const point of heard) this.#isHeard[point] = 1;
  }

  async #refresh(): Promise<void> {
    for (const subscriber of this.#subscribers) {
      try {
        subscriber.points = await subscriber.topic.points();
      } catch (error) {
        // Whoever may not be asked for is not told.
        subscriber.points = new Set();
        this.#events.failed(error);
      }
    }
    this.#mark();
  }
}
