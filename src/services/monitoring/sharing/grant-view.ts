import { AppError } from '#base';
import type { SharedGrant } from '#contract/monitoring';
import { reaches, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

interface Row {
  readonly id: number;
  readonly item_id: number;
  readonly item: string;
  readonly unit: string;
  readonly purpose: string;
  readonly token_id: number | null;
  readonly token_name: string | null;
  readonly from_at: number;
  readonly to_at: number;
  readonly ended_at: number | null;
  readonly granted_by: string;
  readonly requests: number;
  readonly readings: number;
  readonly last_day: string | null;
  readonly place: number;
  readonly scenarios: number[];
}

/** Grants that the caller sees, after a condition on `g` and with its order and limit. */
export async function loadGrants(
  context: RequestContext,
  tx: Tx,
  suffix: RawBuilder<unknown>,
): Promise<readonly SharedGrant[]> {
  const { rows } = await sql<Row>`
    select g.id, g.item_id, i.name as item, g.unit, g.purpose, g.token_id, t.name as token_name, g.from_at, g.to_at, g.ended_at,
      g.granted_by, g.place, g.scenarios, u.requests, u.readings, u.last_day
    from shared_grant g join shared_item i on i.id = g.item_id left join token t on t.id = g.token_id
    cross join lateral (select coalesce(sum(requests), 0)::float8 as requests, coalesce(sum(readings), 0)::float8 as readings,
      max(day) as last_day from shared_use s where s.grant_id = g.id) u
    where ${suffix}`.execute(tx);
  return rows.map((row) => show(context, row));
}

/** The grant of a number. Throws `record.not-found`. */
export async function loadGrant(context: RequestContext, tx: Tx, id: number): Promise<SharedGrant> {
  const [grant] = await loadGrants(context, tx, sql`g.id = ${id}`);
  if (!grant) throw new AppError('record.not-found', { what: '共享授权', id: String(id) });
  return grant;
}

function show(context: RequestContext, row: Row): SharedGrant {
  const state = stateOf(row, context.now());
  const open = state === 'waiting' || state === 'in-force';
  return {
    id: row.id,
    item: { id: row.item_id, name: row.item },
    unit: row.unit,
    purpose: row.purpose,
    token: row.token_id === null ? null : { id: row.token_id, name: row.token_name },
    from: row.from_at,
    to: row.to_at,
    state,
    use: { requests: row.requests, readings: row.readings },
    lastUsedOn: row.last_day,
    grantedBy: row.granted_by,
    allowedActions: open && reaches(context, 'sharing.manage', row) ? ['end'] : [],
  };
}

export function stateOf(
  grant: { readonly from_at: number; readonly to_at: number; readonly ended_at: number | null },
  now: number,
): SharedGrant['state'] {
  if (grant.ended_at !== null) return 'ended';
  if (now < grant.from_at) return 'waiting';
  return now < grant.to_at ? 'in-force' : 'over';
}
