import type { platformRoutes, Token } from '#contract/platform';
import { scenarioCodeOf } from '#model/platform';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

type Query = z.output<typeof platformRoutes.listTokens.query>;

const STALE_MS = 90 * 86_400_000;

interface Row {
  readonly id: number;
  readonly name: string;
  readonly kind: Token['kind'];
  readonly device: string | null;
  readonly platform: string | null;
  readonly scenarios: number[] | null;
  readonly account_id: number;
  readonly username: string;
  readonly account_name: string;
  readonly created_at: number;
  readonly last_used_at: number | null;
  readonly expires_at: number | null;
  readonly revoked_at: number | null;
  readonly replaced_by: number | null;
}

/** Tokens one issued oneself, and those that accounts in one's scope issued; newest first. */
export async function listTokens(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<{ readonly items: Token[]; readonly next: string | null }> {
  context.authorize('token.issue');
  const before = query.after === undefined ? null : readIdCursor(query.after);
  const own = query.mine === 'true' ? context.actor.accountId : null;
  const { rows } = await context.transaction((tx) =>
    sql<Row>`
      select t.id, t.name, t.kind, d.code as device, p.code as platform, t.only_scenarios as scenarios, t.account_id, n.username,
        n.name as account_name, t.created_at, t.last_used_at, t.expires_at, t.revoked_at, t.replaced_by
      from token t join account_name n on n.id = t.account_id left join device d on d.id = t.device_id
        left join platform p on p.id = t.platform_id
      where (${before}::bigint is null or t.id < ${before}::bigint) and (${own}::int is null or t.account_id = ${own})
      order by t.id desc limit ${query.limit + 1}`.execute(tx),
  );
  const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
  const asking = { account: context.actor.accountId, now: context.now() };
  return { items: page.map((row) => show(row, asking)), next };
}

function show(row: Row, { account, now }: { readonly account: number; readonly now: number }): Token {
  const state = stateOf(row, now);
  const isActive = state === 'active';
  const mayRotate =
    isActive && row.replaced_by === null && (row.kind !== 'person' || row.account_id === account);
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    device: row.device,
    platform: row.platform,
    scenarios: row.scenarios?.map((id) => scenarioCodeOf(id) ?? String(id)) ?? null,
    issuedBy: { username: row.username, name: row.account_name },
    issuedAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    replacedBy: row.replaced_by,
    state,
    stale: isActive && (row.last_used_at ?? row.created_at) <= now - STALE_MS,
    allowedActions: [...(mayRotate ? ['rotate' as const] : []), ...(isActive ? ['revoke' as const] : [])],
  };
}

function stateOf(row: Row, now: number): Token['state'] {
  if (row.revoked_at !== null) return 'revoked';
  return row.expires_at !== null && row.expires_at <= now ? 'expired' : 'active';
}
