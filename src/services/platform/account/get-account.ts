import { AppError } from '#base';
import type { AccountDetail, accountRoutes } from '#contract/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { type AccountRow, loadAccounts } from './account-row.ts';
import { showAccount } from './account-view.ts';
import { loadDelegations, showDelegation } from './delegation-view.ts';
import { loadRequests, showRequest } from './request-view.ts';

type Params = z.output<typeof accountRoutes.getAccount.params>;

const REQUESTS_SHOWN = 20;
const DELEGATIONS_SHOWN = 20;

/** One account. Throws `record.not-found` also for what lies outside the scope. */
export async function getAccount(
  context: RequestContext,
  { params }: { readonly params: Params },
): Promise<AccountDetail> {
  context.authorize('account.read');
  return context.transaction(async (tx) => {
    const row = await loadAccount(tx, context.now(), params.id);
    const teams = await sql<AccountDetail['teams'][number]>`
      select t.id, t.name, m.is_leader as leader from team_member m join team t on t.id = m.team_id
      where m.account_id = ${row.id} and t.disbanded_at is null order by t.id`.execute(tx);
    const delegations = await loadDelegations(
      tx,
      sql`where ${row.id} in (d.principal_id, d.deputy_id) order by d.to_at desc, d.id desc limit ${DELEGATIONS_SHOWN}`,
    );
    const requests = await loadRequests(
      tx,
      sql`where r.account_id = ${row.id} order by r.id desc limit ${REQUESTS_SHOWN}`,
    );
    return {
      ...showAccount(context, row),
      disabledAt: row.disabled_at,
      disabledReason: row.disabled_reason,
      lockedUntil: row.locked_until,
      leftAt: row.left_at,
      sessions: await countSessions(tx, row.id, context.now()),
      teams: teams.rows,
      delegations: delegations.map((one) => showDelegation(context, one)),
      requests: requests.map((one) => showRequest(context, one)),
    };
  });
}

/** The account, when the scope of the transaction reaches it. Throws `record.not-found`. */
export async function loadAccount(tx: Tx, now: number, id: number): Promise<AccountRow> {
  const [row] = await loadAccounts(tx, now, sql`where account.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '账号', id: String(id) });
  return row;
}

async function countSessions(tx: Tx, account: number, now: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from session where account_id = ${account} and expires_at > ${new Date(now)}`.execute(tx);
  return rows[0]?.count ?? 0;
}
