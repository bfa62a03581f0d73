import { AppError } from '#base';
import type { SharedGrant, sharingRoutes } from '#contract/monitoring';
import { audit, cutPage, placedFor, readIdCursor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { lockItem } from './change-items.ts';
import { loadGrant, loadGrants } from './grant-view.ts';

type Body = z.output<typeof sharingRoutes.createSharedGrant.body>;
const LONGEST_MS = 3 * 366 * 86_400_000;

/** A page of grants, the newest first. */
export async function listSharedGrants(
  context: RequestContext,
  { query }: { readonly query: z.output<typeof sharingRoutes.listSharedGrants.query> },
): Promise<{ items: SharedGrant[]; next: string | null }> {
  context.authorize('reading.read');
  const before = query.after === undefined ? sql`true` : sql`g.id < ${readIdCursor(query.after)}`;
  const ofItem = query.item === undefined ? sql`true` : sql`g.item_id = ${query.item}`;
  return context.transaction(async (tx) => {
    const suffix = sql`${before} and ${ofItem} order by g.id desc limit ${query.limit + 1}`;
    const { page, next } = cutPage(await loadGrants(context, tx, suffix), query.limit, ({ id }) =>
      String(id),
    );
    return { items: [...page], next };
  });
}

/**
 * Lets a unit have an item for a purpose and a time. Throws `record.not-found` for an item or a token out of reach,
 * `input.invalid` for a time that is none.
 */
export async function createSharedGrant(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<SharedGrant> {
  context.authorize('sharing.manage');
  const now = context.now();
  const from = body.from ?? now;
  if (body.to <= from || body.to <= now || body.to - from > LONGEST_MS) {
    throw new AppError('input.invalid', { issues: '授权须在以后结束、结束晚于开始，且不超过三年' });
  }
  return context.transaction(async (tx) => {
    const item = await lockItem(context, tx, body.item);
    if (body.token !== undefined) await refuseUnfitToken(tx, body.token);
    const { id } = await tx
      .insertInto('shared_grant')
      .values({
        item_id: body.item,
        unit: body.unit,
        purpose: body.purpose,
        token_id: body.token ?? null,
        from_at: new Date(from),
        to_at: new Date(body.to),
        granted_by: context.actor.username,
        granted_at: new Date(now),
        place: item.place,
        scenarios: item.scenarios,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const after = { ...body, from, name: item.name };
    await audit(context, tx, {
      action: 'shared-grant.create',
      subject: `shared-grant/${id}`,
      after,
      place: item.place,
    });
    return loadGrant(context, tx, id);
  });
}

/** Ends a grant before its time; one that is over already stays as it is. Throws `record.not-found`. */
export async function endSharedGrant(context: RequestContext, id: number): Promise<SharedGrant> {
  context.authorize('sharing.manage');
  return context.transaction(async (tx) => {
    const row = await tx
      .selectFrom('shared_grant')
      .select(['place', 'scenarios', 'ended_at'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new AppError('record.not-found', { what: '共享授权', id: String(id) });
    context.authorizeRecord('sharing.manage', placedFor(context, 'sharing.manage', row));
    if (row.ended_at === null) {
      const ended = { ended_at: new Date(context.now()), ended_by: context.actor.username };
      await tx.updateTable('shared_grant').set(ended).where('id', '=', id).execute();
      await audit(context, tx, {
        action: 'shared-grant.end',
        subject: `shared-grant/${id}`,
        place: row.place,
      });
    }
    return loadGrant(context, tx, id);
  });
}

/** Only a gateway's token can be a unit's: a person's is the person, a device's only writes. */
async function refuseUnfitToken(tx: Tx, id: number): Promise<void> {
  const found = await tx
    .selectFrom('token')
    .select('id')
    .where('id', '=', id)
    .where('kind', '=', 'gateway')
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (!found) throw new AppError('record.not-found', { what: '接入令牌', id: String(id) });
}
