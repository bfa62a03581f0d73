import { LONGEST_CONDITION } from '#model/standard';

import { conditionFault } from './condition-fault.ts';
import { conditionLanguage } from './condition-language.ts';
import { type CompositeNames, ConditionReader, type ConditionReads } from './condition-reader.ts';
import { KnownFacts } from './known-facts.ts';

const NOTHING = new KnownFacts({ facts: [] });

/** A condition made ready: asks nothing but the facts it is given, and never throws. */
export interface CompiledCondition {
  readonly reads: ConditionReads;
  readonly holds: (facts: KnownFacts) => { readonly holds: boolean; readonly fault?: string };
}

export type CompiledComposite =
  | { readonly kind: 'ready'; readonly condition: CompiledCondition }
  | { readonly kind: 'faults'; readonly faults: readonly string[] };

/**
 * Compiles one condition of a composite sign (CEL). `radiusMeters` is as far as its facts reach: looking farther would never see
 * anything. Faults are Chinese sentences.
 */
export function compileComposite(
  expression: string,
  names: CompositeNames,
  radiusMeters: number = Number.POSITIVE_INFINITY,
): CompiledComposite {
  if (expression.length > LONGEST_CONDITION)
    return faulty(`条件长 ${expression.length} 个字符，最多 ${LONGEST_CONDITION} 个。请拆成几条复合体征。`);
  let known = NOTHING;
  try {
    const parsed = conditionLanguage(() => known).parse(expression);
    const reader = new ConditionReader(names, parsed.ast);
    if (reader.faults.length > 0) return { kind: 'faults', faults: reader.faults };
    const { valid, type, error } = parsed.check();
    if (!valid) return faulty(conditionFault(error, expression));
    if (type !== 'bool')
      return faulty('条件的结果须是成立或不成立。请写成比较，例如 levelOf("FLOOD.S06") >= ORANGE。');
    const { reads } = reader;
    if (reads.farthestMeters > radiusMeters)
      return faulty(
        `条件要看 ${reads.farthestMeters} 米，而这条体征只看 ${radiusMeters} 米以内。请改小距离，或放大半径。`,
      );
    return {
      kind: 'ready',
      condition: {
        reads,
        holds: (facts) => {
          known = facts;
          try {
            return { holds: parsed({ sign: facts.ownLevels(reads.ownSigns) }) === true };
          } catch (failure) {
            return { holds: false, fault: conditionFault(failure, expression) };
          } finally {
            known = NOTHING;
          }
        },
      },
    };
  } catch (error) {
    return faulty(conditionFault(error, expression));
  }
}

function faulty(sentence: string): CompiledComposite {
  return { kind: 'faults', faults: [sentence] };
}
