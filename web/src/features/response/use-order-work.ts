import type { WorkOrderDetail } from '#contract/response';
import type { WorkOrderAction } from '#model/response';

import { type Advance, useAdvance } from './use-advance.ts';
import { type DraftHold, useDraft } from './use-draft.ts';
import { type Photos, usePhotos } from './use-photos.ts';

/** Actions that report work on the spot: only they carry steps and pictures. */
const REPORTING: readonly WorkOrderAction[] = ['arrive', 'dispose', 'feed-back', 'clear'];

interface OrderWork {
  readonly hold: DraftHold;
  readonly photos: Photos;
  readonly advance: Advance;
  /** Whether steps can be ticked now: one of the allowed actions carries them. */
  readonly reports: boolean;
}

/** Everything a page needs to work on one order. */
export function useOrderWork(order: WorkOrderDetail): OrderWork {
  const hold = useDraft(order.id);
  return {
    hold,
    photos: usePhotos(order.id, hold),
    advance: useAdvance(order, hold),
    reports: order.allowedActions.some(({ action }) => REPORTING.includes(action)),
  };
}
