import type { Placed } from '#model/platform';
import type { Standing } from '#services/context';

/** Where a fault lies; the district's own number where it concerns the whole house. */
export interface FaultStanding extends Standing {
  readonly place: number;
}

/** Every place and scenario in which a fault is told: whoever reaches one of them hears of it. */
export function toldAt({ place, scenarios }: FaultStanding): readonly Placed[] {
  return scenarios.length === 0
    ? [{ place, scenario: null }]
    : scenarios.map((scenario) => ({ place, scenario }));
}
