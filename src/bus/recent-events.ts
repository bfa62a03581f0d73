import type { Event } from './event.ts';

/** So many of the newest are kept, some 300 bytes each. */
const KEPT = 20_000;

/** The next events after a number: where a step ends, whether more may follow, and those whose type is wanted, oldest first. */
export interface NextEvents {
  /** Undefined: there are none. */
  readonly last: number | undefined;
  readonly isFull: boolean;
  readonly wanted: readonly Event[];
}

/**
 * The newest published events as the dispatcher told them, so that whoever follows them need not ask the database for what the
 * process has just written.
 */
export class RecentEvents {
  readonly #kept: number;
  #events: Event[] = [];
  /** Every event after this number is kept; undefined while nothing is. */
  #floor: number | undefined;

  constructor(kept = KEPT) {
    this.#kept = kept;
  }

  /** In the order of their numbers. */
  add(events: readonly Event[]): void {
    const [first] = events;
    if (!first) return;
    this.#floor ??= first.seq - 1;
    this.#events.push(...events);
    if (this.#events.length <= this.#kept * 2) return;
    const cut = this.#events.length - this.#kept;
    this.#floor = this.#events[cut - 1]?.seq ?? this.#floor;
    this.#events = this.#events.slice(cut);
  }

  /** What is kept may not be all there is any more: a publication whose answer was lost. */
  forget(): void {
    this.#events = [];
    this.#floor = undefined;
  }

  /** Up to `limit` wanted ones after `seq`; undefined where what follows `seq` is not all kept. */
  after(seq: number, limit: number, types: ReadonlySet<string>): NextEvents | undefined {
    if (this.#floor === undefined || seq < this.#floor) return undefined;
    const wanted: Event[] = [];
    let last: number | undefined;
    for (let i = this.#firstAfter(seq); i < this.#events.length && wanted.length < limit; i += 1) {
      const event = this.#events[i];
      if (!event) break;
      last = event.seq;
      if (types.has(event.type)) wanted.push(event);
    }
    return { last, isFull: wanted.length === limit, wanted };
  }

  #firstAfter(seq: number): number {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#events[middle]?.seq ?? Number.POSITIVE_INFINITY) > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
