/** Whose turn comes first: `chain` is what somebody is warned or sent out by; `tell` whom it reaches; `record` what is written down of it. */
export type Urgency = 'chain' | 'tell' | 'record';

const ORDER: readonly Urgency[] = ['chain', 'tell', 'record'];
/** So often a turn goes to whoever has waited longest, however urgent the others are: nobody waits for ever. */
const FAIR = 8;

interface Waiting {
  readonly urgency: Urgency;
  readonly go: () => void;
}

/**
 * Lets so many work at the same time, the urgent first. In a flood everything that follows events wants the database at once; without turns the
 * bookkeeping of the first warnings would hold up the raising of the last ones.
 */
export class Turns {
  #free: number;
  #given = 0;
  readonly #waiting: Waiting[] = [];

  constructor(most: number) {
    this.#free = most;
  }

  /** Waits for a turn, works, and passes the turn on, also where the work throws. */
  async take<T>(urgency: Urgency, work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((go) => this.#waiting.push({ urgency, go }));
    this.#given += 1;
    try {
      return await work();
    } finally {
      const next = this.#next();
      if (next) next.go();
      else this.#free += 1;
    }
  }

  #next(): Waiting | undefined {
    if (this.#given % FAIR === 0) return this.#waiting.shift();
    for (const urgency of ORDER) {
      const at = this.#waiting.findIndex((one) => one.urgency === urgency);
      if (at >= 0) return this.#waiting.splice(at, 1)[0];
    }
    return undefined;
  }
}
