import {
  type CompositeFact,
  type CompositeFacts,
  type CompositeValue,
  evaluate,
  judgeComposite,
  type Outcome,
  runTimers,
  type SignChange,
} from '#signs';

import type { PointBook } from '../point-book.ts';
import { composeAt } from './compose-at.ts';
import { type CompositeSeat, scenarioOf } from './composite-book.ts';
import type { Standing } from './standing-facts.ts';
import { tellComposite } from './tell-composite.ts';

/** What a group has brought that composite signs may read. */
export interface CompositeNews {
  /** Values of watched points in the order they came: point, moment (epoch ms), value; point, moment … */
  readonly values: readonly number[];
  /** How far the clock of the live (0) and of each replay has come; absent where it has not moved. */
  readonly clocks: ReadonlyMap<number, number>;
}

interface Happening {
  readonly at: number;
  readonly object: number;
  readonly session: number;
  readonly read: (seat: CompositeSeat) => boolean;
  readonly apply: () => void;
}

/** Time alone does not make a composite sign old: its facts do, and then it is judged anew. */
const FOR_GOOD = Number.POSITIVE_INFINITY;

/**
 * Judges the composite signs that a group of readings concerns, each at the moment at which something it reads has changed, and
 * lets their delays run out. Adds to `outcome` and gives the sentence of each change: the facts that made it true.
 *
 * Silence is neither a recovery nor a breach here either: facts that have grown old raise nothing, and hold what they have raised.
 */
export function judgeComposites(
  book: PointBook,
  news: CompositeNews,
  outcome: Outcome,
): ReadonlyMap<SignChange, string> {
  const round = new Round(book, outcome);
  if (book.composites.seats.size === 0 && book.composites.anew.size === 0) return round.reasons;
  for (const [at, happenings] of inOrder(book, news, outcome)) round.happen(at, happenings);
  for (const [session, now] of news.clocks) round.pass(session, now);
  return round.reasons;
}

/** What has happened, moment by moment. */
function inOrder(
  book: PointBook,
  { values }: CompositeNews,
  { changes }: Outcome,
): readonly (readonly [number, readonly Happening[]])[] {
  const happenings = changes.flatMap((change) => levelChange(book, change));
  for (let i = 0; i < values.length; i += 3) {
    const [point = 0, at = 0, value = 0] = values.slice(i, i + 3);
    const { objectId, element } = book.get(point) ?? { objectId: 0, element: '' };
    happenings.push({
      at,
      object: objectId,
      session: book.session[point] ?? 0,
      read: ({ reads }) => reads.elements.has(element),
      apply: () => book.composites.facts.take(point, at, value),
    });
  }
  return [...Map.groupBy(happenings, ({ at }) => at)].toSorted(([a], [b]) => a - b);
}

function levelChange(book: PointBook, { binding, toLevel, at }: SignChange): readonly Happening[] {
  const bound = book.bindings[binding];
  if (!bound) return [];
  const { sign, item, point } = bound;
  return [
    {
      at,
      object: point.objectId,
      session: book.session[point.id] ?? 0,
      read: (seat) =>
        seat.binding !== binding && isRead(seat, sign.code, item, bound.composite !== undefined),
      apply: () => book.composites.facts.change(point.objectId, binding, toLevel, at),
    },
  ];
}

/** Whether a seat looks at a sign. Other composite signs are looked at only when they are named. */
function isRead({ reads }: CompositeSeat, sign: string, item: string, isComposite: boolean): boolean {
  if (reads.ownSigns.has(sign) || reads.codes.has(sign) || reads.codes.has(item)) return true;
  return !isComposite && (reads.everything || reads.codes.has(scenarioOf(sign)));
}

/** One group's work on the composite signs. */
class Round {
  readonly reasons = new Map<SignChange, string>();
  readonly #book: PointBook;
  readonly #outcome: Outcome;

  constructor(book: PointBook, outcome: Outcome) {
    this.#book = book;
    this.#outcome = outcome;
  }

  /** What has happened at one moment, and what follows from it at the same moment. */
  happen(at: number, happenings: readonly Happening[]): void {
    for (const session of new Set(happenings.map((one) => one.session))) this.#followVersion(session, at);
    let next: readonly Happening[] = happenings;
    // Signs that wait for each other are not published; this only keeps a flaw from running for ever.
    for (let turn = 0; next.length > 0 && turn <= this.#book.composites.bound.size; turn += 1) {
      for (const { apply } of next) apply();
      const concerned = new Set(next.flatMap((happening) => this.#readers(happening)));
      const before = this.#outcome.changes.length;
      for (const seat of concerned) this.#judge(seat, at);
      next = this.#outcome.changes.slice(before).flatMap((change) => levelChange(this.#book, change));
    }
  }

  /** Time passes up to `now` in the present or in a replay. */
  pass(session: number, now: number): void {
    const { composites } = this.#book;
    this.#followVersion(session, now);
    composites.refresh();
    for (const [binding, due] of [...composites.due].toSorted((a, b) => a[1] - b[1] || a[0] - b[0])) {
      const seat = composites.seats.get(binding);
      if (seat && due <= now && this.#sessionOf(seat) === session) this.#judgeAndTell(seat, due);
    }
    for (const binding of [...composites.anew, ...composites.waiting]) {
      const seat = composites.seats.get(binding);
      if (seat && this.#sessionOf(seat) !== session) continue;
      composites.anew.delete(binding);
      if (seat) this.#judgeAndTell(seat, now);
    }
    for (const binding of composites.bound) this.#runOut(binding, session, now);
  }

  /** A version whose moment has come judges from then on; what was due before has come to pass under the one before. */
  #followVersion(session: number, at: number): void {
    const { composites, versions, states } = this.#book;
    if (at < versions.nextAt) return;
    const here = [...composites.bound].filter((b) => this.#sessionOfBinding(b) === session);
    for (const binding of here) this.#runOut(binding, session, versions.nextAt);
    for (const binding of composeAt(this.#book, here, at))
      if (!states.isQuiet(binding)) this.#outcome.touched.add(binding);
    composites.refresh();
  }

  #runOut(binding: number, session: number, now: number): void {
    const { bindings, states, session: sessions, composites } = this.#book;
    const bound = bindings[binding];
    if (!bound || states.isQuiet(binding) || sessions[bound.point.id] !== session) return;
    const before = this.#outcome.changes.length;
    runTimers(bound.sign, states, binding, now, FOR_GOOD, this.#outcome);
    const made = this.#outcome.changes.slice(before);
    const seat = composites.seats.get(binding);
    for (const change of made) this.#tell(change, seat);
    for (const change of made) this.happen(change.at, levelChange(this.#book, change));
  }

  #judgeAndTell(seat: CompositeSeat, at: number): void {
    const before = this.#outcome.changes.length;
    this.#judge(seat, at);
    for (const change of this.#outcome.changes.slice(before))
      this.happen(change.at, levelChange(this.#book, change));
  }

  #readers({ object, session, read }: Happening): readonly CompositeSeat[] {
    const { composites } = this.#book;
    return [...composites.seatsSeeing(object)].flatMap((binding) => {
      const seat = composites.seats.get(binding);
      return seat && this.#sessionOf(seat) === session && read(seat) ? [seat] : [];
    });
  }

  #sessionOf({ binding }: CompositeSeat): number {
    return this.#sessionOfBinding(binding);
  }

  #sessionOfBinding(binding: number): number {
    return this.#book.session[this.#book.bindings[binding]?.point.id ?? 0] ?? 0;
  }

  #judge(seat: CompositeSeat, moment: number): void {
    const { states, composites } = this.#book;
    const { binding, composite } = seat;
    const at = Math.max(moment, states.at[binding] ?? 0);
    const before = this.#outcome.changes.length;
    runTimers(composite.sign, states, binding, at, FOR_GOOD, this.#outcome);
    const { fresh, all, due, isWaiting } = this.#look(seat, at);
    const now = judgeComposite(composite.conditions, fresh).level;
    const held = judgeComposite(composite.conditions, all).level;
    const level = seat.lacking.length > 0 ? 0 : Math.max(now, Math.min(held, states.level[binding] ?? 0));
    evaluate(composite.sign, states, binding, at, level, FOR_GOOD, this.#outcome);
    if (due === FOR_GOOD) composites.due.delete(binding);
    else composites.due.set(binding, due);
    if (isWaiting) composites.waiting.add(binding);
    else composites.waiting.delete(binding);
    for (const change of this.#outcome.changes.slice(before)) this.#tell(change, seat);
  }

  /** What the seat is shown at a moment: what is fresh, all there is, and when that must be looked at again. */
  #look(
    seat: CompositeSeat,
    at: number,
  ): {
    readonly fresh: CompositeFacts;
    readonly all: CompositeFacts;
    readonly due: number;
    readonly isWaiting: boolean;
  } {
    const fresh: { facts: CompositeFact[]; values: CompositeValue[] } = { facts: [], values: [] };
    const all: { facts: CompositeFact[]; values: CompositeValue[] } = { facts: [], values: [] };
    let due = FOR_GOOD;
    let isWaiting = false;
    const isFresh = (point: number): boolean => {
      const end = this.#freshUntil(point);
      if (end > at) due = Math.min(due, end);
      else isWaiting = true;
      return end > at;
    };
    const window = seat.composite.composite.within.windowSeconds ?? FOR_GOOD;
    for (const { fact, standing, point } of this.#standing(seat)) {
      const leaves = standing.since + window * 1000;
      if (leaves <= at) continue;
      due = Math.min(due, leaves);
      all.facts.push(fact);
      if (isFresh(point)) fresh.facts.push(fact);
    }
    for (const { value, point } of this.#values(seat)) {
      all.values.push(value);
      if (isFresh(point)) fresh.values.push(value);
    }
    const object = seat.reach.get(seat.object)?.code ?? '';
    return { fresh: { ...fresh, object }, all: { ...all, object }, due, isWaiting };
  }

  /** Until when the newest word of a point stands for the present; what is told by silence, or by other signs, stands by itself. */
  #freshUntil(point: number): number {
    return point === 0 ? FOR_GOOD : (this.#book.newestAt[point] ?? 0) + this.#book.freshFor(point);
  }

  #values(seat: CompositeSeat): readonly { readonly value: CompositeValue; readonly point: number }[] {
    const session = this.#sessionOf(seat);
    return seat.valuePoints.flatMap(({ point, neighbour }) => {
      const known = this.#book.composites.facts.valueOf(point);
      if (!known || this.#book.session[point] !== session) return [];
      const element = this.#book.get(point)?.element ?? '';
      return [{ value: { element, value: known.value, object: neighbour.code }, point }];
    });
  }

  #standing(seat: CompositeSeat): readonly StandingFact[] {
    const { objects } = this.#book.composites.facts;
    const seen = objects.size < seat.reach.size ? objects.keys() : seat.reach.keys();
    return [...seen].flatMap((object) => {
      const neighbour = seat.reach.get(object);
      return neighbour
        ? [...(objects.get(object) ?? [])].flatMap(([binding, standing]) =>
            this.#standingFact(seat, { binding, standing }, neighbour),
          )
        : [];
    });
  }

  #standingFact(
    seat: CompositeSeat,
    { binding, standing }: { readonly binding: number; readonly standing: Standing },
    { code, distance }: { readonly code: string; readonly distance: number },
  ): readonly StandingFact[] {
    const bound = this.#book.bindings[binding];
    if (!bound || binding === seat.binding) return [];
    const { sign, item, point, composite } = bound;
    if (!isRead(seat, sign.code, item, composite !== undefined)) return [];
    if (this.#book.session[point.id] !== this.#sessionOf(seat)) return [];
    const told = { scenario: scenarioOf(sign.code), item, sign: sign.code, level: standing.level };
    const isTimeless = composite !== undefined || sign.measure.kind === 'silence';
    return [{ fact: { ...told, distance, object: code }, standing, point: isTimeless ? 0 : point.id }];
  }

  #tell(change: SignChange, seat: CompositeSeat | undefined): void {
    if (!seat || this.reasons.has(change)) return;
    const { all } = this.#look(seat, change.at);
    this.reasons.set(change, tellComposite(seat, change.toLevel, all, this.#book.composites.names));
  }
}

interface StandingFact {
  readonly fact: CompositeFact;
  readonly standing: Standing;
  /** Whose freshness counts; 0 where none does. */
  readonly point: number;
}
