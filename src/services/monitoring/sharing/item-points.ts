import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { loadPointViews, type PointView } from '../point-view.ts';

/**
 * Points `p` of a shared item `i`: within its platform (a scenario's by scenario, a territory's by place), of its elements, in its
 * territory.
 */
export const pointsOfItem: RawBuilder<boolean> = sql<boolean>`(
  exists (select from platform w where w.id = i.platform_id and case when w.kind in ('industry', 'scenario')
    then p.scenarios && i.scenarios else p.place between w.place and w.place_to end)
  and (i.elements = '{}' or p.element_code = any(i.elements))
  and (i.territory_id is null
    or exists (select from platform w where w.id = i.territory_id and p.place between w.place and w.place_to)))`;

/** The points of an item that the transaction sees, up to `most` and one more. */
export async function itemPoints(tx: Tx, item: number, most: number): Promise<readonly PointView[]> {
  return loadPointViews(tx, {
    suffix: sql`join shared_item i on i.id = ${item} where ${pointsOfItem} order by p.id limit ${most + 1}`,
  });
}
