import { AppError } from '#base';
import type { reviewRoutes } from '#contract/platform';
import { auditAll, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { type AccountRow, loadAccounts } from './account-row.ts';
import type { Draft } from './draft.ts';
import { loadReviews, type ReviewRow } from './review-view.ts';
import { saveRequests } from './save-requests.ts';

type Body = z.output<typeof reviewRoutes.giveVerdict.body>;
type Reply = z.output<typeof reviewRoutes.giveVerdict.reply>;

/**
 * Keeps accounts as they are, or asks for their closing; the review closes itself with the last one. Throws
 * `record.not-found`, `record.changed` (one was decided meanwhile, or the review is over), `account.not-yourself`,
 * `account.request-faulty` for closing without a reason, `account.request-waiting`.
 */
export async function giveVerdict(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: Body },
): Promise<Reply> {
  context.authorize('account.request');
  const accounts = [...new Set(body.accounts)];
  if (accounts.includes(context.actor.accountId))
    throw new AppError('account.not-yourself', { action: '复核' });
  if (body.verdict === 'close' && body.note.length < 5)
    throw new AppError('account.request-faulty', { faults: '注销须写明理由，至少 5 个字' });
  return context.transaction(async (tx) => {
    await sql`select from account_review where id = ${params.id} for update`.execute(tx);
    const [review] = await loadReviews(tx, sql`where v.id = ${params.id}`);
    if (!review) throw new AppError('record.not-found', { what: '账号复核', id: String(params.id) });
    const rows = await loadAccounts(tx, context.now(), sql`where account.id = any(${accounts}::int[])`);
    if (rows.length < accounts.length)
      throw new AppError('record.not-found', { what: '账号', id: accounts.join('、') });
    for (const row of rows) context.authorizeRecord('account.request', row);
    await decide(context, tx, { review, accounts, body });
    if (body.verdict === 'close') await askForClosing(context, tx, rows, body.note);
    await auditVerdicts(context, tx, { review, rows, body });
    return { id: review.id, left: await closeWhenDone(context, tx, review) };
  });
}

async function decide(
  context: RequestContext,
  tx: Tx,
  given: { readonly review: ReviewRow; readonly accounts: readonly number[]; readonly body: Body },
): Promise<void> {
  const { review, accounts, body } = given;
  if (review.closed_at !== null) throw new AppError('record.changed');
  const { rows } = await sql<{ account_id: number }>`
    update account_review_item set verdict = ${body.verdict}, note = ${body.note || null},
      decided_by = ${context.actor.username}, decided_at = ${new Date(context.now())}
    where review_id = ${review.id} and account_id = any(${accounts}::int[]) and verdict is null
    returning account_id`.execute(tx);
  if (rows.length < accounts.length) throw new AppError('record.changed');
}

/** One that is asked to be closed already needs no second request. */
async function askForClosing(
  context: RequestContext,
  tx: Tx,
  rows: readonly AccountRow[],
  reason: string,
): Promise<void> {
  const { rows: waiting } = await sql<{ username: string }>`
    select username from account_request where state = 'pending' and action = 'close'
      and username = any(${rows.map(({ username }) => username)}::text[])`.execute(tx);
  const asked = new Set(waiting.map(({ username }) => username));
  const drafts = rows
    .filter(({ username, disabled_at }) => !asked.has(username) && disabled_at === null)
    .flatMap((row): readonly Draft[] =>
      row.platform_id === null || row.place === null
        ? []
        : [
            {
              action: 'close',
              username: row.username,
              name: row.name,
              account: row.id,
              home: { id: row.platform_id, place: row.place, scenario: row.scenario },
              wanted: {},
              phone: null,
              reason,
            },
          ],
    );
  await saveRequests(context, tx, drafts, null);
}

async function auditVerdicts(
  context: RequestContext,
  tx: Tx,
  given: { readonly review: ReviewRow; readonly rows: readonly AccountRow[]; readonly body: Body },
): Promise<void> {
  const { review, rows, body } = given;
  await auditAll(
    context,
    tx,
    rows.map(({ username, place, scenario }) => ({
      action: `account-review.${body.verdict === 'close' ? 'close' : 'confirm'}`,
      subject: `account/${username}`,
      after: { review: review.id, note: body.note },
      place,
      scenario,
    })),
  );
}

/** How many the caller sees without a verdict; the review is over when nobody has one left, wherever it lies. */
async function closeWhenDone(context: RequestContext, tx: Tx, review: ReviewRow): Promise<number> {
  const { rows } = await sql<{ left: number }>`
    select count(*) as left from account_review_item where review_id = ${review.id} and verdict is null`.execute(
    tx,
  );
  const left = rows[0]?.left ?? 0;
  if (left > 0 || !context.actor.rights.mayAt('account.request', review)) return left;
  await sql`update account_review set closed_at = ${new Date(context.now())} where id = ${review.id}`.execute(
    tx,
  );
  return 0;
}
