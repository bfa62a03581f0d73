/**
 * Gathers what arrives and hands it over at most once per `gapMs`; while a hand-over is still being worked on the next
 * waits, so that a flood makes pages ask as often as they can be answered and no oftener.
 */
export class Coalescer<Item> {
  readonly #gapMs: number;
  readonly #work: (items: readonly Item[]) => Promise<void>;
  #items: Item[] = [];
  #busy = false;

  constructor(gapMs: number, work: (items: readonly Item[]) => Promise<void>) {
    this.#gapMs = gapMs;
    this.#work = work;
  }

  add(item: Item): void {
    this.#items.push(item);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#busy) return;
    this.#busy = true;
    setTimeout(() => void this.#flush(), this.#gapMs);
  }

  async #flush(): Promise<void> {
    const items = this.#items;
    this.#items = [];
    try {
      await this.#work(items);
    } finally {
      this.#busy = false;
      if (this.#items.length > 0) this.#schedule();
    }
  }
}
