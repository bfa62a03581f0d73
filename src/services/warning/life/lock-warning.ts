import { AppError } from '#base';
import type { Warning } from '#contract/warning';
import type { FalseAlarmReason, WarningState } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { loadWarnings, showWarning } from '../warning-view.ts';

/** A warning that a person is about to change. Moments are epoch ms. */
export interface LockedWarning {
  readonly id: number;
  readonly place: number;
  readonly scenario: number;
  readonly state: WarningState;
  readonly level: number;
  readonly acknowledged_at: number | null;
  readonly false_alarm: FalseAlarmReason | null;
}

/** The warning, locked, where the caller may do this to it. Throws `record.not-found`, `access.denied`. */
export async function lockWarning(
  context: RequestContext,
  tx: Tx,
  asked: { readonly id: number; readonly capability: 'warning.acknowledge' | 'warning.decide' },
): Promise<LockedWarning> {
  const found = await tx
    .selectFrom('warning')
    .select(['id', 'place', 'scenario', 'state', 'level', 'acknowledged_at', 'false_alarm'])
    .where('id', '=', asked.id)
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw notFound(asked.id);
  context.authorizeRecord(asked.capability, found);
  return found;
}

/** As it stands after the change. */
export async function shownWarning(context: RequestContext, tx: Tx, id: number): Promise<Warning> {
  const [row] = await loadWarnings(tx, sql`where w.id = ${id}`, context.now());
  if (!row) throw notFound(id);
  return showWarning(row, context);
}

function notFound(id: number): AppError {
  return new AppError('record.not-found', { what: '预警', id: String(id) });
}
