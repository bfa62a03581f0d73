import { type Capability, covers, type Placed, type Rights } from '#model/platform';

/** Where a fault lies: in one territory and in as many scenarios as its device serves. */
export interface FaultStanding {
  readonly place: number;
  readonly scenarios: readonly number[];
}

/** As one record: by the scenario through which the caller reaches it, else its first. */
export function placedFor(
  rights: Rights,
  capability: Capability,
  { place, scenarios }: FaultStanding,
): Placed {
  const reach = rights.scopeOf(capability);
  const scenario = scenarios.find((one) => covers(reach, null, one)) ?? scenarios[0] ?? null;
  return { place, scenario };
}

/** Every place and scenario in which it is told: whoever reaches one of them hears of it. */
export function toldAt({ place, scenarios }: FaultStanding): readonly Placed[] {
  return scenarios.length === 0
    ? [{ place, scenario: null }]
    : scenarios.map((scenario) => ({ place, scenario }));
}
