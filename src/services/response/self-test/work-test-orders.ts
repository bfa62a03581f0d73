import { SELF_TEST_PLACE } from '#model/platform';
import type { WorkOrderAction, WorkOrderState } from '#model/response';
import type { RequestContext } from '#services/context';
import type { Database } from '#storage';
import { type Kysely, sql } from 'kysely';

import { advanceWorkOrder } from '../advance-work-order.ts';
import type { AdvanceRequest } from '../save-advance.ts';

/** Gives a request of the test person; each step is one of its own. */
export interface TestHands {
  handler(): RequestContext;
  reviewer(): RequestContext;
}

export interface TestOrder {
  readonly id: number;
  readonly code: string;
  readonly state: WorkOrderState;
}

const NOTE = '链路自检：测试报警，无现场处置';
const REASON = '链路自检';

/** What a test person does next, state by state; nothing where the order is closed. */
const NEXT: Readonly<
  Record<WorkOrderState, { readonly by: keyof TestHands; readonly action: WorkOrderAction } | undefined>
> = {
  raised: { by: 'reviewer', action: 'dispatch' },
  rejected: { by: 'reviewer', action: 'dispatch' },
  dispatched: { by: 'handler', action: 'accept' },
  reopened: { by: 'handler', action: 'accept' },
  accepted: { by: 'handler', action: 'dispose' },
  'on-site': { by: 'handler', action: 'clear' },
  disposing: { by: 'handler', action: 'clear' },
  cleared: { by: 'reviewer', action: 'review' },
  reviewing: { by: 'reviewer', action: 'close' },
  transferred: { by: 'handler', action: 'take-back' },
  suspended: { by: 'handler', action: 'resume' },
  closed: undefined,
};

/** The order of a self-test's warning; undefined while there is none. */
export async function findTestOrder(db: Kysely<Database>, warning: number): Promise<TestOrder | undefined> {
  const { rows } = await sql<TestOrder>`
    select id, code, state from work_order where warning_id = ${warning}`.execute(db);
  return rows[0];
}

/** Takes an order of a self-test through its life as people do, up to a state. */
export async function workTestOrder(
  hands: TestHands,
  order: TestOrder,
  until: 'cleared' | 'closed',
): Promise<void> {
  for (let { state } = order; state !== until && state !== 'closed';) {
    const next = NEXT[state];
    if (!next) return;
    const request: AdvanceRequest = {
      action: next.action,
      ...(next.action === 'clear' ? { verdict: 'test', note: NOTE } : { reason: REASON }),
    };
    ({ state } = await advanceWorkOrder(hands[next.by](), order.id, request));
  }
}

/** Closes what self-tests have left open. Gives how many orders that were. */
export async function closeTestOrders(db: Kysely<Database>, hands: TestHands): Promise<number> {
  const { rows } = await sql<TestOrder>`
    select id, code, state from work_order where place = ${SELF_TEST_PLACE} and state <> 'closed'`.execute(
    db,
  );
  for (const order of rows) await workTestOrder(hands, order, 'closed');
  return rows.length;
}
