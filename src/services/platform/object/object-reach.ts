import { type Capability, covers, type Placed } from '#model/platform';
import type { RequestContext } from '#services/context';

/** Where an object lies: in one territory and in several scenarios at once. */
export interface Standing {
  readonly place: number;
  readonly scenarios: readonly number[];
}

/** Where an object lies as one record: by the scenario through which the caller reaches it, else its first. */
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
