import type { WorkOrderDetail } from '#contract/response';
import type { WorkOrderAction } from '#model/response';

import { useAsLeft } from './queue/use-as-left.ts';
import { useQueue } from './queue/work-queue.ts';
import type { KeptAct } from './queue/kept-work.ts';
import { type Advance, useAdvance } from './use-advance.ts';
import { type DraftHold, useDraft } from './use-draft.ts';
import { type Photos, usePhotos } from './use-photos.ts';

/** Actions that report work on the spot: only they carry steps and pictures. */
const REPORTING: readonly WorkOrderAction[] = ['arrive', 'dispose', 'feed-back', 'clear'];

interface OrderWork {
  /** As it stands once what waits on this phone has arrived. */
  readonly order: WorkOrderDetail;
  readonly work: { readonly hold: DraftHold; readonly photos: Photos; readonly advance: Advance };
  /** Whether steps can be ticked now: one of the allowed actions carries them. */
  readonly reports: boolean;
  /** What was done to it on this phone and the server does not know yet, or does not take. */
  readonly acts: readonly KeptAct[];
}

/** Everything a page needs to work on one order, as the server told it last. */
export function useOrderWork(told: WorkOrderDetail): OrderWork {
  const acts = useQueue().acts.filter((act) => act.order === told.id);
  const order = useAsLeft()(told);
  const hold = useDraft(order.id);
  return {
    order,
    acts,
    work: { hold, photos: usePhotos(order.id, hold), advance: useAdvance(order, hold) },
    reports: order.allowedActions.some(({ action }) => REPORTING.includes(action)),
  };
}
