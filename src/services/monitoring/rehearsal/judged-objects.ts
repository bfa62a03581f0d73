import type { Sign } from '#model/standard';
import { type Outcome, runTimers, type SignChange } from '#signs';

import { signsFor } from '../bound-signs.ts';
import { judgeDays } from '../fire-weather/judge-days.ts';
import { type BookedPoint, PointBook } from '../point-book.ts';
import { passTime } from './pass-time.ts';
import { type PointReadings, walkObject, walkPoint } from './walk-readings.ts';

/** A point as a rehearsal needs it, with what is set for its object. */
export type RehearsedPoint = Omit<BookedPoint, 'id' | 'deviceId' | 'scenario' | 'simulated'>;

/** The fire weather index of a noon (epoch ms), as it was made of that day's weather; null where the day lacked some of it. */
export interface PastDay {
  readonly noon: number;
  readonly fwi: number | null;
}

/** A sign's level changed in a rehearsal. Levels are ranks, `at` epoch ms. */
export interface RehearsedChange {
  readonly binding: number;
  readonly object: number;
  readonly sign: string;
  readonly item: string;
  readonly fromLevel: number;
  readonly toLevel: number;
  readonly at: number;
  readonly value: number;
}

/**
 * Some objects under some signs, judged over the past by the same code as the present. Points go by their place in the list
 * that was handed in; readings come window by window, each point's in order of time.
 */
export class JudgedObjects {
  readonly #book: PointBook;
  /** By a sign's number, which is its place in the list. */
  readonly #codes: readonly string[];
  /** Objects whose points some sign counts together: they are walked side by side. */
  readonly #together: readonly (readonly number[])[];
  readonly #alone: readonly number[];
  readonly #timed: Uint8Array;
  readonly #active = new Set<number>();
  /** Signs that some object has no parameter for: code and how many points. */
  readonly switchedOff: ReadonlyMap<string, number>;

  constructor(signs: readonly Sign[], points: readonly RehearsedPoint[]) {
    const switchedOff = new Map<string, number>();
    this.#codes = signs.map(({ code }) => code);
    this.switchedOff = switchedOff;
    this.#book = new PointBook(
      signsFor(
        signs.map((body, id) => ({ id, item: body.item, element: body.element, body })),
        (sign) => switchedOff.set(sign, (switchedOff.get(sign) ?? 0) + 1),
      ),
    );
    this.#timed = new Uint8Array(points.length);
    points.forEach((point, id) => this.#add(point, id));
    const ids = points.map((_, id) => id);
    const counted = new Set(
      ids.filter((id) => this.#book.bindingsOf(id).some((b) => this.#book.bindings[b]?.pointsPast)),
    );
    this.#alone = ids.filter((id) => !counted.has(id));
    this.#together = [...Map.groupBy(counted, (id) => points[id]?.objectId ?? 0).values()];
  }

  #add(point: RehearsedPoint, id: number): void {
    const book = this.#book;
    book.add({ ...point, id, deviceId: null, scenario: 0, simulated: false });
    const isTimed = book.bindingsOf(id).some((b) => {
      const kind = book.bindings[b]?.sign.measure.kind;
      return kind === 'silence' || kind === 'duration';
    });
    if (isTimed) this.#timed[id] = 1;
  }

  /** How many conditions are watched. */
  get conditions(): number {
    return this.#book.bindings.length;
  }

  /**
   * Judges a window of readings and of days of fire weather, by point, and what comes to pass up to its end (epoch ms) while nothing more is said. Gives
   * the changes in the order of their moments.
   */
  judge(
    window: ReadonlyMap<number, PointReadings>,
    days: ReadonlyMap<number, readonly PastDay[]>,
    until: number,
  ): readonly RehearsedChange[] {
    const outcome = { changes: [] as SignChange[], touched: new Set<number>() };
    const book = this.#book;
    for (const id of this.#alone) {
      const readings = window.get(id);
      if (readings) walkPoint(book, id, readings, this.#timed[id] === 1, outcome);
    }
    for (const ids of this.#together) walkObject(book, ids, window, this.#timed, outcome);
    for (const [id, own] of days)
      for (const { noon, fwi } of own)
        judgeDays(book, [{ noon, isOver: false, row: { point_id: id, fwi } }], outcome);
    for (let id = 0; id < this.#timed.length; id += 1)
      if (this.#timed[id] === 1) passTime(book, id, until, outcome);
    for (const b of outcome.touched) this.#active.add(b);
    this.#runTimers(until, outcome);
    return outcome.changes
      .flatMap((change) => this.#told(change))
      .toSorted((a, b) => a.at - b.at || a.binding - b.binding);
  }

  /** Delays that run out while nothing more is said. */
  #runTimers(until: number, outcome: Outcome): void {
    const { bindings, states } = this.#book;
    for (const b of this.#active) {
      const bound = bindings[b];
      if (!bound || states.isQuiet(b)) this.#active.delete(b);
      else if (bound.sign.measure.kind !== 'silence')
        runTimers(bound.sign, states, b, until, this.#book.freshFor(bound.point.id), outcome);
    }
  }

  #told(change: SignChange): RehearsedChange[] {
    const bound = this.#book.bindings[change.binding];
    if (!bound) return [];
    const { binding, fromLevel, toLevel, at, value } = change;
    const { point, item } = bound;
    const sign = this.#codes[change.sign] ?? bound.sign.code;
    return [
      {
        binding,
        object: point.objectId,

        sign,
        item,
        fromLevel,
        toLevel,
        at,
        value,
      },
    ];
  }
}
