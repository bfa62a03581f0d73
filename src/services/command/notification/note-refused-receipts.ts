import type { SystemContext } from '#services/context';
import { recordset } from '#storage';
import { sql } from 'kysely';

import type { Mailroom } from './mailroom.ts';

/** Writes down how many calls to the channels' addresses for receipts did not prove themselves since the last time. */
export async function noteRefusedReceipts(context: SystemContext, mailroom: Mailroom): Promise<void> {
  const refused = mailroom.takeRefused();
  if (refused.length === 0) return;
  await context.transaction(async (tx) => {
    await sql`update channel c set refused_receipts = c.refused_receipts + r.n, refused_receipt_at = ${new Date(context.now())}
      from ${recordset(refused, sql`r(channel int, n int)`)} where c.id = r.channel`.execute(tx);
  });
}
