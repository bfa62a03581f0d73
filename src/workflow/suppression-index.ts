import type { CauseKind } from '#model/warning';

import type { Hold } from './admit-alarm.ts';

/** Something that holds alarms back for a span (epoch ms), up to a level: the hold it gives, and since when. */
export interface Suppression {
  readonly hold: Hold;
  readonly from: number;
}

/** What a suppression is over. Codes of signs and items, numbers of the rest. */
export type SuppressedScope =
  | { readonly over: 'sign'; readonly point: number; readonly sign: string }
  | { readonly over: 'point'; readonly point: number }
  | { readonly over: 'item'; readonly object: number; readonly item: string }
  | { readonly over: 'object'; readonly object: number };

/** Something that has to stand at an object, at least at this level (1 blue … 4 red), for a rule to apply. */
export interface Cause {
  readonly object: number;
  readonly kind: CauseKind;
  /** Code of the point, sign or item. */
  readonly code: string;
  readonly level: number;
}

/** An alarm that stands. Replayed readings make causes for their own session only; 0 is live. */
export interface StandingAlarm {
  readonly object: number;
  readonly session: number;
  readonly point: string;
  readonly sign: string;
  readonly item: string;
  readonly level: number;
}

/** What is asked about: an alarm, with the codes and numbers its holds go by. */
export interface AskedAlarm {
  readonly point: number;
  readonly sign: string;
  readonly object: number;
  readonly item: string;
  readonly session: number;
}

interface Ruled extends Suppression {
  readonly cause: Cause;
}

/** All that is over one point. */
interface OverPoint {
  readonly whole: Suppression[];
  readonly signs: Map<string, Suppression[]>;
}

/** All that is over one object, or stands at it. */
interface OverObject {
  readonly whole: Suppression[];
  readonly items: Map<string, Suppression[]>;
  readonly rules: Map<string, Ruled[]>;
  readonly standing: StandingAlarm[];
}

const NONE: readonly never[] = [];

/**
 * Which holds apply to an alarm now? Everything lies where it is over something, so an answer costs the same with one rule as with
 * ten thousand: one look by the alarm's point, one by its object, and those few that are over this very alarm are asked for their span.
 */
export class SuppressionIndex {
  readonly #points = new Map<number, OverPoint>();
  readonly #objects = new Map<number, OverObject>();

  add(scope: SuppressedScope, suppression: Suppression): void {
    switch (scope.over) {
      case 'sign':
        listOf(this.#point(scope.point).signs, scope.sign).push(suppression);
        return;
      case 'point':
        this.#point(scope.point).whole.push(suppression);
        return;
      case 'item':
        listOf(this.#object(scope.object).items, scope.item).push(suppression);
        return;
      case 'object':
        this.#object(scope.object).whole.push(suppression);
        return;
      default:
        scope satisfies never;
    }
  }

  /** A rule at one of the objects it reaches: its item is held there while the cause stands. */
  addRule(
    target: { readonly object: number; readonly item: string },
    rule: Suppression & { readonly cause: Cause },
  ): void {
    listOf(this.#object(target.object).rules, target.item).push(rule);
  }

  stand(alarm: StandingAlarm): void {
    this.#object(alarm.object).standing.push(alarm);
  }

  /** The holds over an alarm at a moment (epoch ms), whatever its level: `upTo` says how far each goes. */
  holdsOf({ point, sign, object, item, session }: AskedAlarm, now: number): readonly Hold[] {
    const found: Hold[] = [];
    const overPoint = this.#points.get(point);
    if (overPoint) {
      take(found, overPoint.whole, now);
      take(found, overPoint.signs.get(sign) ?? NONE, now);
    }
    const overObject = this.#objects.get(object);
    if (!overObject) return found;
    take(found, overObject.items.get(item) ?? NONE, now);
    take(found, overObject.whole, now);
    for (const rule of overObject.rules.get(item) ?? NONE)
      if (runs(rule, now) && this.#stands(rule.cause, session)) found.push(rule.hold);
    return found;
  }

  #stands({ object, kind, code, level }: Cause, session: number): boolean {
    for (const alarm of this.#objects.get(object)?.standing ?? NONE)
      if (alarm.level >= level && alarm.session === session && alarm[kind] === code) return true;
    return false;
  }

  #point(point: number): OverPoint {
    let found = this.#points.get(point);
    if (!found) this.#points.set(point, (found = { whole: [], signs: new Map() }));
    return found;
  }

  #object(object: number): OverObject {
    let found = this.#objects.get(object);
    if (!found)
      this.#objects.set(object, (found = { whole: [], items: new Map(), rules: new Map(), standing: [] }));
    return found;
  }
}

function take(found: Hold[], suppressions: readonly Suppression[], now: number): void {
  for (const one of suppressions) if (runs(one, now)) found.push(one.hold);
}

function runs({ hold, from }: Suppression, now: number): boolean {
  return from <= now && (hold.until === null || now < hold.until);
}

function listOf<Value>(map: Map<string, Value[]>, key: string): Value[] {
  let found = map.get(key);
  if (!found) map.set(key, (found = []));
  return found;
}
