import { type Level, type LevelRank, LEVELS, rankOf } from '#model/warning';

import type { CompiledCondition } from './compile-composite.ts';
import type { CompositeFacts } from './composite-facts.ts';
import { KnownFacts } from './known-facts.ts';

/** The worst level whose condition holds (0 none), and what could not be judged. */
export interface CompositeVerdict {
  readonly level: LevelRank;
  readonly faults: readonly string[];
}

/** Judges a composite sign by the facts of one moment; delays are not its business. */
export function judgeComposite(
  conditions: Readonly<Partial<Record<Level, CompiledCondition>>>,
  facts: CompositeFacts,
): CompositeVerdict {
  const known = new KnownFacts(facts);
  const faults: string[] = [];
  for (const level of LEVELS.toReversed()) {
    const { holds, fault } = conditions[level]?.holds(known) ?? { holds: false };
    if (fault !== undefined) faults.push(fault);
    if (holds) return { level: rankOf(level), faults };
  }
  return { level: 0, faults };
}
