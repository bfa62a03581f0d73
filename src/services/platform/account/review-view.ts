import type { AccountReview } from '#contract/platform';
import type { Placed } from '#model/platform';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

export interface ReviewRow extends Placed {
  readonly id: number;
  readonly platform: AccountReview['platform'];
  readonly opened_by: string;
  readonly opened_at: number;
  readonly due_at: number;
  readonly closed_at: number | null;
  readonly accounts: number;
  readonly confirmed: number;
  readonly to_close: number;
}

/** Reviews by a condition on `v`, with the progress among the accounts that the scope reaches. */
export async function loadReviews(tx: Tx, tail: RawBuilder<unknown>): Promise<readonly ReviewRow[]> {
  const { rows } = await sql<ReviewRow>`
    select v.id, json_build_object('code', p.code, 'name', p.name) as platform, v.place, v.scenario, v.opened_by, v.opened_at,
      v.due_at, v.closed_at, i.accounts, i.confirmed, i.to_close
    from account_review v join platform p on p.id = v.platform_id, lateral (
      select count(*) as accounts, count(*) filter (where verdict = 'confirmed') as confirmed,
        count(*) filter (where verdict = 'close') as to_close
      from account_review_item where review_id = v.id
    ) i
    ${tail}`.execute(tx);
  return rows;
}

export function showReview(row: ReviewRow, now: number): AccountReview {
  return {
    id: row.id,
    platform: row.platform,
    openedBy: row.opened_by,
    openedAt: row.opened_at,
    dueAt: row.due_at,
    closedAt: row.closed_at,
    overdue: row.closed_at === null && row.due_at <= now,
    accounts: row.accounts,
    confirmed: row.confirmed,
    toClose: row.to_close,
  };
}
