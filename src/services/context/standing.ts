import { type Capability, covers, type Placed } from '#model/platform';
import type { RequestContext } from './context.ts';

/** Where a record lies: in one territory (null: in none that is known) and in several scenarios at once. */
export interface Standing {
  readonly place: number | null;
  readonly scenarios: readonly number[];
}

/** Where a record of several scenarios lies as one: by the scenario through which the caller reaches it, else its first. */
export function placedFor(
  context: RequestContext,
  capability: Capability,
  { place, scenarios }: Standing,
): Placed {
  const reach = context.actor.rights.scopeOf(capability);
  const scenario = scenarios.find((one) => covers(reach, null, one)) ?? scenarios[0] ?? null;
  return { place, scenario };
}

export function reaches(context: RequestContext, capability: Capability, standing: Standing): boolean {
  return context.actor.rights.mayAt(capability, placedFor(context, capability, standing));
}
