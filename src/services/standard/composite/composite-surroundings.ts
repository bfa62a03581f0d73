import type { CompositeSurroundings } from '#contract/standard';
import { type CompositeReach, type CompositeSign, SIGN_LEVELS, type SignLevel } from '#model/standard';
import { rankOf } from '#model/warning';
import { compileComposite, type CompositeNames } from '#signs';

/** What the conditions of composite signs may name of one scenario's standard. */
export interface StandardOutline {
  readonly scenario: string;
  readonly elements: readonly { readonly code: string; readonly unit: string }[];
  readonly items: readonly { readonly code: string }[];
  readonly signs: readonly {
    readonly code: string;
    readonly item: string;
    readonly levels: Readonly<Partial<Record<SignLevel, unknown>>>;
  }[];
  readonly composites?: readonly CompositeSign[];
}

/** Everything that conditions may name in these standards together. */
export function namesOf(outlines: readonly StandardOutline[]): CompositeNames {
  const listed = outlines.flatMap((one) => [...one.signs, ...(one.composites ?? [])]);
  return {
    signs: new Set(listed.map(({ code }) => code)),
    items: new Set(outlines.flatMap(({ items }) => items.map(({ code }) => code))),
    scenarios: new Set(outlines.map(({ scenario }) => scenario)),
    elements: new Set(outlines.flatMap(({ elements }) => elements.map(({ code }) => code))),
  };
}

/** What the composite signs of `own` stand among: its own standard and those of the other scenarios. */
export function compositeSurroundings(
  own: StandardOutline,
  others: readonly StandardOutline[],
): CompositeSurroundings {
  const outlines = [own, ...others];
  const names = namesOf(outlines);
  const highest = highestLevels(outlines);
  return {
    readCondition: (when: string, { radiusMeters }: CompositeReach) => {
      const compiled = compileComposite(when, names, radiusMeters);
      if (compiled.kind === 'faults') return { faults: compiled.faults, codes: new Set(), wanted: [] };
      const { ownSigns, codes, wanted } = compiled.condition.reads;
      return { faults: [], codes: new Set([...ownSigns, ...codes]), wanted };
    },
    others: others.flatMap(({ composites = [] }) => composites),
    highestOf: (code) => highest.get(code) ?? 0,
  };
}

/** Of every sign, item and scenario, the worst level it has. */
function highestLevels(outlines: readonly StandardOutline[]): ReadonlyMap<string, number> {
  const highest = new Map<string, number>();
  for (const { scenario, signs, composites = [] } of outlines) {
    for (const { code, item, levels } of [...signs, ...composites]) {
      const worst = SIGN_LEVELS.find((level) => levels[level] !== undefined);
      const rank = worst ? rankOf(worst) : 0;
      for (const name of [code, item, scenario]) highest.set(name, Math.max(highest.get(name) ?? 0, rank));
    }
  }
  return highest;
}
