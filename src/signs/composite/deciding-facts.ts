import type { CompiledCondition } from './compile-composite.ts';
import type { CompositeFact, CompositeFacts, CompositeValue } from './composite-facts.ts';
import { KnownFacts } from './known-facts.ts';

/** The facts that make a condition true. */
export interface DecidingFacts {
  readonly facts: readonly CompositeFact[];
  readonly values: readonly CompositeValue[];
  /** How many more stand that it looks at. */
  readonly more: number;
}

/** Beyond so many, the worst ones are looked at alone: a sentence names a few. */
const MOST = 60;

/**
 * Of the facts under which a condition holds, the fewest that suffice, worst and nearest first. What is mild or far is left out
 * first, so the same facts always give the same ones.
 */
export function decidingFacts(
  { reads, holds }: CompiledCondition,
  { object, facts, values = [] }: CompositeFacts,
): DecidingFacts {
  const looked = facts
    .filter(
      ({ scenario, item, sign, level }) =>
        level > 0 &&
        (reads.everything ||
          [sign, item, scenario].some((code) => reads.codes.has(code)) ||
          reads.ownSigns.has(sign)),
    )
    .toSorted(worstFirst);
  const measured = values.filter(({ element }) => reads.elements.has(element));
  const stands = (some: readonly CompositeFact[], told: readonly CompositeValue[]): boolean =>
    holds(new KnownFacts({ ...(object === undefined ? {} : { object }), facts: some, values: told })).holds;
  const few = looked.slice(0, MOST);
  let kept = stands(few, measured) ? few : looked;
  let told: readonly CompositeValue[] = measured;
  if (kept.length <= MOST) {
    for (const fact of kept.toReversed()) {
      const less = kept.filter((one) => one !== fact);
      if (stands(less, told)) kept = less;
    }
    for (const value of measured.toReversed()) {
      const less = told.filter((one) => one !== value);
      if (stands(kept, less)) told = less;
    }
  }
  return { facts: kept, values: told, more: looked.length - kept.length };
}

function worstFirst(a: CompositeFact, b: CompositeFact): number {
  return (
    b.level - a.level ||
    a.distance - b.distance ||
    (a.sign < b.sign ? -1 : a.sign > b.sign ? 1 : 0) ||
    (a.object < b.object ? -1 : 1)
  );
}
