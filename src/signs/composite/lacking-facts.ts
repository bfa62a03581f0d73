import type { SignLevel } from '#model/standard';

import type { CompiledCondition } from './compile-composite.ts';
import type { CompositeFact } from './composite-facts.ts';
import { judgeComposite } from './judge-composite.ts';

/** What could be told at an object at all: signs of its own and of the objects within reach, and elements that are measured there. */
export interface CompositeSupply {
  readonly object: string;
  readonly signs: readonly Omit<CompositeFact, 'level'>[];
  readonly elements: ReadonlySet<string>;
}

/**
 * Codes that a composite sign asks for and nobody there can tell, when without them it could never hold; empty where it can be
 * judged. What is off is listed, never passed over in silence (catalog §7.2).
 */
export function lackingFacts(
  conditions: Readonly<Partial<Record<SignLevel, CompiledCondition>>>,
  { object, signs, elements }: CompositeSupply,
): readonly string[] {
  const asked = new Set<string>();
  for (const { reads } of Object.values(conditions)) {
    for (const code of reads.ownSigns) if (!signs.some(isOwn(object, code))) asked.add(code);
    for (const code of reads.codes) if (!signs.some(isOf(code))) asked.add(code);
    for (const code of reads.elements) if (!elements.has(code)) asked.add(code);
  }
  if (asked.size === 0) return [];
  const worst = {
    object,
    facts: signs.map((sign) => ({ ...sign, level: 4 })),
    values: [...elements].flatMap((element) =>
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((value) => ({ element, value, object })),
    ),
  };
  return judgeComposite(conditions, worst).level > 0 ? [] : [...asked].toSorted();
}

function isOwn(object: string, code: string) {
  return (sign: Omit<CompositeFact, 'level'>): boolean => sign.sign === code && sign.object === object;
}

function isOf(code: string) {
  return ({ scenario, item, sign }: Omit<CompositeFact, 'level'>): boolean =>
    sign === code || item === code || scenario === code;
}
