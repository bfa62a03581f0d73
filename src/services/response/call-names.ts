import type { WorkOrderDetail } from '#contract/response';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

import type { NextCall } from './next-call.ts';
import { recipientText } from './order-text.ts';
import type { OrderRow } from './order-view.ts';

/** Who is meant by the next call: in words, and by name where somebody holds the post, is the deputy or stands on watch now. */
export async function calleesOf(
  tx: Tx,
  order: Pick<OrderRow, 'place' | 'scenario' | 'handler_name'>,
  call: NextCall | undefined,
): Promise<WorkOrderDetail['callees']> {
  if (!call) return [];
  const asked = call.rung.recipients.map((recipient, n) => ({ n, recipient }));
  const { rows } = await sql<{ names: string[] }>`
    select people_called(now(), ${order.place}, ${order.scenario}::int2, r.recipient) as names
    from ${recordset(asked, sql`r(n int, recipient jsonb)`)} order by r.n`.execute(tx);
  return call.rung.recipients.map((recipient, n) => {
    const isHandler = recipient.kind === 'role' && recipient.role === 'handler';
    const names = isHandler && order.handler_name !== null ? [order.handler_name] : (rows[n]?.names ?? []);
    return { text: recipientText(recipient), names };
  });
}
