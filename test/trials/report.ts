interface Fact {
  readonly words: string;
  readonly shown: string;
  readonly holds: boolean;
}

/** What a trial has found out, as a short table in words. */
export class Report {
  readonly #facts: Fact[] = [];

  /** A promise that must hold; `shown` is what was found. */
  fact(words: string, holds: boolean, shown: number | string = ''): void {
    this.#print({ words, holds, shown: String(shown) });
  }

  /** A figure that is only told. */
  figure(words: string, shown: number | string): void {
    process.stdout.write(`    · ${words}：${shown}\n`);
  }

  /** What is being done now. */
  step(words: string): void {
    process.stdout.write(`    … ${words}\n`);
  }

  get broken(): number {
    return this.#facts.filter(({ holds }) => !holds).length;
  }

  #print(fact: Fact): void {
    this.#facts.push(fact);
    process.stdout.write(
      `  ${fact.holds ? '✓' : '✗'} ${fact.words}${fact.shown === '' ? '' : `：${fact.shown}`}\n`,
    );
  }
}

/** Cannot be held on this machine; the sentence says why. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}
