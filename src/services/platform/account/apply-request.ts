import { AppError } from '#base';
import type { TemporaryPassword } from '#contract/platform';
import type { Role } from '#model/platform';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type AccountRow, stateOf } from './account-row.ts';
import { endAccess } from './end-access.ts';
import { loadAccount } from './get-account.ts';
import { keepAdministrators } from './last-administrators.ts';
import type { MadePassword } from './make-passwords.ts';
import type { RequestRow, Wanted } from './request-view.ts';
import {
  changedRoles,
  faultsOf,
  type HeldRole,
  loadActedRoles,
  loadHeldRoles,
  loadSeats,
  sameGrant,
  type Seat,
  seatRoles,
} from './wanted-grants.ts';

/**
 * Makes approved requests so, in the transaction of their approval, judging them again by what holds now. Returns the
 * temporary passwords of accounts that were opened or reset.
 */
export async function applyRequests(
  context: RequestContext,
  tx: Tx,
  given: { readonly requests: readonly RequestRow[]; readonly passwords: readonly MadePassword[] },
): Promise<TemporaryPassword[]> {
  const codes = given.requests.flatMap(({ wanted }) => (wanted.roles ?? []).map(({ platform }) => platform));
  const seats = await loadSeats(tx, codes);
  const left = [...given.passwords];
  const told: TemporaryPassword[] = [];
  for (const request of given.requests) {
    const password =
      request.action === 'open' || request.action === 'reset-password' ? left.shift() : undefined;
    await applyOne(context, tx, { request, seats, password });
    if (password) told.push({ username: request.username, name: request.name, password: password.text });
  }
  return told;
}

interface Applying {
  readonly request: RequestRow;
  readonly seats: ReadonlyMap<string, Seat>;
  readonly password: MadePassword | undefined;
}

async function applyOne(context: RequestContext, tx: Tx, applying: Applying): Promise<void> {
  const { request, seats, password } = applying;
  if (request.action === 'open') {
    if (!password) throw new AppError('record.changed');
    return open(context, tx, { request, seats, password });
  }
  const row = await loadAccount(tx, context.now(), request.account_id ?? 0);
  if (request.action === 'change') return change(context, tx, { row, request, seats });
  if (request.action === 'close') return close(context, tx, row, request);
  if (!password) throw new AppError('record.changed');
  const { actor } = context;
  await sql`select give_temporary_password(${row.id}, ${password.hash}, ${actor.accountId}, ${new Date(context.now())})`.execute(
    tx,
  );
  return audit(context, tx, { action: 'account.reset-password', ...subjectOf(row) });
}

async function open(
  context: RequestContext,
  tx: Tx,
  { request, seats, password }: Applying & { readonly password: MadePassword },
): Promise<void> {
  const { roles, unknown } = seatRoles(request.wanted.roles ?? [], seats);
  refuse([...unknown, ...faultsOf(roles)]);
  const at = new Date(context.now());
  const { name, unit = null, title = null, expiresAt = null } = request.wanted;
  const { rows } = await sql<{ id: number }>`
    insert into account (username, name, password_hash, must_change_password, password_set_by, created_at, platform_id, place,
      scenario, unit, title, phone_sealed, phone_masked, expires_at)
    values (${request.username}, ${name ?? request.name}, ${password.hash}, true, ${context.actor.accountId}, ${at},
      ${request.platform_id}, ${request.place}, ${request.scenario}::int2, ${unit}, ${title}, ${request.phone_sealed},
      ${request.phone_masked}, ${momentOf(expiresAt)}::timestamptz)
    on conflict (username) do nothing returning id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new AppError('record.exists', { what: '用户名', id: request.username });
  await give(context, tx, id, roles);
  await sql`update account_request set account_id = ${id} where id = ${request.id}`.execute(tx);
  await audit(context, tx, {
    action: 'account.open',
    ...subjectOf(request),
    after: { ...shown(request.wanted, request.phone_masked), requestedBy: request.requester.username },
  });
}

async function change(
  context: RequestContext,
  tx: Tx,
  {
    row,
    request,
    seats,
  }: {
    readonly row: AccountRow;
    readonly request: RequestRow;
    readonly seats: ReadonlyMap<string, Seat>;
  },
): Promise<void> {
  const { wanted } = request;
  if (row.disabled_at !== null)
    throw new AppError('account.illegal-action', { state: '已停用', action: '变更' });
  if (wanted.roles !== undefined) await changeRoles(context, tx, row, seatRoles(wanted.roles, seats));
  const keep = <T>(value: T | undefined, held: T): T => (value === undefined ? held : value);
  await sql`update account set name = ${keep(wanted.name, row.name)}, unit = ${keep(wanted.unit, row.unit)},
      title = ${keep(wanted.title, row.title)}, expires_at = ${momentOf(keep(wanted.expiresAt, row.expires_at))}::timestamptz,
      phone_sealed = case when ${wanted.phone === true} then ${request.phone_sealed} else phone_sealed end,
      phone_masked = case when ${wanted.phone === true} then ${request.phone_masked} else phone_masked end
    where id = ${row.id}`.execute(tx);
  await audit(context, tx, {
    action: 'account.change',
    ...subjectOf(row),
    before: before(row),
    after: { ...shown(wanted, request.phone_masked), requestedBy: request.requester.username },
  });
}

async function changeRoles(
  context: RequestContext,
  tx: Tx,
  row: AccountRow,
  { roles, unknown }: ReturnType<typeof seatRoles>,
): Promise<void> {
  const held = (await loadHeldRoles(tx, [row.id], context.now())).get(row.id) ?? [];
  const own = held.filter(({ fixed }) => !fixed);
  const acted = await loadActedRoles(tx, row.id, context.now());
  refuse([...unknown, ...faultsOf([...held.filter(({ fixed }) => fixed), ...roles], acted)]);
  const taken = own.filter((one) => !roles.some((other) => sameGrant(one, other)));
  const lost = taken.map(({ role }) => role).filter((role) => !roles.some((other) => other.role === role));
  await keepAdministrators(tx, row, lost, context.now());
  await take(context, tx, row.id, taken);
  const given = changedRoles(own, roles).filter((one) => roles.includes(one));
  await give(context, tx, row.id, given);
}

async function give(
  context: RequestContext,
  tx: Tx,
  account: number,
  roles: readonly HeldRole[],
): Promise<void> {
  const rows = roles.map(({ role, seat, validTo }) => ({
    role,
    platform: seat.id,
    place: seat.place,
    scenario: seat.scenario,
    until: validTo,
  }));
  const at = new Date(context.now());
  // A role that is held on until another day keeps its beginning; one that comes back begins anew.
  await sql`insert into role_assignment (account_id, role, platform_id, place, scenario, valid_from, valid_to, granted_by)
    select ${account}, g.role, g.platform, g.place, g.scenario, ${at}, to_timestamp(g.until / 1000.0), ${context.actor.username}
    from json_to_recordset(${JSON.stringify(rows)}::json) as g(role text, platform int, place int, scenario int2, until float8)
    on conflict (account_id, role, platform_id) do update set valid_to = excluded.valid_to, granted_by = excluded.granted_by,
      ended_at = null, valid_from = case when role_assignment.valid_to <= ${at} then excluded.valid_from
        else role_assignment.valid_from end`.execute(tx);
}

async function take(
  context: RequestContext,
  tx: Tx,
  account: number,
  roles: readonly HeldRole[],
): Promise<void> {
  const at = new Date(context.now());
  for (const { role, seat } of roles) {
    await sql`update role_assignment set valid_to = greatest(valid_from, ${at}), ended_at = ${at}
      where account_id = ${account} and role = ${role} and platform_id = ${seat.id}`.execute(tx);
  }
}

/** Disabled for good; what it did stays. */
async function close(context: RequestContext, tx: Tx, row: AccountRow, request: RequestRow): Promise<void> {
  await keepAdministrators(
    tx,
    row,
    row.roles.map(({ role }) => role),
    context.now(),
  );
  const at = new Date(context.now());
  const left = request.wanted.left === true;
  await endAccess(tx, row.id, { at, reason: request.reason });
  await sql`update account set left_at = ${left ? at : null}::timestamptz where id = ${row.id}`.execute(tx);
  await sql`update role_assignment set valid_to = greatest(valid_from, ${at}), ended_at = ${at}
    where account_id = ${row.id} and (valid_to is null or valid_to > ${at})`.execute(tx);
  await sql`update delegation set ended_at = ${at}, ended_by = ${context.actor.username}
    where ${row.id} in (principal_id, deputy_id) and ended_at is null and to_at > ${at}`.execute(tx);
  await sql`delete from team_member where account_id = ${row.id}`.execute(tx);
  await audit(context, tx, {
    action: left ? 'account.leave' : 'account.close',
    ...subjectOf(row),
    before: { ...before(row), state: stateOf(row, context.now()) },
    after: {
      state: left ? 'left' : 'disabled',
      reason: request.reason,
      requestedBy: request.requester.username,
    },
  });
}

function subjectOf(row: {
  readonly username: string;
  readonly place: number | null;
  readonly scenario: number | null;
}) {
  return { subject: `account/${row.username}`, place: row.place, scenario: row.scenario };
}

function before({ name, unit, title, phone_masked: phone, expires_at, roles }: AccountRow): object {
  const held = roles.map(
    ({
      role,
      platform,
      validTo,
      team,
    }: {
      role: Role;
      platform: string;
      validTo: number | null;
      team: string | null;
    }) => ({
      role,
      platform,
      validTo,
      ...(team === null ? {} : { team }),
    }),
  );
  return { name, unit, title, phone, expiresAt: expires_at, roles: held };
}

/** As the audit may show it. */
function shown({ phone, ...wanted }: Wanted, masked: string | null): object {
  return phone === undefined ? wanted : { ...wanted, phone: masked };
}

function momentOf(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new AppError('account.request-faulty', { faults: faults.join('；') });
}
