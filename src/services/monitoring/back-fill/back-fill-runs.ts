import type { BackFillRun } from '#contract/monitoring';

const KEPT = 50;

interface Held extends BackFillRun {
  readonly account: number;
  done: number;
  state: BackFillRun['state'];
  endedAt: number | null;
}

/** Back-fills since the start, with how far they are. What came of them stays in the audit. */
export class BackFillRuns {
  #runs: Held[] = [];
  #last = 0;

  begin(run: Pick<Held, 'name' | 'by' | 'account' | 'rows' | 'startedAt'>): Held {
    const held: Held = { ...run, id: (this.#last += 1), endedAt: null, state: 'running', done: 0 };
    this.#runs = [held, ...this.#runs].slice(0, KEPT);
    return held;
  }

  of(account: number): BackFillRun[] {
    return this.#runs
      .filter((run) => run.account === account)
      .map(({ id, name, by, startedAt, endedAt, state, rows, done }) => {
        return { id, name, by, startedAt, endedAt, state, rows, done };
      });
  }
}
