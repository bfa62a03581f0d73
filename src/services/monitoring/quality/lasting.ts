/** So many rounds in a row a point stands apart, or no longer does, before it is said. */
const ROUNDS = 10;

/** Points of which the same is seen round after round: what swings is said once. */
export class Lasting implements Iterable<number> {
  readonly #said = new Set<number>();
  /** Rounds in a row that speak for a change. */
  readonly #rounds = new Map<number, number>();

  /** Was said before. */
  recall(point: number): void {
    this.#said.add(point);
  }

  /** One round: the points of which it is so now. */
  look(seen: ReadonlySet<number>): void {
    for (const id of new Set([...seen, ...this.#said, ...this.#rounds.keys()])) {
      const isSaid = this.#said.has(id);
      if (seen.has(id) === isSaid) {
        this.#rounds.delete(id);
        continue;
      }
      const rounds = (this.#rounds.get(id) ?? 0) + 1;
      this.#rounds.set(id, rounds);
      if (rounds < ROUNDS) continue;
      this.#rounds.delete(id);
      if (isSaid) this.#said.delete(id);
      else this.#said.add(id);
    }
  }

  [Symbol.iterator](): IterableIterator<number> {
    return this.#said.values();
  }
}
