/** A sign that stands at a level, by its binding. */
export interface Standing {
  readonly level: number;
  /** When it left the normal state (epoch ms). */
  readonly since: number;
}

/** Signs as a book has them. */
interface StandingBook {
  readonly bindings: readonly { readonly point: { readonly objectId: number } }[];
  readonly states: { readonly level: Uint8Array; readonly at: Float64Array };
}

/** The newest believed value of a point; epoch ms. */
export interface StandingValue {
  readonly value: number;
  readonly at: number;
}

/**
 * What composite signs may be shown, as they have been told so far: it follows the changes in the order of their moments, while the
 * book itself may be a whole group of readings ahead.
 */
export class StandingFacts {
  /** By object, then by binding. */
  readonly #levels = new Map<number, Map<number, Standing>>();
  readonly #values = new Map<number, StandingValue>();

  /** Objects where some sign stands at a level. */
  get objects(): ReadonlyMap<number, ReadonlyMap<number, Standing>> {
    return this.#levels;
  }

  at(object: number): ReadonlyMap<number, Standing> | undefined {
    return this.#levels.get(object);
  }

  valueOf(point: number): StandingValue | undefined {
    return this.#values.get(point);
  }

  /** A sign's level has become another one. */
  change(object: number, binding: number, level: number, at: number): void {
    const here = this.#levels.get(object) ?? new Map<number, Standing>();
    if (level === 0) here.delete(binding);
    else here.set(binding, { level, since: here.get(binding)?.since ?? at });
    if (here.size === 0) this.#levels.delete(object);
    else this.#levels.set(object, here);
  }

  take(point: number, at: number, value: number): void {
    this.#values.set(point, { at, value });
  }

  /** Nothing is known of a point any more: it begins a replay or ends one. */
  forget(object: number, point: number, bindings: readonly number[]): void {
    this.#values.delete(point);
    for (const binding of bindings) this.change(object, binding, 0, 0);
  }

  /** Takes over what stands in the book; `raisedAt` where that is known better. */
  begin(book: StandingBook, raisedAt: (binding: number) => number | undefined): void {
    for (let b = 0; b < book.bindings.length; b += 1) {
      const level = book.states.level[b] ?? 0;
      const object = book.bindings[b]?.point.objectId;
      if (level === 0 || object === undefined || this.#levels.get(object)?.has(b)) continue;
      this.change(object, b, level, raisedAt(b) ?? book.states.at[b] ?? 0);
    }
  }
}
