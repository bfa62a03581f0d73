/**
 * Where somebody may look and act (条块): whole scenarios, or stretches of territory.
 * Territory is a closed interval of place numbers; a subtree of the platform tree is one interval.
 */
export interface Scope {
  readonly places: readonly PlaceRange[];
  /** Numbers of the scenarios, see the `scenario` table. */
  readonly scenarios: readonly number[];
}

export interface PlaceRange {
  readonly from: number;
  readonly to: number;
}

/** Does a record with this place and scenario lie in the scope? The database asks the same by row-level security. */
export function covers(scope: Scope, place: number | null, scenario: number | null): boolean {
  if (place !== null && scope.places.some((range) => place >= range.from && place <= range.to)) return true;
  return scenario !== null && scope.scenarios.includes(scenario);
}
