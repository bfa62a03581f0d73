import { AppError } from '#base';
import type { Tx } from '#storage';

import type { EventRow } from './lock-event.ts';

/** The point a confirmed event is written at, and where that is. */
export interface EventPoint {
  readonly id: number;
  readonly object_id: number;
  readonly element_code: string;
  readonly place: number;
  readonly scenario: number | null;
}

/**
 * By what is told, else by what the camera and the table of kinds say: the object's point of that element. Throws
 * `event.no-point` with what is missing.
 */
export async function pointFor(
  tx: Tx,
  event: EventRow,
  told: { readonly object?: number | undefined; readonly element?: string | undefined },
): Promise<EventPoint> {
  const object = told.object ?? event.object_id;
  const element = told.element ?? event.element_code;
  if (object === null) throw new AppError('event.no-point', { missing: '没有监测对象' });
  if (element === null) throw new AppError('event.no-point', { missing: '没有监测要素' });
  const row = await tx
    .selectFrom('point')
    .select(['id', 'object_id', 'element_code', 'place', 'scenarios'])
    .where('object_id', '=', object)
    .where('element_code', '=', element)
    .orderBy('id')
    .executeTakeFirst();
  if (!row) throw new AppError('event.no-point', { missing: `这个对象没有 ${element} 的监测点` });
  const { scenarios, ...point } = row;
  return { ...point, scenario: scenarios[0] ?? null };
}
