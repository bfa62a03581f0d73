import process from 'node:process';

const BAR = 28;
const REDRAW_MS = 100;

/** A bar on the terminal's last line; silent where there is no terminal, or when `quiet`. */
export class LineProgress {
  readonly #what: string;
  readonly #isShown: boolean;
  #shownAt = Number.NEGATIVE_INFINITY;

  constructor(what: string, quiet: boolean) {
    this.#what = what;
    this.#isShown = !quiet && process.stderr.isTTY;
  }

  show(done: number, total: number): void {
    const now = performance.now();
    if (!this.#isShown || now - this.#shownAt < REDRAW_MS) return;
    this.#shownAt = now;
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const full = Math.round(share * BAR);
    const bar = '█'.repeat(full) + '░'.repeat(BAR - full);
    process.stderr.write(`\r\u001B[2K${bar} ${Math.floor(share * 100)}% ${this.#what}`);
  }

  /** Leaves the line. */
  end(): void {
    if (this.#isShown) process.stderr.write('\r\u001B[2K');
  }
}
