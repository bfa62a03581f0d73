import type { WorkOrder, WorkOrderDetail } from '#contract/response';
import { WORK_ORDER_ACTION_TEXT, WORK_ORDER_STATE_TEXT, type WorkOrderAction } from '#model/response';
import { TRANSITIONS } from '#workflow';

import { FIELD_ACTIONS } from './field-actions.ts';
import { TEXT } from './text.ts';
import type { KeptAct } from './kept-work.ts';

/** Who acts on this phone. */
interface Hand {
  readonly id: number;
  readonly name: string;
}

type Act = Pick<KeptAct, 'action' | 'at' | 'draft'>;

/**
 * An order as it stands once the acts that wait on this phone have arrived: by the same table as the server's, so that work
 * goes on without a signal. What the server makes of them is its own decision.
 */
export function projected<Order extends WorkOrder>(order: Order, acts: readonly Act[], hand: Hand): Order {
  return acts.reduce((before, act) => after(before, act, hand), order);
}

function after<Order extends WorkOrder>(order: Order, act: Act, hand: Hand): Order {
  const { action } = act;
  const transition = action === 'supplement' ? undefined : TRANSITIONS[order.state].actions[action];
  if (action === 'supplement' || !transition || transition.to === 'stood') return order;
  const state = transition.to;
  const done = isDetail(order) ? doneWith(order, { ...act, action }, hand) : {};
  const arrived = action === 'arrive' || hasArrived(order);
  return {
    ...order,
    ...done,
    state,
    stateText: WORK_ORDER_STATE_TEXT[state],
    handler: action === 'accept' ? hand : order.handler,
    deadlines: order.deadlines.map((one) =>
      transition.meets?.includes(one.kind) && one.metAt === null ? { ...one, metAt: act.at } : one,
    ),
    allowedActions: allowedNext(state, { arrived, stands: isDetail(order) && order.standing.length > 0 }),
  };
}

/** What whoever holds the order may do next without asking anybody. */
function allowedNext(
  state: WorkOrder['state'],
  { arrived, stands }: { readonly arrived: boolean; readonly stands: boolean },
): WorkOrder['allowedActions'] {
  return FIELD_ACTIONS.flatMap((action) => {
    const transition = TRANSITIONS[state].actions[action];
    if (!transition?.by.includes('holder')) return [];
    if (transition.when?.some((condition) => condition !== 'not-arrived' || arrived)) return [];
    // A reading that is to be back is asked for only where one stands.
    const requires = (transition.requires ?? []).filter((one) => one !== 'normal' || stands);
    return [{ action, text: WORK_ORDER_ACTION_TEXT[action], requires }];
  });
}

function doneWith(
  order: WorkOrderDetail,
  { action, at, draft }: Act & { readonly action: WorkOrderAction },
  hand: Hand,
): Pick<WorkOrderDetail, 'steps' | 'results' | 'entries'> {
  return {
    steps: order.steps.map((step) =>
      step.doneAt === null && draft.steps.includes(step.code)
        ? { ...step, doneAt: at, doneBy: hand.name }
        : step,
    ),
    results: order.results.map((result) => {
      const told = draft.results[`${result.type}.${result.field}`]?.trim() ?? '';
      const shown = result.kind === 'arrival' && action === 'arrive';
      return told === '' && !shown ? result : { ...result, done: true, value: told === '' ? null : told };
    }),
    entries: [
      ...order.entries,
      {
        at,
        by: hand.name,
        kind: action,
        text: `${WORK_ORDER_ACTION_TEXT[action]}（${TEXT.state.waiting}）`,
        note: draft.note.trim() === '' ? null : draft.note.trim(),
        actedAt: null,
        attachments: [],
      },
    ],
  };
}

function isDetail(order: WorkOrder | WorkOrderDetail): order is WorkOrderDetail {
  return 'entries' in order;
}

function hasArrived(order: WorkOrder | WorkOrderDetail): boolean {
  return isDetail(order) && order.entries.some(({ kind }) => kind === 'arrive');
}
