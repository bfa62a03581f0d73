/** What a device counts of what it sent. */
export interface FrameCounts {
  sent: number;
  answered: number;
  /** Sent and never answered, resends included. */
  refused: number;
  resent: number;
}

export interface UnansweredOptions<What> {
  /** How many may wait for their answer at a time; a real device has 1. */
  readonly window: number;
  readonly answerWithinMs: number;
  readonly resends: number;
  /** Puts it on the line; `isFirst`: it has not been there before. Says nothing where the line is down. */
  readonly write: (what: What, isFirst: boolean) => void;
}

interface Waiting<What> {
  readonly what: What;
  resends: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * What a virtual device has sent and wants answered: so much at a time, kept until its answer has come, sent again when it does not
 * come in time or the line was lost, given up after so many times.
 */
export class Unanswered<What> {
  readonly counts: FrameCounts = { sent: 0, answered: 0, refused: 0, resent: 0 };
  readonly #options: UnansweredOptions<What>;
  readonly #waiting = new Map<string | number, Waiting<What>>();
  readonly #woken = new Set<() => void>();
  #failure: Error | undefined;
  #closed = false;

  constructor(options: UnansweredOptions<What>) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  find(key: string | number): What | undefined {
    return this.#waiting.get(key)?.what;
  }

  /** Resolves when another may be sent. Throws when the device has been told to fail. */
  room(): Promise<void> {
    return this.#until(() => this.#waiting.size < this.#options.window);
  }

  /** Resolves at once where several may wait, else when what was sent has been answered or given up. */
  async rest(): Promise<void> {
    if (this.#options.window === 1) await this.room();
  }

  /** Resolves when everything has been answered or given up. */
  drain(): Promise<void> {
    return this.#until(() => this.isEmpty);
  }

  /** Keeps it until it is answered; `isUp`: and sends it now, else it goes with the next {@link sendAll}. */
  add(key: string | number, what: What, isUp: boolean): void {
    const waiting: Waiting<What> = { what, resends: 0, timer: undefined };
    this.#waiting.set(key, waiting);
    this.counts.sent += 1;
    if (isUp) this.#write(key, waiting);
  }

  /** The line is up: all of it goes out, in the order in which it came. */
  sendAll(): void {
    for (const [key, waiting] of this.#waiting) this.#write(key, waiting);
  }

  /** The line is down: nothing can be answered. */
  pause(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
  }

  answered(key: string | number): void {
    if (!this.#waiting.has(key)) return;
    this.counts.answered += 1;
    this.#settle(key);
  }

  /** Denied, or not answered in time. */
  again(key: string | number): void {
    const waiting = this.#waiting.get(key);
    if (!waiting) return;
    if (waiting.resends < this.#options.resends) {
      waiting.resends += 1;
      this.counts.resent += 1;
      this.#write(key, waiting);
      return;
    }
    this.counts.refused += 1;
    this.#settle(key);
  }

  /** Whoever waits for anything gets this error. */
  fail(failure: Error): void {
    this.#failure = failure;
    this.#wake();
  }

  close(): void {
    this.#closed = true;
    this.pause();
    this.#wake();
  }

  #write(key: string | number, waiting: Waiting<What>): void {
    this.#options.write(waiting.what, waiting.resends === 0);
    clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => this.again(key), this.#options.answerWithinMs);
  }

  #settle(key: string | number): void {
    clearTimeout(this.#waiting.get(key)?.timer);
    this.#waiting.delete(key);
    this.#wake();
  }

  async #until(ready: () => boolean): Promise<void> {
    while (!ready()) {
      if (this.#failure) throw this.#failure;
      if (this.#closed) return;
      await new Promise<void>((resolve) => this.#woken.add(resolve));
    }
    if (this.#failure) throw this.#failure;
  }

  #wake(): void {
    const woken = [...this.#woken];
    this.#woken.clear();
    for (const go of woken) go();
  }
}
