import { AppError } from '#base';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type ActivationRow, loadActivation } from './activation-view.ts';

/**
 * A response in force that the caller decides on, held until this transaction ends. Throws `record.not-found`, `access.denied`,
 * `activation.over`, `record.changed`.
 */
export async function lockActivation(
  context: RequestContext,
  tx: Tx,
  id: number,
  version: number | undefined,
): Promise<ActivationRow> {
  // Everybody reads it; who may not change it is refused by the record.
  await sql`select pg_advisory_xact_lock(hashtext('activation'), ${id}::int)`.execute(tx);
  const row = await loadActivation(tx, id);
  context.authorizeRecord('activation.decide', row);
  if (row.ended_at !== null) throw new AppError('activation.over', { plan: row.plan_name });
  if (version !== undefined && version !== row.version) throw new AppError('record.changed');
  return row;
}
