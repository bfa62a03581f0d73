import type { organisationRoutes, Responsibility } from '#contract/platform';
import { REQUIRED_ROLES, ROLE_TEXT, type Role, type Scope } from '#model/platform';
import type { PlatformKind } from '#model/platform/tree';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { findPlatform } from './find-platform.ts';

type Query = z.output<typeof organisationRoutes.listResponsibilities.query>;
type Reply = z.output<typeof organisationRoutes.listResponsibilities.reply>;
type RoleState = Responsibility['roles'][number];

interface Row {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly kind: PlatformKind;
  readonly parent_name: string | null;
  /** Everybody who holds or has held a role here. */
  readonly holders: readonly Holder[] | null;
}

interface Holder {
  readonly role: Role;
  readonly name: string;
  readonly team: boolean;
  /** Epoch ms. */
  readonly since: number;
  readonly ends: number | null;
}

/**
 * Every platform whose people the caller may see, with the roles it must name: named, vacant or left. Offices outside the
 * caller's scope are left out: their people are not seen, and would seem to be missing. Throws `record.not-found` for `under`.
 */
export async function listResponsibilities(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('platform.read');
  const after = readIdCursor(query.after);
  const rows = await context.transaction(async (tx) => {
    const under = query.under === undefined ? [] : await subtree(tx, query.under);
    const kind = query.kind === undefined ? [] : [sql<boolean>`p.kind = ${query.kind}`];
    return load(tx, [inScope(context.actor.rights.scopeOf('platform.read')), ...under, ...kind]);
  });
  const now = context.now();
  const all = rows.map((row) => ({ id: row.id, shown: show(row, query, now) })).filter(isAskedFor(query));
  const { page, next } = cutPage(
    all.filter(({ id }) => id > after),
    query.limit,
    ({ id }) => String(id),
  );
  return { items: page.map(({ shown }) => shown), next, totals: totalsOf(all.map(({ shown }) => shown)) };
}

async function subtree(tx: Tx, code: string): Promise<readonly RawBuilder<boolean>[]> {
  const { place, place_to } = await findPlatform(tx, code);
  return [sql<boolean>`p.place between ${place} and ${place_to}`];
}

function inScope({ places, scenarios }: Scope): RawBuilder<boolean> {
  const stretches = places.map(({ from, to }) => sql`p.place between ${from} and ${to}`);
  return sql`(${sql.join([...stretches, sql`p.scenario = any(${[...scenarios]}::int2[])`], sql` or `)})`;
}

async function load(tx: Tx, conditions: readonly RawBuilder<boolean>[]): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    with h as (
      select platform_id, json_agg(json_build_object('role', role, 'name', name, 'team', team,
        'since', extract(epoch from valid_from) * 1000, 'ends', extract(epoch from ends_at) * 1000) order by id) as holders
      from role_holder group by platform_id
    )
    select p.id, p.code, p.name, p.kind, u.name as parent_name, h.holders
    from platform p left join platform u on u.id = p.parent_id left join h on h.platform_id = p.id
    where p.kind <> 'zone' and ${sql.join(conditions, sql` and `)} order by p.id`.execute(tx);
  return rows;
}

function show({ code, name, kind, parent_name, holders }: Row, { role }: Query, now: number): Responsibility {
  const required = REQUIRED_ROLES[kind].filter((one) => role === undefined || one.role === role);
  return {
    platform: { code, name, kind },
    parentName: parent_name,
    roles: required.map((one) => ({
      role: one.role,
      roleName: ROLE_TEXT[one.role],
      basis: one.basis,
      ...stateOf(
        (holders ?? []).filter((holder) => holder.role === one.role),
        now,
      ),
    })),
  };
}

/** Named while somebody holds it; left when nobody does any more; else vacant. */
function stateOf(holders: readonly Holder[], now: number): Pick<RoleState, 'state' | 'holders' | 'left'> {
  const current = holders.filter(({ since, ends }) => since <= now && (ends === null || ends > now));
  if (current.length > 0) {
    return {
      state: 'named',
      holders: current.map(({ name, team, since }) => ({ name, team, since })),
      left: null,
    };
  }
  const gone = holders.flatMap(({ name, ends }) =>
    ends !== null && ends <= now ? [{ name, at: ends }] : [],
  );
  const last = gone.toSorted((x, y) => y.at - x.at)[0];
  return last ? { state: 'left', holders: [], left: last } : { state: 'vacant', holders: [], left: null };
}

function isAskedFor({ state, gaps }: Query): (row: { readonly shown: Responsibility }) => boolean {
  return ({ shown: { roles } }) =>
    roles.length > 0 &&
    (state === undefined || roles.some((role) => role.state === state)) &&
    (gaps !== true || roles.some((role) => role.state !== 'named'));
}

function totalsOf(items: readonly Responsibility[]): Reply['totals'] {
  const states = items.flatMap(({ roles }) => roles.map(({ state }) => state));
  const count = (wanted: RoleState['state']): number => states.filter((state) => state === wanted).length;
  return {
    platforms: items.length,
    required: states.length,
    named: count('named'),
    vacant: count('vacant'),
    left: count('left'),
  };
}
