import type { Actor } from '#services/context';
import { asAmended, type ClosureFacts } from '#workflow';

import type { loadAmendments } from '../gates/amendments.ts';
import { type OrderRow, recordOf } from '../order-view.ts';
import type { OrderWork } from '../order-work.ts';

/** The record of an order with what was put right of it, the newest of each field. */
export function amendedRecord(
  order: OrderRow,
  work: OrderWork,
  amendments: Awaited<ReturnType<typeof loadAmendments>>,
): ClosureFacts {
  return asAmended(recordOf(order, work), new Map(amendments.map(({ field, reads }) => [field, reads])));
}

/** Why the caller puts nothing right of an order, in words; undefined where he may. */
export function whyNotAmended(order: OrderRow, { accountId, rights }: Actor): string | undefined {
  if (order.state !== 'closed') return '工单还没有结案，请退回补正';
  if (order.merged_into !== null || order.waived) return '并入或免办的工单没有自己的记录';
  if (accountId === order.handler_id || accountId === order.cleared_by_id)
    return '处置或销警的本人不能更正自己的记录，请由复核人更正；要补充情况的，写补充记录';
  return rights.mayAt('work-order.review', order) ? undefined : '您在这里没有复核的权限，请联系复核人';
}
