import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { loadOwnLimits } from '../own-limits.ts';
import type { ObjectParameters } from '../point-book.ts';
import type { NumberedPoint } from './run-rehearsal.ts';

/** An object whose points take part. */
export interface PlannedObject {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly townCode: string | null;
  readonly town: string | null;
}

interface PointRow extends PlannedObject {
  readonly point: number;
  readonly point_code: string;
  readonly element: string;
  readonly period_seconds: number;
  readonly range_min: number | null;
  readonly range_max: number | null;
  readonly parameters: ObjectParameters;
}

/** Points by a condition on `p` (the point) and `o` (its object), with the objects they stand at. */
export async function loadPoints(
  tx: Tx,
  where: RawBuilder<unknown>,
): Promise<{ readonly points: NumberedPoint[]; readonly objects: Map<number, PlannedObject> }> {
  const { rows } = await sql<PointRow>`
    select p.id as point, p.code as point_code, p.element_code as element, e.period_seconds, e.range_min, e.range_max,
      o.id, o.code, o.name, o.parameters, o.town as "townCode", t.name as town
    from point p join monitored_object o on o.id = p.object_id join element e on e.code = p.element_code
    left join platform t on t.code = o.town
    where ${where} order by o.id, p.id`.execute(tx);
  const limits = await loadOwnLimits(tx);
  return {
    points: rows.map((row) => ({
      id: row.point,
      code: row.point_code,
      objectId: row.id,
      element: row.element,
      place: 0,
      periodMs: row.period_seconds * 1000,
      parameters: row.parameters,
      ownLimits: limits.get(row.id) ?? {},
      range: row.range_min === null || row.range_max === null ? null : [row.range_min, row.range_max],
    })),
    objects: new Map(
      rows.map(({ id, code, name, townCode, town }) => [id, { id, code, name, townCode, town }]),
    ),
  };
}
