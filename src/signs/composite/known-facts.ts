import type { CompositeFacts, CompositeValue } from './composite-facts.ts';

const RANKS = [0n, 1n, 2n, 3n, 4n] as const;

/** CEL's numbers are typed: `int` is a bigint. A level that is none counts as normal. */
export class Fact {
  readonly scenario: string;
  readonly item: string;
  readonly sign: string;
  readonly level: bigint;
  readonly distance: number;
  readonly object: string;

  constructor(fact: CompositeFacts['facts'][number]) {
    this.scenario = fact.scenario;
    this.item = fact.item;
    this.sign = fact.sign;
    this.level = RANKS[fact.level] ?? 0n;
    this.distance = fact.distance;
    this.object = fact.object;
  }
}

/** The facts of one judging, made ready for conditions. */
export class KnownFacts {
  readonly all: readonly Fact[];
  readonly #object: string | undefined;
  readonly #values: readonly CompositeValue[];

  constructor({ object, facts, values = [] }: CompositeFacts) {
    this.#object = object;
    this.#values = values;
    this.all = facts.map((fact) => new Fact(fact));
  }

  /** Of a scenario, an item or a sign. */
  linked(code: string): readonly Fact[] {
    return this.all.filter(({ scenario, item, sign }) => sign === code || item === code || scenario === code);
  }

  near(code: string, metres: number): readonly Fact[] {
    return this.linked(code).filter(({ distance }) => distance <= metres);
  }

  /** The worst level among them; 0 when there is none. */
  levelOf(code: string): bigint {
    return worst(this.linked(code));
  }

  /** The highest newest value of an element; NaN, with which no comparison holds, when nothing is known. */
  highest(element: string): number {
    const values = this.#valuesOf(element);
    return values.length === 0 ? Number.NaN : Math.max(...values);
  }

  /** The lowest one. */
  lowest(element: string): number {
    const values = this.#valuesOf(element);
    return values.length === 0 ? Number.NaN : Math.min(...values);
  }

  #valuesOf(wanted: string): readonly number[] {
    return this.#values.flatMap(({ element, value }) => (element === wanted ? [value] : []));
  }

  /** Levels of the judged object's own signs. */
  ownLevels(signs: Iterable<string>): ReadonlyMap<string, bigint> {
    const own = this.all.filter(({ object }) => object === this.#object);
    return new Map([...signs].map((code) => [code, worst(own.filter(({ sign }) => sign === code))]));
  }
}

function worst(facts: readonly Fact[]): bigint {
  return facts.reduce((level, fact) => (fact.level > level ? fact.level : level), 0n);
}
