import type { WorkOrder } from '#contract/response';
import { WORK_ORDER_STATE_TEXT, type WorkOrderState } from '#model/response';
import type { ReactElement } from 'react';

/** A life without trouble, in order; the side states stand where the order waits meanwhile. */
const LIFE: readonly WorkOrderState[] = [
  'raised',
  'dispatched',
  'accepted',
  'on-site',
  'disposing',
  'cleared',
  'reviewing',
  'closed',
];
const STANDS_AT: Readonly<Partial<Record<WorkOrderState, WorkOrderState>>> = {
  rejected: 'raised',
  reopened: 'disposing',
  transferred: 'accepted',
  suspended: 'disposing',
};

/** Where an order stands in its life. */
export function LifeLine({
  order,
}: {
  readonly order: Pick<WorkOrder, 'state' | 'stateText'>;
}): ReactElement {
  const here = LIFE.indexOf(STANDS_AT[order.state] ?? order.state);
  return (
    <ol className="life" aria-label={`工单进程，现在：${order.stateText}`}>
      {LIFE.map((state, i) => (
        <li key={state} className={lifeClass(i, here)} aria-current={i === here ? 'step' : undefined}>
          {i === here ? order.stateText : WORK_ORDER_STATE_TEXT[state]}
        </li>
      ))}
    </ol>
  );
}

function lifeClass(i: number, here: number): string {
  if (i === here) return 'life-here';
  return i < here ? 'life-past' : 'life-ahead';
}
