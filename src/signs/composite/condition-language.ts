import { Environment } from '@marcbachmann/cel-js';

import { Fact, type KnownFacts } from './known-facts.ts';

/** Names a condition may use by themselves. */
export const CONSTANTS: Readonly<Record<string, bigint>> = {
  NORMAL: 0n,
  BLUE: 1n,
  YELLOW: 2n,
  ORANGE: 3n,
  RED: 4n,
};

/** Fields of a fact. */
export const FACT_FIELDS = ['scenario', 'item', 'sign', 'level', 'distance', 'object'] as const;

/** Functions that ask for facts by a code. */
export const ASKING = ['levelOf', 'linked', 'near', 'highest', 'lowest'] as const;

/** Those of them that ask for the newest value of an element. */
export const MEASURING = ['highest', 'lowest'] as const;

/** What may be done with a list of facts; the first four take `f, condition`. */
export const CHOOSING = ['exists', 'all', 'exists_one', 'filter'] as const;
export const COUNTING = ['atLeast', 'objects', 'warnings', 'scenarios', 'size'] as const;

/** What may be done with a text; patterns are not among it, for a hostile one runs for hours. */
export const TEXT_METHODS = ['startsWith', 'endsWith', 'contains'] as const;

const BASE = new Environment({
  limits: { maxAstNodes: 400, maxDepth: 64, maxListElements: 50, maxMapEntries: 8, maxCallArguments: 4 },
})
  .registerType('fact', {
    ctor: Fact,
    fields: {
      scenario: 'string',
      item: 'string',
      sign: 'string',
      level: 'int',
      distance: 'double',
      object: 'string',
    },
  })
  .registerVariable('sign', 'map<string, int>')
  .registerFunction('list<fact>.atLeast(int): list<fact>', (facts: readonly Fact[], level: bigint) =>
    facts.filter((fact) => fact.level >= level),
  )
  .registerFunction('list<fact>.objects(): int', (facts: readonly Fact[]) =>
    BigInt(new Set(facts.map(({ object }) => object)).size),
  )
  .registerFunction('list<fact>.warnings(): int', (facts: readonly Fact[]) =>
    BigInt(new Set(facts.map(({ object, item }) => `${object} ${item}`)).size),
  )
  .registerFunction('list<fact>.scenarios(): int', (facts: readonly Fact[]) =>
    BigInt(new Set(facts.map(({ scenario }) => scenario)).size),
  );
for (const [name, rank] of Object.entries(CONSTANTS)) BASE.registerConstant(name, 'int', rank);

/**
 * The language of conditions: CEL with `sign["…"]`, `levelOf`, `linked`, `near` and what may be done with facts. Its
 * functions read `known()` and change nothing.
 */
export function conditionLanguage(known: () => KnownFacts): Environment {
  return BASE.clone()
    .registerFunction('levelOf(string): int', (code: string) => known().levelOf(code))
    .registerFunction('highest(string): double', (element: string) => known().highest(element))
    .registerFunction('lowest(string): double', (element: string) => known().lowest(element))
    .registerFunction('linked(): list<fact>', () => known().all)
    .registerFunction('linked(string): list<fact>', (code: string) => known().linked(code))
    .registerFunction('near(string, int): list<fact>', (code: string, metres: bigint) =>
      known().near(code, Number(metres)),
    )
    .registerFunction('near(string, double): list<fact>', (code: string, metres: number) =>
      known().near(code, metres),
    );
}
