import { AppError } from '#base';
import type { Shelf } from '#contract/warning';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { loadShelves, type ShelfRow, showShelf } from './shelf-view.ts';

/** Locks a shelf the caller may see. Throws `record.not-found`, and `record.changed` where it is another version by now. */
export async function lockShelf(
  tx: Tx,
  { params, body }: { readonly params: { readonly id: number }; readonly body: { readonly version: number } },
): Promise<ShelfRow> {
  await sql`select from shelf s where s.id = ${params.id} for update`.execute(tx);
  const [found] = await loadShelves(tx, sql`where s.id = ${params.id}`);
  if (!found) throw new AppError('record.not-found', { what: '搁置', id: String(params.id) });
  if (found.version !== body.version) throw new AppError('record.changed');
  return found;
}

/** Audits and announces what a person did to a shelf, and shows it as it is now. */
export async function tellShelf(
  context: RequestContext,
  tx: Tx,
  {
    id,
    verb,
    before = null,
  }: { readonly id: number; readonly verb: string; readonly before?: ShelfRow | null },
): Promise<Shelf> {
  const [row] = await loadShelves(tx, sql`where s.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '搁置', id: String(id) });
  const { place, scenario_id: scenario, object } = row;
  await audit(context, tx, {
    action: `shelf.${verb}`,
    subject: `shelf/${id}`,
    before,
    after: row,
    place,
    scenario,
  });
  await announce(tx, [
    {
      type: 'shelf.changed',
      at: context.now(),
      place,
      scenario,
      payload: { id, object: object.id, state: row.state },
    },
  ]);
  return showShelf(row, context);
}
