import { widened } from '#base';
import { QUALITY, SUSPECT_BITS } from '#model/monitoring';
import { SIGN_LEVELS } from '#model/standard';
import { type CompiledSign, lackingFacts, type ReadyComposite } from '#signs';

import { StandingFacts } from './standing-facts.ts';

/** What composite signs need of the points and signs of a book. */
export interface SeatedBook {
  readonly checks: { watchEither(point: number): void };
  readonly bindings: readonly {
    readonly point: { readonly id: number; readonly objectId: number };
    readonly sign: CompiledSign;
    readonly item: string;
    readonly composite: ReadyComposite | undefined;
  }[];
  readonly composed: ReadonlySet<number>;
  readonly newestAt: Float64Array;
  readonly newestValue: Float64Array;
  readonly newestQuality: Uint16Array;
  readonly states: { readonly level: Uint8Array; readonly at: Float64Array };
  readonly points: () => Iterable<{ readonly id: number; readonly objectId: number }>;
  readonly get: (point: number) => { readonly element: string } | undefined;
  readonly bindingsOf: (point: number) => readonly number[];
}

/** An object that a composite sign is shown. */
export interface Neighbour {
  readonly object: number;
  readonly code: string;
  readonly name: string;
  /** Metres from the object that is judged. */
  readonly distance: number;
}

/** What a composite sign reads, of all its levels together. */
export interface CompositeReads {
  readonly ownSigns: ReadonlySet<string>;
  readonly codes: ReadonlySet<string>;
  readonly elements: ReadonlySet<string>;
  readonly everything: boolean;
}

/** A composite sign at an object: where it is judged, and what it is shown. */
export interface CompositeSeat {
  readonly binding: number;
  readonly object: number;
  readonly composite: ReadyComposite;
  readonly reads: CompositeReads;
  /** By object, itself among them. */
  readonly reach: ReadonlyMap<number, Neighbour>;
  readonly valuePoints: readonly { readonly point: number; readonly neighbour: Neighbour }[];
  /** What nobody within reach can tell, and without which it never holds: it is not judged. */
  readonly lacking: readonly string[];
}

/** Names that sentences use. */
export interface FactNames {
  readonly signs: ReadonlyMap<string, string>;
  readonly elements: ReadonlyMap<string, { readonly name: string; readonly unit: string }>;
}

/** Readings with any of these marks raise nothing, and so they are no value for a composite sign either. */
const NOT_BELIEVED = SUSPECT_BITS | QUALITY.late;

/**
 * Composite signs at work: which stand where, what each reads, and who must be judged when something changes. A place without
 * composite signs costs nothing; a reading costs one look at {@link watched}.
 */
export class CompositeBook {
  readonly facts = new StandingFacts();
  readonly seats = new Map<number, CompositeSeat>();
  /** By point: 1 where some composite sign reads its value. */
  watched = new Uint8Array(1024);
  /** Seats that are judged anew with the next group: something beside the facts has changed. */
  readonly anew = new Set<number>();
  /** When a seat must be looked at without any news (epoch ms): a fact grows old, or falls out of its window. */
  readonly due = new Map<number, number>();
  /** Seats that some fact has grown old for: it may be heard again at any moment. */
  readonly waiting = new Set<number>();
  names: FactNames = { signs: new Map(), elements: new Map() };
  readonly #book: SeatedBook;
  readonly #reach = new Map<string, readonly Neighbour[]>();
  readonly #seatsByObject = new Map<number, Set<number>>();
  readonly #pointsByObject = new Map<number, number[]>();
  readonly #dirty = new Set<number>();
  #indexed = false;
  #unplaced = 0;

  constructor(book: SeatedBook) {
    this.#book = book;
  }

  /** Bindings of composite signs that the book has. */
  get bound(): ReadonlySet<number> {
    return this.#book.composed;
  }

  /** A composite sign was bound, or another version of it: its seat is made anew before it is judged. */
  seat(binding: number): void {
    this.#dirty.add(binding);
  }

  /** A point was added: an object has something more to tell. */
  added(point: number, object: number): void {
    if (!this.#indexed) return;
    this.#index(point, object);
    for (const binding of this.#seatsByObject.get(object) ?? []) this.#dirty.add(binding);
  }

  /** A point begins or ends a replay: what it told is over. */
  forget(point: number, object: number): void {
    this.facts.forget(object, point, this.#book.bindingsOf(point));
    for (const binding of this.#seatsByObject.get(object) ?? []) this.anew.add(binding);
  }

  /** Where composite signs stand and how far they look, for whoever asks the tables who is there. */
  places(): readonly { readonly object: number; readonly within: string }[] {
    const found = new Map<string, { readonly object: number; readonly within: string }>();
    for (const b of this.bound) {
      const bound = this.#book.bindings[b];
      if (!bound?.composite) continue;
      const place = { object: bound.point.objectId, within: withinOf(bound.composite) };
      found.set(keyOf(place), place);
    }
    return [...found.values()];
  }

  /** Objects whose composite signs nobody has asked the tables for yet. */
  unplaced(): readonly number[] {
    if (this.#unplaced === 0) return [];
    this.#unplaced = 0;
    return this.places().flatMap((place) => (this.#reach.has(keyOf(place)) ? [] : [place.object]));
  }

  /** Whether the tables have been asked about an object: some seat sees it, and its own know whom they see. */
  isKnown(object: number): boolean {
    if (!this.#seatsByObject.has(object)) return false;
    return this.places().every((place) => place.object !== object || this.#reach.has(keyOf(place)));
  }

  /** Who is within reach of a place, as the tables say now; the first is the object itself. */
  place(object: number, within: string, neighbours: readonly Neighbour[]): void {
    this.#reach.set(keyOf({ object, within }), neighbours);
    for (const b of this.bound) {
      const bound = this.#book.bindings[b];
      if (bound?.composite && bound.point.objectId === object && withinOf(bound.composite) === within)
        this.#dirty.add(b);
    }
  }

  seatsSeeing(object: number): ReadonlySet<number> {
    return this.#seatsByObject.get(object) ?? NOBODY;
  }

  /** Takes over what stands, after memory was rebuilt from the tables. */
  begin(raisedAt: (binding: number) => number | undefined): void {
    if (this.bound.size === 0) return;
    this.facts.begin(this.#book, raisedAt);
  }

  /** Makes the seats that something has changed for; must run before a group's readings move the book. */
  refresh(): void {
    if (this.#dirty.size === 0) return;
    if (!this.#indexed) {
      for (const { id, objectId } of this.#book.points()) this.#index(id, objectId);
      this.#indexed = true;
      this.facts.begin(this.#book, () => undefined);
    }
    const points = this.#book.newestAt.length;
    if (this.watched.length < points) this.watched = widened(new Uint8Array(points), this.watched);
    for (const binding of this.#dirty) this.#reseat(binding);
    this.#dirty.clear();
  }

  #index(point: number, object: number): void {
    const points = this.#pointsByObject.get(object);
    if (points) points.push(point);
    else this.#pointsByObject.set(object, [point]);
  }

  #reseat(binding: number): void {
    this.#unseat(binding);
    const bound = this.#book.bindings[binding];
    if (!bound?.composite) return;
    const neighbours = this.#reach.get(
      keyOf({ object: bound.point.objectId, within: withinOf(bound.composite) }),
    );
    // Nobody has said yet who is within reach: it is judged as soon as that is known.
    if (!neighbours) {
      this.#unplaced += 1;
      return;
    }
    const reach = new Map(neighbours.map((one) => [one.object, one]));
    const reads = readsOf(bound.composite);
    this.seats.set(binding, {
      binding,
      object: bound.point.objectId,
      composite: bound.composite,
      reads,
      reach,
      valuePoints: this.#watch(reads, neighbours),
      lacking: this.#lacking(bound, bound.composite, neighbours),
    });
    for (const object of reach.keys()) {
      const seats = this.#seatsByObject.get(object) ?? new Set();
      this.#seatsByObject.set(object, seats.add(binding));
    }
    this.anew.add(binding);
  }

  #unseat(binding: number): void {
    for (const object of this.seats.get(binding)?.reach.keys() ?? [])
      this.#seatsByObject.get(object)?.delete(binding);
    this.seats.delete(binding);
    this.due.delete(binding);
    this.waiting.delete(binding);
  }

  #watch({ elements }: CompositeReads, neighbours: readonly Neighbour[]): CompositeSeat['valuePoints'] {
    if (elements.size === 0) return [];
    return neighbours.flatMap((neighbour) =>
      this.#pointsOf(neighbour.object).flatMap((point) => {
        if (!elements.has(this.#book.get(point)?.element ?? '')) return [];
        this.watched[point] = 1;
        this.#book.checks.watchEither(point);
        this.#takeNewest(point);
        return [{ point, neighbour }];
      }),
    );
  }

  #takeNewest(point: number): void {
    const at = this.#book.newestAt[point] ?? 0;
    if (at <= 0 || ((this.#book.newestQuality[point] ?? 0) & NOT_BELIEVED) !== 0) return;
    if (this.facts.valueOf(point)) return;
    this.facts.take(point, at, this.#book.newestValue[point] ?? 0);
  }

  #lacking(
    { point }: SeatedBook['bindings'][number],
    { conditions }: ReadyComposite,
    neighbours: readonly Neighbour[],
  ): readonly string[] {
    const told = neighbours.flatMap(({ object, code, distance }) =>
      this.#pointsOf(object).map((id) => ({ object, code, distance, id })),
    );
    const elements = new Set(told.map(({ id }) => this.#book.get(id)?.element ?? ''));
    const signs = told.flatMap(({ object, code, distance, id }) =>
      this.#book.bindingsOf(id).flatMap((b) => {
        const { sign, item, composite } = this.#book.bindings[b] ?? {};
        if (!sign || item === undefined || (object === point.objectId && composite)) return [];
        return [{ scenario: scenarioOf(sign.code), item, sign: sign.code, distance, object: code }];
      }),
    );
    return lackingFacts(conditions, { object: neighbours[0]?.code ?? '', signs, elements });
  }

  #pointsOf(object: number): readonly number[] {
    return this.#pointsByObject.get(object) ?? [];
  }
}

const NOBODY: ReadonlySet<number> = new Set();

/** The scenario that a sign's code begins with. */
export function scenarioOf(sign: string): string {
  return sign.slice(0, sign.indexOf('.'));
}

/** `within` as the tables are asked. */
function withinOf({ composite }: ReadyComposite): string {
  return JSON.stringify(composite.within);
}

function keyOf({ object, within }: { readonly object: number; readonly within: string }): string {
  return `${object} ${within}`;
}

function readsOf({ conditions }: ReadyComposite): CompositeReads {
  const all = SIGN_LEVELS.flatMap((level) => conditions[level]?.reads ?? []);
  const union = (pick: (reads: (typeof all)[number]) => ReadonlySet<string>): ReadonlySet<string> =>
    new Set(all.flatMap((reads) => [...pick(reads)]));
  return {
    ownSigns: union(({ ownSigns }) => ownSigns),
    codes: union(({ codes }) => codes),
    elements: union(({ elements }) => elements),
    everything: all.some(({ everything }) => everything),
  };
}
