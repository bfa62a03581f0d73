/** Where progress is written: a terminal gets a bar that redraws itself, anything else now and then a line. */
export interface ProgressSink {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const BAR = 28;
const REDRAW_MS = 100;
const LINE_MS = 15_000;

/** Progress of something long. Nothing is written when `quiet`. */
export class Progress {
  readonly #sink: ProgressSink;
  readonly #quiet: boolean;
  readonly #now: () => number;
  #shownAt = Number.NEGATIVE_INFINITY;

  constructor(sink: ProgressSink, quiet = false, now: () => number = Date.now) {
    this.#sink = sink;
    this.#quiet = quiet;
    this.#now = now;
  }

  /** `done` is 0…1. */
  show(done: number, text: string): void {
    if (this.#quiet) return;
    const terminal = this.#sink.isTTY === true;
    const now = this.#now();
    if (now - this.#shownAt < (terminal ? REDRAW_MS : LINE_MS)) return;
    this.#shownAt = now;
    const percent = `${Math.floor(done * 100)}`.padStart(3);
    if (!terminal) {
      this.#sink.write(`${percent}% ${text}\n`);
      return;
    }
    const full = Math.round(Math.min(1, Math.max(0, done)) * BAR);
    this.#sink.write(`\r\u001B[2K${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${percent}% ${text}`);
  }

  /** Leaves the bar's line. */
  end(): void {
    if (!this.#quiet && this.#sink.isTTY === true) this.#sink.write('\r\u001B[2K');
  }
}
