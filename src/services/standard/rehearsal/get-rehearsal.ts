import { AppError } from '#base';
import type { Rehearsal } from '#contract/standard';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { loadRehearsals, type RehearsalRow, showRehearsal } from './rehearsal-view.ts';

/** A rehearsal with its progress and, once it is done, its result. Throws `record.not-found`. */
export async function getRehearsal(context: RequestContext, id: number): Promise<Rehearsal> {
  context.authorize('standard.read');
  return context.transaction(async (tx) => showRehearsal(context, await findRehearsal(tx, id)));
}

/** Throws `record.not-found` for one that is not there or out of reach. */
export async function findRehearsal(tx: Tx, id: number): Promise<RehearsalRow> {
  const [row] = await loadRehearsals(tx, sql`where r.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '推演', id: String(id) });
  return row;
}
