import { AppError } from '#base';

import type { Input } from './prepare-group.ts';

/** Rows prepared in one go at the most: bounds memory and the time the loop is held. */
const GROUP_ROWS = 60_000;
/** Rows that may wait for a database that is slow or stands still. Beyond it devices are not answered, and send again later. */
const MOST_WAITING = 500_000;

export interface Waiting {
  readonly input: Input;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Inputs that wait to be committed, in the order they came. Bounded: a database that hangs must not fill the memory. */
export class WaitingLine {
  readonly #mostRows: number;
  #inputs: Waiting[] = [];
  #rows = 0;

  constructor(mostRows = MOST_WAITING) {
    this.#mostRows = mostRows;
  }

  get length(): number {
    return this.#inputs.length;
  }

  /** Whether readings have to be turned away for now; what carries none always finds room. */
  isFullFor(input: Input): boolean {
    const rows = rowsOf(input);
    return rows > 0 && this.#rows > 0 && this.#rows + rows > this.#mostRows;
  }

  push(waiting: Waiting): void {
    this.#rows += rowsOf(waiting.input);
    this.#inputs.push(waiting);
  }

  /** As many as make one group, at least one. */
  take(): Waiting[] {
    let rows = 0;
    let n = 0;
    for (const { input } of this.#inputs) {
      const more = rowsOf(input);
      if (n > 0 && rows + more > GROUP_ROWS) break;
      rows += more;
      n += 1;
    }
    this.#rows -= rows;
    return this.#inputs.splice(0, n);
  }

  /** Turns everything away with `service.unavailable`. */
  refuseAll(): void {
    this.#rows = 0;
    for (const { reject } of this.#inputs.splice(0)) reject(new AppError('service.unavailable'));
  }
}

/** Readings an input carries. */
export const rowsOf = (input: Input): number => (input.kind === 'batch' ? input.batch.length : 0);
