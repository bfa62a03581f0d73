import { SUSPECT_BITS } from '#model/monitoring';
import type { StandardFile } from '#model/standard';
import { type Outcome, runTimers } from '#signs';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type AnyRow, isPlain, withComposites } from '../composites/with-composites.ts';
import { loadReach } from '../composites/load-reach.ts';
import { judgeComposites } from '../composites/judge-composites.ts';
import { signsFor } from '../bound-signs.ts';
import { PointBook } from '../point-book.ts';
import type { RehearsedChange } from './judged-objects.ts';
import { passTime } from './pass-time.ts';
import type { NumberedPoint } from './run-rehearsal.ts';
import { takeReading } from './walk-readings.ts';

/** A reading on its way through the past; `point` is the point's place in the list. */
export interface PastReading {
  readonly point: number;
  /** Epoch ms. */
  readonly at: number;
  readonly value: number;
  readonly quality: number;
}

/**
 * Composite signs of one standard over all they look at, judged over the past by the same code as the present: minute after minute,
 * every object at once, for what stands at one decides at another.
 */
export class ComposedObjects {
  readonly #book: PointBook;
  readonly #timed: readonly number[];
  readonly #active = new Set<number>();

  private constructor(book: PointBook, points: readonly NumberedPoint[]) {
    this.#book = book;
    this.#timed = points.flatMap((_, id) =>
      book.bindingsOf(id).some((b) => isTimed(book.bindings[b]?.sign.measure.kind)) ? [id] : [],
    );
  }

  /** `at` (epoch ms): other scenarios' signs are those in force then. */
  static async open(
    tx: Tx,
    document: StandardFile,
    points: readonly NumberedPoint[],
    at: number,
  ): Promise<ComposedObjects> {
    const rows = [...(await otherSigns(tx, document.scenario, at)), ...ownSigns(document)];
    const book = new PointBook(
      await withComposites(tx, at, { rows, signsOf: signsFor(rows.filter(isPlain)) }),
    );
    points.forEach((point, id) => book.add({ ...point, id, deviceId: null, scenario: 0, simulated: false }));
    await loadReach(tx, book);
    book.composites.refresh();
    return new ComposedObjects(book, points);
  }

  /** Whether something may come to pass without another reading. */
  get isMoving(): boolean {
    const { due, waiting, anew } = this.#book.composites;
    return this.#active.size + due.size + waiting.size + anew.size > 0;
  }

  /** Judges readings in the order of their moments, and what comes to pass up to `until` (epoch ms). */
  judge(readings: readonly PastReading[], until: number): readonly RehearsedChange[] {
    const book = this.#book;
    const outcome: Outcome = { changes: [], touched: new Set() };
    const values: number[] = [];
    for (const { point, at, value, quality } of readings) {
      const isNew = at > (book.newestAt[point] ?? 0);
      takeReading(book, point, at, value, quality, outcome);
      const isBelieved = isNew && (quality & SUSPECT_BITS) === 0;
      if (isBelieved && book.composites.watched[point] === 1) values.push(point, at, value);
    }
    for (const point of this.#timed) passTime(book, point, until, outcome);
    this.#runTimers(until, outcome);
    judgeComposites(book, { values, clocks: new Map([[0, until]]) }, outcome);
    for (const b of outcome.touched) this.#active.add(b);
    return outcome.changes.flatMap(({ binding, fromLevel, toLevel, at, value }): RehearsedChange[] => {
      const bound = book.bindings[binding];
      if (!bound?.composite) return [];
      const { item, sign, point } = bound;
      return [{ binding, object: point.objectId, sign: sign.code, item, fromLevel, toLevel, at, value }];
    });
  }

  #runTimers(until: number, outcome: Outcome): void {
    const { bindings, states } = this.#book;
    for (const b of [...this.#active, ...outcome.touched]) {
      const bound = bindings[b];
      if (!bound || states.isQuiet(b)) this.#active.delete(b);
      else if (bound.byReading)
        runTimers(bound.sign, states, b, until, this.#book.freshFor(bound.point.id), outcome);
    }
  }
}

function isTimed(kind: string | undefined): boolean {
  return kind === 'silence' || kind === 'duration';
}

/** Signs of the other scenarios in force at a moment: composite signs look at them, too. */
async function otherSigns(tx: Tx, scenario: string, at: number): Promise<readonly AnyRow[]> {
  const moment = new Date(at);
  const { rows } = await sql<AnyRow>`
    select g.id, g.item_code as item, g.element_code as element, g.body from sign g join scenario s on s.id = g.scenario
    where s.code <> ${scenario} and g.standard_id in (
      select distinct on (scenario) id from standard_version
      where effective_from <= ${moment} and (retired_at is null or retired_at > ${moment}) and scenario is not null
      order by scenario, effective_from desc, id desc)
    order by g.id`.execute(tx);
  return rows;
}

/** A document's own signs, by numbers that no row has. */
function ownSigns({ signs, composites = [] }: StandardFile): readonly AnyRow[] {
  return [...signs, ...composites].map((body, n) => ({
    id: -1 - n,
    item: body.item,
    element: body.element,
    body,
  })) as readonly AnyRow[];
}
