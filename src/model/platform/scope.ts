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

export const NOWHERE: Scope = { places: [], scenarios: [] };

/** Separate stretches of territory one scope can hold: as many as the policies of the tables compare. */
export const SCOPE_STRETCHES = 4;

/** Does a record with this place and scenario lie in the scope? The database asks the same by row-level security. */
export function covers(scope: Scope, place: number | null, scenario: number | null): boolean {
  if (place !== null && scope.places.some((range) => place >= range.from && place <= range.to)) return true;
  return scenario !== null && scope.scenarios.includes(scenario);
}

/** One scope out of several: neighbouring and nested stretches are joined, scenarios are named once. */
export function uniteScopes(scopes: readonly Scope[]): Scope {
  const places: { from: number; to: number }[] = [];
  for (const range of scopes.flatMap((scope) => scope.places).toSorted((x, y) => x.from - y.from)) {
    const last = places.at(-1);
    if (last && range.from <= last.to + 1) last.to = Math.max(last.to, range.to);
    else places.push({ ...range });
  }
  return { places, scenarios: [...new Set(scopes.flatMap((scope) => scope.scenarios))] };
}
