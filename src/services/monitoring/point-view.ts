import type { Point } from '#contract/monitoring';
import { isSuspect } from '#model/monitoring';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import type { PointBook } from './point-book.ts';

export interface PointView {
  readonly id: number;
  readonly code: string;
  readonly object: string;
  readonly object_name: string;
  readonly element: string;
  readonly element_name: string;
  readonly unit: string;
  readonly device: string | null;
  readonly simulated: boolean;
}

/** Points the caller may see, in the order of their numbers. */
export async function loadPointViews(
  tx: Tx,
  pick: { readonly ids: readonly number[] } | { readonly suffix: RawBuilder<unknown> },
): Promise<readonly PointView[]> {
  const suffix = 'ids' in pick ? sql`where p.id = any(${[...pick.ids]}) order by p.id` : pick.suffix;
  const { rows } = await sql<PointView>`
    select p.id, p.code, o.code as object, o.name as object_name, e.code as element, e.name as element_name, e.unit,
      d.code as device, p.simulated
    from point p
    join monitored_object o on o.id = p.object_id
    join element e on e.code = p.element_code
    left join device d on d.id = p.device_id
    ${suffix}`.execute(tx);
  return rows;
}

/** The newest reading comes from memory: it is the newest committed one, without a query. */
export function showPoint(view: PointView, book: PointBook, now: number): Point {
  const at = book.newestAt[view.id] ?? Number.NEGATIVE_INFINITY;
  const known = Number.isFinite(at);
  const live = book.session[view.id] === 0;
  return {
    id: view.id,
    code: view.code,
    object: view.object,
    objectName: view.object_name,
    element: view.element,
    elementName: view.element_name,
    unit: view.unit,
    device: view.device,
    lastValue: known ? (book.newestValue[view.id] ?? null) : null,
    lastObservedAt: known ? at : null,
    lastQuality: known ? (isSuspect(book.newestQuality[view.id] ?? 0) ? 'suspect' : 'good') : null,
    // In a replay the recording's time passes, not ours.
    stale: live && (!known || now - at > book.freshFor(view.id)),
    simulated: view.simulated,
  };
}
