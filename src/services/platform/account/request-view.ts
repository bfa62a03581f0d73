import type { AccountRequest, WantedRole } from '#contract/platform';
import { decidingGrants, type Placed, type Role, ROLE_TEXT } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** What a request asks for, as it is stored; the phone stands sealed in a column of its own. */
export interface Wanted {
  readonly name?: string;
  readonly unit?: string | null;
  readonly title?: string | null;
  /** The sealed column holds the new number, or nothing when it is to be removed. */
  readonly phone?: true;
  readonly expiresAt?: number | null;
  readonly roles?: readonly WantedRole[];
  readonly left?: boolean;
}

interface Who {
  readonly username: string;
  readonly name: string;
}

export interface RequestRow extends Placed {
  readonly id: number;
  readonly batch_id: number | null;
  readonly action: AccountRequest['action'];
  readonly state: AccountRequest['state'];
  readonly username: string;
  readonly name: string;
  readonly account_id: number | null;
  readonly platform_id: number;
  readonly place: number;
  readonly platform: { readonly code: string; readonly name: string };
  readonly wanted: Wanted;
  readonly phone_sealed: string | null;
  readonly phone_masked: string | null;
  readonly reason: string;
  readonly requested_by: number;
  readonly requested_for: number | null;
  readonly requested_at: number;
  readonly decided_at: number | null;
  readonly note: string | null;
  readonly requester: Who;
  readonly principal: Who | null;
  readonly decider: Who | null;
  /** Code → name and place of the platforms in `wanted`. */
  readonly seats: Readonly<Record<string, Placed & { readonly name: string }>> | null;
}

const person = (id: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select json_build_object('username', n.username, 'name', n.name) from account_name n where n.id = ${id})`;

/** Requests by a condition on `r`, as far as the scope of the transaction reaches. */
export async function loadRequests(tx: Tx, tail: RawBuilder<unknown>): Promise<readonly RequestRow[]> {
  const { rows } = await sql<RequestRow>`
    select r.id, r.batch_id, r.action, r.state, r.username, r.name, r.account_id, r.platform_id, r.place, r.scenario,
      json_build_object('code', p.code, 'name', p.name) as platform, r.wanted, r.phone_sealed, r.phone_masked, r.reason,
      r.requested_by, r.requested_for, r.requested_at, r.decided_at, r.note,
      ${person(sql`r.requested_by`)} as requester, ${person(sql`r.requested_for`)} as principal,
      ${person(sql`r.decided_by`)} as decider,
      (select json_object_agg(s.code, json_build_object('name', s.name, 'place', s.place, 'scenario', s.scenario))
        from platform s where s.code in (select w->>'platform' from jsonb_array_elements(r.wanted->'roles') w)) as seats
    from account_request r join platform p on p.id = r.platform_id
    ${tail}`.execute(tx);
  return rows;
}

export function showRequest(context: RequestContext, row: RequestRow): AccountRequest {
  const { phone, roles, ...wanted } = row.wanted;
  return {
    id: row.id,
    batch: row.batch_id,
    action: row.action,
    state: row.state,
    username: row.username,
    name: row.name,
    account: row.account_id,
    platform: row.platform,
    wanted: {
      ...wanted,
      ...(phone === undefined ? {} : { phone: row.phone_masked }),
      ...(roles === undefined
        ? {}
        : { roles: roles.map((one) => ({ ...one, ...namesOf(one, row.seats ?? {}) })) }),
    },
    reason: row.reason,
    requestedBy: row.requester,
    requestedFor: row.principal,
    requestedAt: row.requested_at,
    decidedBy: row.decider,
    decidedAt: row.decided_at,
    note: row.note,
    allowedActions: allowedActions(context, row),
  };
}

function namesOf(
  { role, platform }: { readonly role: Role; readonly platform: string },
  seats: NonNullable<RequestRow['seats']>,
): { readonly roleName: string; readonly platformName: string } {
  return { roleName: ROLE_TEXT[role], platformName: seats[platform]?.name ?? platform };
}

/** What the list can tell of it; the decision asks about every role again. */
function allowedActions(context: RequestContext, row: RequestRow): AccountRequest['allowedActions'] {
  if (row.state !== 'pending') return [];
  const { accountId, rights } = context.actor;
  if (row.requested_by === accountId) return rights.has('account.request') ? ['withdraw'] : [];
  const { grants } = rights;
  const decides = (row.wanted.roles ?? []).every(({ role, platform }) => {
    const seat = row.seats?.[platform];
    return seat !== undefined && decidingGrants(grants, { ...seat, role }).length > 0;
  });
  const concerned = row.requested_for === accountId || row.account_id === accountId;
  return decides && !concerned && rights.mayAt('account.approve', row) ? ['approve', 'refuse'] : [];
}
