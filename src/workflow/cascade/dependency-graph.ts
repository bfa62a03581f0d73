import type { DependencyKind, DependencyRule } from '#model/warning';

import type { GraphObject } from './graph-object.ts';
import { ObjectGrid } from './object-grid.ts';

/** A registered dependency in force: when `from` fails, `to` feels it. */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  readonly kind: DependencyKind;
  /** Null: as the rule says. */
  readonly leadMinutes: number | null;
  readonly reason: string | null;
}

/** One step from an object to another: the rule that takes it, and the edge or the distance (m) it goes by. */
export interface GraphStep {
  readonly to: GraphObject;
  readonly rule: DependencyRule;
  readonly leadMinutes: number;
  readonly edge: GraphEdge | null;
  readonly meters: number | null;
}

/** What stands at an object: a warning of an item, a fault of a kind, or what a rule foresees there. */
export interface GraphCause {
  readonly items: ReadonlySet<string>;
  readonly fault?: string;
  /** Rank of the level; a fault stands for itself and needs none. */
  readonly level: number;
}

/**
 * Objects, edges and rules, made ready to be walked; built once for a batch of warnings and kept until something changes.
 * Nothing of the rules is stored: who is reached by distance or town is looked up here.
 */
export class DependencyGraph {
  readonly #objects: ReadonlyMap<number, GraphObject>;
  readonly #edges: ReadonlyMap<number, readonly GraphEdge[]>;
  readonly #rules: readonly ReadyRule[];

  constructor(parts: {
    readonly objects: readonly GraphObject[];
    readonly edges: readonly GraphEdge[];
    readonly rules: readonly DependencyRule[];
    readonly rankOf: (level: DependencyRule['when']['level']) => number;
  }) {
    this.#objects = new Map(parts.objects.map((object) => [object.id, object]));
    this.#edges = Map.groupBy(parts.edges, ({ from }) => from);
    this.#rules = parts.rules.map((rule) => makeReady(rule, parts.rankOf(rule.when.level), parts.objects));
  }

  object(id: number): GraphObject | undefined {
    return this.#objects.get(id);
  }

  /** True where something here could follow from the cause: asked before anything is walked. */
  concerns(object: number, cause: GraphCause): boolean {
    return this.#rules.some((ready) => applies(ready, cause) && (!ready.along || this.#edges.has(object)));
  }

  /** Every single step from an object, in the order of the rules. */
  *steps(from: GraphObject, cause: GraphCause): Generator<GraphStep> {
    for (const ready of this.#rules) {
      if (!applies(ready, cause)) continue;
      if (ready.along) yield* this.#along(from, ready);
      else yield* around(from, ready);
    }
  }

  *#along(from: GraphObject, { rule, along, elements }: ReadyRule): Generator<GraphStep> {
    for (const edge of this.#edges.get(from.id) ?? []) {
      const to = this.#objects.get(edge.to);
      if (!to || !along?.has(edge.kind) || !hasOne(to, elements)) continue;
      yield { to, rule, leadMinutes: edge.leadMinutes ?? rule.leadMinutes, edge, meters: null };
    }
  }
}

interface ReadyRule {
  readonly rule: DependencyRule;
  readonly level: number;
  readonly items: ReadonlySet<string> | undefined;
  readonly faults: ReadonlySet<string> | undefined;
  readonly elements: ReadonlySet<string> | undefined;
  /** Set where it goes along edges; the others have candidates by place. */
  readonly along: ReadonlySet<DependencyKind> | undefined;
  readonly radius: number | undefined;
  readonly grid: ObjectGrid | undefined;
  readonly towns: ReadonlyMap<string | null, readonly GraphObject[]> | undefined;
}

function makeReady(rule: DependencyRule, level: number, objects: readonly GraphObject[]): ReadyRule {
  const { when, reaches } = rule;
  const { within } = reaches;
  const elements = reaches.elements && new Set(reaches.elements);
  const radius = 'radiusMeters' in within ? within.radiusMeters : undefined;
  const candidates = 'along' in within ? [] : objects.filter((object) => hasOne(object, elements));
  return {
    rule,
    level,
    items: when.items && new Set(when.items),
    faults: when.faults && new Set(when.faults),
    elements,
    along: 'along' in within ? new Set(within.along) : undefined,
    radius,
    grid: radius === undefined ? undefined : new ObjectGrid(candidates, radius),
    towns: 'sameTown' in within ? Map.groupBy(candidates, ({ town }) => town) : undefined,
  };
}

function applies({ level, items, faults }: ReadyRule, cause: GraphCause): boolean {
  if (cause.fault !== undefined) return faults?.has(cause.fault) === true;
  if (cause.level < level) return false;
  return items === undefined || [...cause.items].some((item) => items.has(item));
}

function hasOne({ elements }: GraphObject, wanted: ReadonlySet<string> | undefined): boolean {
  return wanted === undefined || elements.some((code) => wanted.has(code));
}

function* around(from: GraphObject, { rule, radius = 0, grid, towns }: ReadyRule): Generator<GraphStep> {
  const { leadMinutes } = rule;
  if (grid) {
    for (const { object, meters } of grid.near(from, radius)) {
      if (object.id !== from.id) yield { to: object, rule, leadMinutes, edge: null, meters };
    }
    return;
  }
  if (from.town === null) return;
  for (const to of towns?.get(from.town) ?? []) {
    if (to.id !== from.id) yield { to, rule, leadMinutes, edge: null, meters: null };
  }
}
