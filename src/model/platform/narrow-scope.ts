import type { PlaceRange, Scope } from './scope.ts';

/** The numbers of the whole district: whoever reaches all of them reaches every scenario, too. */
const WHOLE: PlaceRange = { from: 1, to: 999_999 };

/** What of `wanted` lies inside `reach`. */
export function narrowScope(reach: Scope, wanted: Scope): Scope {
  const everywhere = reach.places.some(({ from, to }) => from <= WHOLE.from && to >= WHOLE.to);
  return {
    places: wanted.places.flatMap((place) => reach.places.flatMap((other) => overlap(place, other))),
    scenarios: wanted.scenarios.filter((id) => everywhere || reach.scenarios.includes(id)),
  };
}

function overlap(one: PlaceRange, other: PlaceRange): readonly PlaceRange[] {
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  return from <= to ? [{ from, to }] : [];
}
