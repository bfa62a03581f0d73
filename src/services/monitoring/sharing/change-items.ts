import { AppError } from '#base';
import type { SharedItem, sharingRoutes } from '#contract/monitoring';
import { audit, cutPage, placedFor, readIdCursor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { findOwner } from './find-owner.ts';
import { loadItem, loadItems } from './item-view.ts';

/** A page of the catalogue, in the order it grew. */
export async function listSharedItems(
  context: RequestContext,
  { query }: { readonly query: z.output<typeof sharingRoutes.listSharedItems.query> },
): Promise<{ items: SharedItem[]; next: string | null }> {
  context.authorize('reading.read');
  return context.transaction(async (tx) => {
    const after = readIdCursor(query.after);
    const found = await loadItems(context, tx, sql`i.id > ${after} order by i.id limit ${query.limit + 1}`);
    const { page, next } = cutPage(found, query.limit, ({ id }) => String(id));
    return { items: [...page], next };
  });
}

/** Puts a part of a platform's data into the catalogue. Throws `record.not-found` for a platform or an element there is none of. */
export async function createSharedItem(
  context: RequestContext,
  { body }: { readonly body: z.output<typeof sharingRoutes.createSharedItem.body> },
): Promise<SharedItem> {
  context.authorize('sharing.manage');
  return context.transaction(async (tx) => {
    const platform = await findOwner(tx, body.platform);
    context.authorizeRecord('sharing.manage', placedFor(context, 'sharing.manage', platform));
    const territory = body.territory === undefined ? null : (await findOwner(tx, body.territory)).id;
    await refuseUnknownElements(tx, body.elements);
    const { id } = await tx
      .insertInto('shared_item')
      .values({
        name: body.name,
        platform_id: platform.id,
        elements: body.elements,
        territory_id: territory,
        note: body.note ?? null,
        created_by: context.actor.username,
        created_at: new Date(context.now()),
        place: platform.place,
        scenarios: platform.scenarios,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(context, tx, {
      action: 'shared-item.create',
      subject: `shared-item/${id}`,
      after: body,
      place: platform.place,
    });
    return loadItem(context, tx, id);
  });
}

/** Takes an item out of the catalogue, its grants with it. Throws `record.not-found`. */
export async function withdrawSharedItem(
  context: RequestContext,
  id: number,
): Promise<{ withdrawn: boolean; grantsEnded: number }> {
  context.authorize('sharing.manage');
  return context.transaction(async (tx) => {
    const item = await lockItem(context, tx, id);
    const now = new Date(context.now());
    await tx.updateTable('shared_item').set({ withdrawn_at: now }).where('id', '=', id).execute();
    const { numUpdatedRows } = await tx
      .updateTable('shared_grant')
      .set({ ended_at: now, ended_by: context.actor.username })
      .where('item_id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    const grantsEnded = Number(numUpdatedRows);
    await audit(context, tx, {
      action: 'shared-item.withdraw',
      subject: `shared-item/${id}`,
      before: { name: item.name },
      after: { grantsEnded },
      place: item.place,
    });
    return { withdrawn: true, grantsEnded };
  });
}

/** The row of an item the caller may change, locked. Throws `record.not-found`, `access.denied`. */
export async function lockItem(
  context: RequestContext,
  tx: Tx,
  id: number,
): Promise<{ readonly name: string; readonly place: number; readonly scenarios: number[] }> {
  const row = await tx
    .selectFrom('shared_item')
    .select(['name', 'place', 'scenarios'])
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new AppError('record.not-found', { what: '共享数据', id: String(id) });
  context.authorizeRecord('sharing.manage', placedFor(context, 'sharing.manage', row));
  return row;
}

async function refuseUnknownElements(tx: Tx, codes: readonly string[]): Promise<void> {
  const { rows } = await sql<{ code: string }>`
    select c as code from unnest(${[...codes]}::text[]) c where not exists (select from element e where e.code = c)`.execute(
    tx,
  );
  if (rows.length > 0) {
    throw new AppError('record.not-found', { what: '监测要素', id: rows.map(({ code }) => code).join('、') });
  }
}
