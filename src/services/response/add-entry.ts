import { levelOf } from '#model/warning';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';

import { momentOf, type OrderRow } from './order-view.ts';
import { adoptAttachments, keyOfPerson } from './save-advance.ts';

/** Something said of an order that does not move it. */
interface Said {
  readonly kind: 'note' | 'supplement';
  readonly text: string;
  readonly note: string;
  readonly attachments?: number[] | undefined;
  readonly location?: object | undefined;
  readonly idempotencyKey: string;
  /** When a phone did it, where it could not hand it in at once; epoch ms. */
  readonly acted: number | null;
  /** Accounts that are to hear of it. */
  readonly hearers?: readonly number[];
}

/** Writes it into the timeline, with its audit and its event. Throws `input.invalid` (foreign attachment). */
export async function addEntry(tx: Tx, context: RequestContext, order: OrderRow, said: Said): Promise<void> {
  const { id, place, scenario, code, state, object, warning_id: warning } = order;
  const { accountId, name: by } = context.actor;
  const { kind, note, acted, attachments = [] } = said;
  const at = momentOf(order, context.now());
  const entry = await tx
    .insertInto('work_order_entry')
    .values({
      work_order_id: id,
      place,
      scenario,
      at: new Date(at),
      by,
      by_id: accountId,
      kind,
      text: said.text,
      note,
      location: said.location ? JSON.stringify(said.location) : null,
      idempotency_key: keyOfPerson(said.idempotencyKey),
      acted_at: acted === null ? null : new Date(acted),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await adoptAttachments(tx, { order, request: { attachments } }, entry.id);
  await audit(context, tx, {
    action: `work-order.${kind}`,
    subject: `work-order/${code}`,
    place,
    scenario,
    after: { note, attachments, actedAt: acted },
  });
  const { replay_session_id: session, simulated } = order;
  const level = levelOf(order.level);
  const about = { id, warning, object: object.id, level, state, session, simulated };
  const payload = { ...about, by, noted: kind, text: note, author: accountId, hearers: said.hearers ?? [] };
  await announce(tx, [{ type: 'work-order.noted', at, place, scenario, payload }]);
}
