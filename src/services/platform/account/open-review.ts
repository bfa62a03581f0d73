import { AppError } from '#base';
import type { AccountReview, reviewRoutes } from '#contract/platform';
import { audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadReviews, showReview } from './review-view.ts';
import { loadSeats } from './wanted-grants.ts';

type Body = z.output<typeof reviewRoutes.openReview.body>;

/** Two weeks to look at every account. */
const TIME_MS = 14 * 86_400_000;

/**
 * Opens a review of every account at home in a platform's subtree; the opener's own is left to another reviewer's. Throws
 * `record.not-found`, `access.denied`, `record.exists` while one of the same platform is open.
 */
export async function openReview(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<AccountReview> {
  context.authorize('account.request');
  return context.transaction(async (tx) => {
    const seat = (await loadSeats(tx, [body.platform])).get(body.platform);
    if (!seat || seat.place === null)
      throw new AppError('record.not-found', { what: '平台', id: body.platform });
    context.authorizeRecord('account.request', seat);
    const at = new Date(context.now());
    const { rows } = await sql<{ id: number }>`
      insert into account_review (platform_id, place, scenario, opened_by, opened_at, due_at)
      values (${seat.id}, ${seat.place}, ${seat.scenario}::int2, ${context.actor.username}, ${at},
        ${new Date(context.now() + TIME_MS)})
      on conflict (platform_id) where closed_at is null do nothing returning id`.execute(tx);
    const id = rows[0]?.id;
    if (id === undefined) throw new AppError('record.exists', { what: '进行中的账号复核', id: seat.name });
    await sql`insert into account_review_item (review_id, account_id, place, scenario)
      select ${id}, account.id, account.place, account.scenario from account
      where account.disabled_at is null and account.kind = 'person' and account.id <> ${context.actor.accountId}
        and account.place between ${seat.place} and ${seat.place_to}`.execute(tx);
    const [review] = await loadReviews(tx, sql`where v.id = ${id}`);
    if (!review) throw new Error('a review that was written is not found');
    const { place, scenario } = review;
    const after = { platform: seat.code, accounts: review.accounts };
    await audit(context, tx, {
      action: 'account-review.open',
      subject: `account-review/${id}`,
      after,
      place,
      scenario,
    });
    return showReview(review, context.now());
  });
}
