import { AppError } from '#base';
import type { reviewRoutes } from '#contract/platform';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadAccounts } from './account-row.ts';
import { showAccount } from './account-view.ts';
import { loadReviews, showReview } from './review-view.ts';

type Query = z.output<typeof reviewRoutes.listReviews.query>;
type Reply = z.output<typeof reviewRoutes.listReviews.reply>;
type ItemQuery = z.output<typeof reviewRoutes.listReviewItems.query>;
type ItemReply = z.output<typeof reviewRoutes.listReviewItems.reply>;

/** Accounts are reviewed once a quarter: 92 days are the longest one. */
const QUARTER_MS = 92 * 86_400_000;
const OVERDUE_SHOWN = 100;

/** Reviews in scope, newest first, and the platforms whose accounts nobody has reviewed for a quarter. */
export async function listReviews(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('account.read');
  const after = query.after === undefined ? sql`true` : sql`v.id < ${readIdCursor(query.after)}`;
  return context.transaction(async (tx) => {
    const rows = await loadReviews(tx, sql`where ${after} order by v.id desc limit ${query.limit + 1}`);
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    const overdue = await loadOverdue(tx, context.now());
    return { items: page.map((row) => showReview(row, context.now())), next, overdue };
  });
}

/** A review of a platform is one of everything below it. New platforms have a quarter from their first account on. */
async function loadOverdue(tx: Tx, now: number): Promise<Reply['overdue']> {
  const { rows } = await sql<Reply['overdue'][number]>`
    with home as (
      select p.id, p.code, p.name, p.place, count(*) as accounts, min(account.created_at) as since
      from account join platform p on p.id = account.platform_id where account.disabled_at is null group by p.id
    )
    select h.code as platform, h.name as "platformName", h.accounts, last.at as "lastReviewedAt"
    from home h left join lateral (
      select max(v.opened_at) as at from account_review v join platform r on r.id = v.platform_id
      where h.place between r.place and r.place_to
    ) last on true
    where greatest(last.at, h.since) <= ${new Date(now - QUARTER_MS)}
    order by last.at nulls first, h.id limit ${OVERDUE_SHOWN}`.execute(tx);
  return rows;
}

/** The accounts of one review in the order of their ids. Throws `record.not-found`. */
export async function listReviewItems(
  context: RequestContext,
  { params, query }: { readonly params: { readonly id: number }; readonly query: ItemQuery },
): Promise<ItemReply> {
  context.authorize('account.read');
  return context.transaction(async (tx) => {
    const [review] = await loadReviews(tx, sql`where v.id = ${params.id}`);
    if (!review) throw new AppError('record.not-found', { what: '账号复核', id: String(params.id) });
    const { rows } = await sql<Item>`
      select account_id, verdict, note, decided_by, decided_at from account_review_item
      where review_id = ${params.id} and account_id > ${readIdCursor(query.after)}
        and (${query.open ?? null}::boolean is null or (verdict is null) = ${query.open ?? null}::boolean)
      order by account_id limit ${query.limit + 1}`.execute(tx);
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.account_id));
    const ids = page.map(({ account_id }) => account_id);
    const accounts = await loadAccounts(tx, context.now(), sql`where account.id = any(${ids}::int[])`);
    const byId = new Map(accounts.map((row) => [row.id, row]));
    const may = review.closed_at === null && context.actor.rights.has('account.request');
    const items = page.flatMap((item) => {
      const row = byId.get(item.account_id);
      if (!row) return [];
      const open = may && item.verdict === null && row.id !== context.actor.accountId;
      return {
        account: showAccount(context, row),
        verdict: item.verdict,
        note: item.note,
        decidedBy: item.decided_by,
        decidedAt: item.decided_at,
        allowedActions: open ? (['confirm', 'close'] as const).slice() : [],
      };
    });
    return { items, next };
  });
}

interface Item {
  readonly account_id: number;
  readonly verdict: 'confirmed' | 'close' | null;
  readonly note: string | null;
  readonly decided_by: string | null;
  readonly decided_at: number | null;
}
