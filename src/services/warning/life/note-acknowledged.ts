import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type ActedOn, keepChanges } from './keep-changes.ts';

/** Somebody has seen these warnings (签收): on the record; gives the sentence that says so. */
export async function noteAcknowledged(
  context: RequestContext,
  tx: Tx,
  { acted, reason }: { readonly acted: readonly ActedOn[]; readonly reason?: string | undefined },
): Promise<string> {
  const by = context.actor.name;
  const text = reason ? `${by} 签收：${reason}` : `${by} 签收`;
  const at = new Date(context.now());
  await sql`update warning set acknowledged_at = ${at}, acknowledged_by = ${by}, told_at = ${at}
    where id = any(${acted.map(({ id }) => id)}::bigint[])`.execute(tx);
  await keepChanges(context, tx, { acted, change: 'acknowledged', text });
  return text;
}
