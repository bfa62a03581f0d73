import type { DependencyGraph, GraphCause, GraphStep } from './dependency-graph.ts';
import type { GraphObject } from './graph-object.ts';

/** How far a cascade is followed: so many steps, and so many objects. */
export const DEEPEST_STEP = 4;
export const MOST_REACHED = 2000;

/** An object that a cause reaches, by its soonest way. */
export interface Reached {
  readonly object: GraphObject;
  /** From the cause, the whole way (min). */
  readonly leadMinutes: number;
  readonly withinMinutes: number;
  readonly depth: number;
  /** The last step of the way, and the object before it. */
  readonly step: GraphStep;
  readonly via: number;
  /** Items that may follow there; any where empty. */
  readonly expects: ReadonlySet<string>;
  /** Alarms there that are the cause's doing. */
  readonly suppresses: Suppresses | undefined;
}

export interface Suppresses {
  readonly items: ReadonlySet<string>;
  readonly evenRed: ReadonlySet<string>;
  readonly graceMinutes: number;
}

export interface Walk {
  /** The soonest first. */
  readonly reached: readonly Reached[];
  /** More would have been reached than {@link MOST_REACHED}. */
  readonly cut: boolean;
}

/**
 * Follows the graph from one object, a step at a time, at most {@link DEEPEST_STEP} deep: a circle ends by itself, and what is
 * reached twice keeps its soonest way. What a rule foresees at an object is the cause of the next step there.
 */
export function walkDependencies(graph: DependencyGraph, source: number, cause: GraphCause): Walk {
  const start = graph.object(source);
  if (!start) return { reached: [], cut: false };
  const found = new Map<number, Reached>();
  let cut = false;
  let edge: readonly Front[] = [{ object: start, cause, leadMinutes: 0 }];
  for (let depth = 1; depth <= DEEPEST_STEP && edge.length > 0; depth += 1) {
    const next = new Map<number, Reached>();
    for (const front of edge) {
      for (const step of graph.steps(front.object, front.cause)) {
        if (step.to.id === source) continue;
        const held = found.get(step.to.id);
        if (!held && found.size >= MOST_REACHED) {
          cut = true;
          continue;
        }
        const better = take(held, { front, step, depth });
        if (!better) continue;
        found.set(step.to.id, better);
        next.set(step.to.id, better);
      }
    }
    edge = [...next.values()].map((reached) => frontOf(reached, cause.level));
  }
  return { reached: [...found.values()].toSorted((a, b) => a.leadMinutes - b.leadMinutes), cut };
}

interface Front {
  readonly object: GraphObject;
  readonly cause: GraphCause;
  readonly leadMinutes: number;
}

function frontOf({ object, expects, leadMinutes }: Reached, level: number): Front {
  return { object, cause: { items: expects, level }, leadMinutes };
}

/** What is known of the object after this way to it too; undefined where it adds nothing. */
function take(
  held: Reached | undefined,
  { front, step, depth }: { readonly front: Front; readonly step: GraphStep; readonly depth: number },
): Reached | undefined {
  const { rule } = step;
  const leadMinutes = front.leadMinutes + step.leadMinutes;
  const withinMinutes = front.leadMinutes + Math.max(rule.withinMinutes, step.leadMinutes);
  const way = { object: step.to, leadMinutes, withinMinutes, depth, step, via: front.object.id };
  if (!held) return { ...way, expects: new Set(rule.expects), suppresses: suppressesOf(undefined, step) };
  const isSooner = leadMinutes < held.leadMinutes;
  const isNewsToItems = rule.expects.some((item) => !held.expects.has(item));
  const isNewsToHolds = rule.suppresses?.items.some((item) => !held.suppresses?.items.has(item)) === true;
  if (!isSooner && !isNewsToItems && !isNewsToHolds) return undefined;
  return {
    ...(isSooner ? way : held),
    withinMinutes: Math.max(held.withinMinutes, withinMinutes),
    expects: new Set([...held.expects, ...rule.expects]),
    suppresses: suppressesOf(held.suppresses, step),
  };
}

function suppressesOf(
  held: Suppresses | undefined,
  { rule: { suppresses } }: GraphStep,
): Suppresses | undefined {
  if (!suppresses) return held;
  const { items } = suppresses;
  return {
    items: new Set([...items, ...(held?.items ?? [])]),
    evenRed: new Set([...(suppresses.evenRed === true ? items : []), ...(held?.evenRed ?? [])]),
    graceMinutes: Math.max(suppresses.graceMinutes, held?.graceMinutes ?? 0),
  };
}
