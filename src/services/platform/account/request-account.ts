import { AppError } from '#base';
import type { AccountRequest, accountRoutes } from '#contract/platform';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { type AccountRow, separatedRolesOf } from './account-row.ts';
import type { Draft } from './draft.ts';
import { loadAccount } from './get-account.ts';
import { saveRequests } from './save-requests.ts';
import { loadRequests, showRequest, type Wanted } from './request-view.ts';
import { usernameFaults } from './username.ts';
import {
  beyond,
  changedRoles,
  faultsOf,
  type HeldRole,
  loadActedRoles,
  loadHeldRoles,
  loadSeats,
  type Seat,
  seatRoles,
} from './wanted-grants.ts';

type Body = z.output<typeof accountRoutes.requestAccount.body>;
type Opening = Extract<Body, { action: 'open' }>;
type Change = Extract<Body, { action: 'change' }>;

/**
 * Asks for an account to be opened, changed or closed, or for a new password of a separated administrator; somebody else
 * decides. Throws `record.not-found`, `access.denied`, `account.request-faulty`, `account.request-waiting`,
 * `account.not-yourself`, `account.illegal-action`.
 */
export async function requestAccount(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<AccountRequest> {
  context.authorize('account.request');
  return context.transaction(async (tx) => {
    const draft = await draftOf(context, tx, body);
    context.authorizeRecord('account.request', draft.home);
    const [id] = await saveRequests(context, tx, [draft], null);
    const [row] = await loadRequests(tx, sql`where r.id = ${id ?? 0}`);
    if (!row) throw new Error('a request that was written is not found');
    await audit(context, tx, {
      action: `account-request.${body.action}`,
      subject: `account/${draft.username}`,
      after: {
        request: row.id,
        ...draft.wanted,
        ...(row.phone_masked && { phone: row.phone_masked }),
        reason: body.reason,
      },
      place: row.place,
      scenario: row.scenario,
    });
    return showRequest(context, row);
  });
}

function draftOf(context: RequestContext, tx: Tx, body: Body): Promise<Draft> {
  switch (body.action) {
    case 'open':
      return openingDraft(context, tx, body);
    case 'change':
      return changeDraft(context, tx, body);
    case 'close':
    case 'reset-password':
      return endingDraft(context, tx, body);
    default:
      return Promise.reject(new Error(`unknown request ${String(body satisfies never)}`));
  }
}

async function openingDraft(context: RequestContext, tx: Tx, body: Opening): Promise<Draft> {
  const { username, name, unit, title, phone, roles, expiresAt, reason } = body;
  const seats = await loadSeats(tx, [body.platform, ...roles.map(({ platform }) => platform)]);
  const home = homeOf(seats, body.platform);
  const { faults } = judgeOpening(context, body, seats);
  refuse([...(await usernameFaults(tx, [username])).map(({ fault }) => fault), ...faults]);
  const named = namedByCode(roles, seats);
  const wanted: Wanted = {
    name,
    unit,
    title,
    roles: named,
    expiresAt,
    ...(phone === null ? {} : { phone: true }),
  };
  return { action: 'open', username, name, account: null, home, wanted, phone, reason };
}

/** What speaks against an opening, apart from its user name; for one, and for each row of many. */
export function judgeOpening(
  context: RequestContext,
  opening: Pick<Opening, 'platform' | 'roles' | 'expiresAt'>,
  seats: ReadonlyMap<string, Seat>,
): { readonly faults: readonly string[] } {
  const home = seats.get(opening.platform);
  const { roles, unknown } = seatRoles(opening.roles, seats);
  const { rights } = context.actor;
  const foreign = home !== undefined && !rights.mayAt('account.request', home);
  return {
    faults: [
      ...(home === undefined ? [`没有平台“${opening.platform}”`] : []),
      ...(foreign ? [`“${home.name}”不在您的管辖范围内`] : []),
      ...unknown,
      ...faultsOf(roles),
      ...beyond(rights, 'account.request', roles),
      ...endFaults(opening.expiresAt, roles, context.now()),
    ],
  };
}

function endFaults(
  expiresAt: number | null | undefined,
  roles: readonly HeldRole[],
  now: number,
): readonly string[] {
  const past = [expiresAt, ...roles.map(({ validTo }) => validTo)].some(
    (end) => typeof end === 'number' && end <= now,
  );
  return past ? ['到期时间须晚于现在'] : [];
}

async function changeDraft(context: RequestContext, tx: Tx, body: Change): Promise<Draft> {
  const { row, home } = await subjectOf(context, tx, body.account);
  if (row.disabled_at !== null)
    throw new AppError('account.illegal-action', { state: '已停用', action: '变更' });
  const { name, unit, title, phone, expiresAt } = body;
  const roles = body.roles && (await judgeRoles(context, tx, row, body.roles));
  refuse(endFaults(expiresAt, [], context.now()));
  const wanted: Wanted = {
    ...(name === undefined ? {} : { name }),
    ...(unit === undefined ? {} : { unit }),
    ...(title === undefined ? {} : { title }),
    ...(phone === undefined ? {} : { phone: true }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(roles === undefined ? {} : { roles }),
  };
  if (Object.keys(wanted).length === 0) refuse(['没有写要变更什么']);
  return { ...subject(row, home), action: 'change', wanted, phone: phone ?? null, reason: body.reason };
}

/** The list replaces what requests can change; roles by team and identity provider stay and count. */
async function judgeRoles(
  context: RequestContext,
  tx: Tx,
  row: AccountRow,
  wanted: NonNullable<Change['roles']>,
): Promise<NonNullable<Wanted['roles']>> {
  const seats = await loadSeats(
    tx,
    wanted.map(({ platform }) => platform),
  );
  const { roles, unknown } = seatRoles(wanted, seats);
  const held = (await loadHeldRoles(tx, [row.id], context.now())).get(row.id) ?? [];
  const fixed = held.filter((one) => one.fixed);
  const touched = changedRoles(
    held.filter((one) => !one.fixed),
    roles,
  );
  refuse([
    ...unknown,
    ...faultsOf([...fixed, ...roles], await loadActedRoles(tx, row.id, context.now())),
    ...beyond(context.actor.rights, 'account.request', touched),
    ...endFaults(undefined, roles, context.now()),
  ]);
  return namedByCode(wanted, seats);
}

async function endingDraft(
  context: RequestContext,
  tx: Tx,
  body: Extract<Body, { action: 'close' | 'reset-password' }>,
): Promise<Draft> {
  const { row, home } = await subjectOf(context, tx, body.account);
  const left = body.action === 'close' && body.left;
  if (body.action === 'reset-password' && separatedRolesOf(row).length === 0)
    refuse(['只有系统管理员、安全管理员、审计员的口令须两人办理，其余账号请直接“重置口令”']);
  const over = body.action === 'close' ? row.left_at !== null : row.disabled_at !== null;
  if (over || (body.action === 'close' && row.disabled_at !== null && !left))
    throw new AppError('account.illegal-action', {
      state: row.left_at === null ? '已停用' : '已离任',
      action: body.action === 'close' ? '注销' : '重置口令',
    });
  return {
    ...subject(row, home),
    action: body.action,
    wanted: left ? { left } : {},
    phone: null,
    reason: body.reason,
  };
}

/** The account a request is about: in the caller's scope, and not the caller's own. */
async function subjectOf(
  context: RequestContext,
  tx: Tx,
  id: number,
): Promise<{ readonly row: AccountRow; readonly home: Draft['home'] }> {
  const row = await loadAccount(tx, context.now(), id);
  if (row.id === context.actor.accountId) throw new AppError('account.not-yourself', { action: '提出申请' });
  if (row.platform_id === null || row.place === null)
    throw new Error(`account ${row.username} has no home platform`);
  return { row, home: { id: row.platform_id, place: row.place, scenario: row.scenario } };
}

function subject(
  row: AccountRow,
  home: Draft['home'],
): Pick<Draft, 'username' | 'name' | 'account' | 'home'> {
  return { username: row.username, name: row.name, account: row.id, home };
}

function homeOf(seats: ReadonlyMap<string, Seat>, code: string): Draft['home'] {
  const seat = seats.get(code);
  if (seat === undefined || seat.place === null)
    throw new AppError('record.not-found', { what: '平台', id: code });
  return { id: seat.id, place: seat.place, scenario: seat.scenario };
}

/** Names become codes before they are kept: a platform may be renamed. */
export function namedByCode(
  roles: NonNullable<Wanted['roles']>,
  seats: ReadonlyMap<string, Seat>,
): NonNullable<Wanted['roles']> {
  return roles.map((one) => ({ ...one, platform: seats.get(one.platform)?.code ?? one.platform }));
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new AppError('account.request-faulty', { faults: faults.join('；') });
}
