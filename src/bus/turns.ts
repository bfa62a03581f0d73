/** Whose turn comes first: `chain` is what somebody is warned or sent out by; `tell` whom it reaches; `record` what is written down of it. */
export type Urgency = 'chain' | 'tell' | 'record';

const ORDER: readonly Urgency[] = ['chain', 'tell', 'record'];

/**
 * Each may begin while fewer than so many are at work. However long a record takes, one may tell beside it, and beside both the
 * chain goes on.
 */
const ROOM: Readonly<Record<Urgency, number>> = { chain: 3, tell: 2, record: 1 };

/** After so many turns whoever has waited longest gets one, however urgent the others are: nobody waits for ever. */
const FAIR = 8;

interface Waiting {
  readonly urgency: Urgency;
  readonly go: (isExempt: boolean) => void;
}

/**
 * Lets a few work at the same time, the urgent first. In a flood everything that follows events wants the database at once; without
 * turns the bookkeeping of the first warnings would hold up the raising of the last ones.
 */
export class Turns {
  readonly #waiting: Waiting[] = [];
  #working = 0;
  /** One at a time is at work though there was no room for it. */
  #hasExempt = false;
  #sinceExempt = 0;

  /** Waits for a turn, works, and passes the turn on, also where the work throws. */
  async take<T>(urgency: Urgency, work: () => Promise<T>): Promise<T> {
    const turn = new Promise<boolean>((go) => this.#waiting.push({ urgency, go }));
    this.#pass();
    const isExempt = await turn;
    try {
      return await work();
    } finally {
      this.#working -= 1;
      if (isExempt) this.#hasExempt = false;
      // Not at once: who is urgent and has more to do asks again first.
      setImmediate(() => this.#pass());
    }
  }

  /** What a person waits for begins at once, whoever is at work; while it lasts the others have one place less. */
  async atOnce<T>(work: () => Promise<T>): Promise<T> {
    this.#working += 1;
    try {
      return await work();
    } finally {
      this.#working -= 1;
      setImmediate(() => this.#pass());
    }
  }

  #pass(): void {
    for (let next = this.#next(); next; next = this.#next()) {
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      this.#working += 1;
      this.#sinceExempt += 1;
      next.go(false);
    }
    const [longest] = this.#waiting;
    if (!longest || this.#hasExempt || this.#sinceExempt < FAIR || this.#working >= ROOM.chain) return;
    this.#waiting.shift();
    this.#working += 1;
    this.#sinceExempt = 0;
    this.#hasExempt = true;
    longest.go(true);
  }

  #next(): Waiting | undefined {
    const wanted = ORDER.find((urgency) => this.#waiting.some((one) => one.urgency === urgency));
    if (wanted === undefined || this.#working >= ROOM[wanted]) return undefined;
    return this.#waiting.find(({ urgency }) => urgency === wanted);
  }
}
