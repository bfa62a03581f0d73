import { levelOf } from '#model/warning';
import { announce } from '#services/context';
import type { Tx } from '#storage';

import type { OrderRow } from '../order-view.ts';

/** A line of the timeline about a link. */
export interface HandNote {
  readonly kind: string;
  readonly text: string;
  readonly by: string;
  /** The wall clock: a link is of today, also at a replayed order. */
  readonly at: number;
  readonly note?: string | undefined;
  readonly location?:
    | { readonly lat: number; readonly lon: number; readonly accuracy?: number | undefined }
    | undefined;
  readonly key?: string | undefined;
}

/** Writes it, and tells the pages that show the order; gives its id. */
export async function noteHand(tx: Tx, order: OrderRow, note: HandNote): Promise<number> {
  const { place, scenario } = order;
  const { id } = await tx
    .insertInto('work_order_entry')
    .values({
      work_order_id: order.id,
      place,
      scenario,
      at: new Date(note.at),
      by: note.by,
      kind: note.kind,
      text: note.text,
      note: note.note ?? null,
      location: note.location ? JSON.stringify(note.location) : null,
      idempotency_key: note.key ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id: order_id, object, warning_id: warning, state, replay_session_id: session, simulated } = order;
  const level = levelOf(order.level);
  const payload = {
    id: order_id,
    warning,
    object: object.id,
    level,
    state,
    by: note.by,
    session,
    simulated,
    noted: note.kind,
    text: note.text,
  };
  await announce(tx, [{ type: 'work-order.noted', at: note.at, place, scenario, payload }]);
  return id;
}
