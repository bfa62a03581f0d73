import type { WantedRole } from '#contract/platform';
import {
  type Capability,
  grantFaults,
  type Placed,
  type Rights,
  type Role,
  ROLE_TEXT,
  separationFaults,
  type WantedGrant,
} from '#model/platform';
import type { PlatformKind } from '#model/platform/tree';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { scopeOf } from '../session/rights.ts';

/** A platform as grants need it. */
export interface Seat extends Placed {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly kind: PlatformKind;
  readonly place: number | null;
  readonly place_to: number | null;
  readonly scenarios: number[];
}

/** The platforms of some codes or names that the caller sees; a name that several have is none of them. */
export async function loadSeats(tx: Tx, named: readonly string[]): Promise<ReadonlyMap<string, Seat>> {
  if (named.length === 0) return new Map();
  const names = JSON.stringify([...new Set(named)]);
  const { rows } = await sql<Seat & { readonly given: string }>`
    with given as (select value as text from json_array_elements_text(${names}::json)),
    found as (
      select g.text, p.id from given g join platform p on p.code = g.text
      union
      select g.text, min(p.id) from given g join platform p on p.name = g.text
      where not exists (select from platform c where c.code = g.text) group by g.text having count(*) = 1
    )
    select f.text as given, p.id, p.code, p.name, p.kind, p.place, p.place_to, p.scenario,
      array(select c.scenario from platform c where c.scenario is not null
        and (c.id = p.id or c.parent_id = p.id and p.kind = 'industry') order by c.scenario) as scenarios
    from found f join platform p on p.id = f.id`.execute(tx);
  return new Map(rows.map((row) => [row.given, row]));
}

/** A role somebody holds already, or is to hold. */
export interface HeldRole {
  readonly role: Role;
  readonly seat: Seat;
  /** Held by way of a team or the identity provider: no request changes it. */
  readonly fixed: boolean;
  readonly validTo: number | null;
}

/** What people hold now or later, wherever it lies; the caller has found the accounts in the own scope before. */
export async function loadHeldRoles(
  tx: Tx,
  accounts: readonly number[],
  now: number,
): Promise<ReadonlyMap<number, readonly HeldRole[]>> {
  const { rows } = await sql<
    Seat & {
      readonly account_id: number;
      readonly role: Role;
      readonly valid_to: number | null;
      readonly fixed: boolean;
    }
  >`
    select account_id, role, valid_to, team is not null or source <> 'local' as fixed, platform_id as id, code, name, kind, place,
      place_to, scenario, scenarios
    from assignments_of(${accounts}::int[])
    where valid_to is null or valid_to > ${new Date(now)}
    order by account_id, role, code`.execute(tx);
  const held = rows.map(({ account_id, role, valid_to, fixed, ...seat }) => ({
    account: account_id,
    role,
    seat,
    fixed,
    validTo: valid_to,
  }));
  return Map.groupBy(held, ({ account }) => account);
}

/** Roles that somebody holds for another (代理), now or later: they count for 三员分立, and for nothing else. */
export async function loadActedRoles(tx: Tx, account: number, now: number): Promise<readonly Role[]> {
  const { rows } = await sql<{ role: Role }>`
    select distinct role from held_roles(${account}) where acted and not isempty(span)
      and (upper(span) is null or upper(span) > ${new Date(now)})`.execute(tx);
  return rows.map(({ role }) => role);
}

/** A wanted role with its platform; `unknown` names what is not found. */
export function seatRoles(
  wanted: readonly WantedRole[],
  seats: ReadonlyMap<string, Seat>,
): { readonly roles: readonly HeldRole[]; readonly unknown: readonly string[] } {
  const roles = wanted.flatMap(({ role, platform, validTo }) => {
    const seat = seats.get(platform);
    return seat ? [{ role, seat, fixed: false, validTo }] : [];
  });
  const missing = wanted.filter(({ platform }) => !seats.has(platform)).map(({ platform }) => platform);
  return {
    roles,
    unknown: [...new Set(missing)].map((code) => `没有平台“${code}”，请填平台编码或不重名的全称`),
  };
}

/** What speaks against all of these in one hand. */
export function faultsOf(roles: readonly HeldRole[], acted: readonly Role[] = []): readonly string[] {
  const faults = grantFaults(roles.map(wantedGrant));
  if (faults.length > 0 || acted.length === 0) return faults;
  return separationFaults([...roles.map(({ role }) => role), ...acted]);
}

/** Roles at platforms where a capability does not reach, in sentences. */
export function beyond(
  rights: Rights,
  capability: Capability,
  roles: readonly HeldRole[],
): readonly string[] {
  return roles
    .filter(({ seat }) => !rights.mayAt(capability, seat))
    .map(({ role, seat }) => `“${seat.name}”不在您的管辖范围内，不能为它申请“${ROLE_TEXT[role]}”`);
}

function wantedGrant({ role, seat }: HeldRole): WantedGrant {
  return { role, platform: seat, scope: scopeOf(seat) };
}

/** Two roles that are the same grant. */
export function sameGrant(x: HeldRole, y: HeldRole): boolean {
  return x.role === y.role && x.seat.id === y.seat.id;
}

/** What is given, taken away, or held until another day. */
export function changedRoles(held: readonly HeldRole[], wanted: readonly HeldRole[]): readonly HeldRole[] {
  const given = wanted.filter(
    (one) => !held.some((other) => sameGrant(one, other) && one.validTo === other.validTo),
  );
  const taken = held.filter((one) => !wanted.some((other) => sameGrant(one, other)));
  return [...given, ...taken];
}
