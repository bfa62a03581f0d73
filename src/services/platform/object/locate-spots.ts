import type { LatLon } from '#model/platform';
import type { SystemContext } from '#services/context';

import { placeOf } from './object-place.ts';

/** Where spots lie, in their order. */
export async function locateSpots(
  context: SystemContext,
  spots: readonly LatLon[],
): Promise<readonly { readonly place: number; readonly town: string }[]> {
  return context.transaction(async (tx) => {
    const found = [];
    for (const spot of spots) found.push(await placeOf(tx, spot));
    return found;
  });
}
