import { LEVEL_TEXT, levelOf } from '#model/warning';
import {
  type CompositeFact,
  type CompositeFacts,
  compositeSentence,
  type CompositeValue,
  decidingFacts,
  quantity,
  type ToldFact,
} from '#signs';

import type { CompositeSeat, FactNames } from './composite-book.ts';

const NOTHING = { told: [], more: 0 } as const;

/** Why a composite sign stands at a level (0 normal), by what it is shown at that moment, as a person would say it. */
export function tellComposite(
  { composite: { composite, conditions }, reach }: CompositeSeat,
  rank: number,
  shown: CompositeFacts,
  names: FactNames,
): string {
  const level = levelOf(rank);
  const condition = level && conditions[level];
  if (!condition) return compositeSentence(composite.name, 0, NOTHING);
  const objects = new Map([...reach.values()].map(({ code, name }) => [code, name]));
  const nameOf = (code: string): string => objects.get(code) ?? code;
  const { facts, values, more } = decidingFacts(condition, shown);
  const told = [
    ...facts.map((fact) => levelFact(fact, nameOf(fact.object), names)),
    ...values.map((value) => valueFact(value, nameOf(value.object), names)),
  ];
  return compositeSentence(composite.name, rank, { told, more });
}

function levelFact({ sign, level }: CompositeFact, object: string, { signs }: FactNames): ToldFact {
  const standing = levelOf(level);
  return { object, what: signs.get(sign) ?? sign, said: standing ? LEVEL_TEXT[standing] : '' };
}

function valueFact({ element, value }: CompositeValue, object: string, { elements }: FactNames): ToldFact {
  const { name, unit } = elements.get(element) ?? { name: element, unit: '1' };
  return { object, what: name, said: ` ${quantity(value, unit)}` };
}
