import type { accountRoutes } from '#contract/platform';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { containing } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { inState } from './account-state.ts';
import { loadAccounts } from './account-row.ts';
import { showAccount } from './account-view.ts';

type Query = z.output<typeof accountRoutes.listAccounts.query>;
type Reply = z.output<typeof accountRoutes.listAccounts.reply>;

/** A page of the accounts in the caller's scope. */
export async function listAccounts(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('account.read');
  const now = context.now();
  const conditions = sql.join(
    [sql`account.id > ${readIdCursor(query.after)}`, ...filters(query, now)],
    sql` and `,
  );
  return context.transaction(async (tx) => {
    const rows = await loadAccounts(
      tx,
      now,
      sql`where ${conditions} order by account.id limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    return { items: page.map((row) => showAccount(context, row)), next };
  });
}

function filters({ platform, role, state, search }: Query, now: number): readonly RawBuilder<unknown>[] {
  return [
    // The subtree, and for an office whose standard is a scenario everybody at home in that scenario.
    platform === undefined
      ? []
      : sql`exists (select from platform f where f.code = ${platform}
          and (account.place between f.place and f.place_to or account.scenario = f.scenario))`,
    role === undefined
      ? []
      : sql`exists (select from assignments_of(array[account.id]) r where r.role = ${role}
          and (r.valid_to is null or r.valid_to > ${new Date(now)}))`,
    state === undefined ? [] : inState(state, now),
    search === undefined
      ? []
      : sql`(account.username ilike ${containing(search)} or account.name ilike ${containing(search)}
          or account.unit ilike ${containing(search)} or account.title ilike ${containing(search)})`,
  ].flat();
}
