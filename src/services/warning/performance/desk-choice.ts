import { AppError } from '#base';
import type { Scope } from '#model/platform';
import type { RequestContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { loadDesks } from '../load/desks.ts';

/** A desk whose figures are asked for: its platform, and what it sees. */
export interface ChosenDesk {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly scope: Scope;
}

interface Choice {
  readonly desk: ChosenDesk;
  readonly desks: readonly ChosenDesk[];
}

/**
 * The desk that was named, or the caller's own, and those the caller may choose from: their own, and every desk that sees nothing
 * beyond what they see. Throws `record.not-found` for any other.
 */
export async function chooseDesk(context: RequestContext, tx: Tx, code: string | undefined): Promise<Choice> {
  const own = await ownDesks(context, tx);
  const scope = context.actor.rights.scopeOf('warning.read');
  const all = await loadDesks(tx);
  const district = all.find((desk) => desk.code === 'PD');
  const seesAll = district !== undefined && holds(scope, { ...district.scope, scenarios: [] });
  const within = all.filter((desk) => seesAll || holds(scope, desk.scope));
  const desks = [...new Map([...within, ...own].map((desk) => [desk.code, desk])).values()];
  const wanted = code ?? own[0]?.code;
  const desk = desks.find((one) => one.code === wanted);
  if (!desk) throw new AppError('record.not-found', { what: '席位', id: wanted ?? '' });
  return { desk, desks };
}

/** Offices are seen through their scenarios: where they themselves stand is no territory. */
function holds({ places, scenarios }: Scope, wanted: Scope): boolean {
  if (wanted.scenarios.length > 0) return wanted.scenarios.every((one) => scenarios.includes(one));
  return wanted.places.every(({ from, to }) => places.some((range) => range.from <= from && to <= range.to));
}

async function ownDesks(context: RequestContext, tx: Tx): Promise<readonly ChosenDesk[]> {
  const grants = new Map(
    context.actor.rights.grants.map(({ platform, platformName, scope }) => [
      platform,
      { code: platform, name: platformName, scope },
    ]),
  );
  const { rows } = await sql<{ id: number; code: string }>`
    select id, code from platform where code = any(${[...grants.keys()]})`.execute(tx);
  const ids = new Map(rows.map(({ id, code }) => [code, id]));
  return [...grants.values()].map((desk) => ({ ...desk, id: ids.get(desk.code) ?? 0 }));
}

/** The desks as a table of a statement: `desk(id, froms, tos, scenarios)`. */
export function deskTable(desks: readonly Pick<ChosenDesk, 'id' | 'scope'>[]): RawBuilder<unknown> {
  const rows = desks.map(({ id, scope }) => ({
    id,
    froms: scope.places.map(({ from }) => from),
    tos: scope.places.map(({ to }) => to),
    scenarios: scope.scenarios,
  }));
  return recordset(rows, sql`desk(id int, froms int[], tos int[], scenarios int2[])`);
}

/**
 * To which of the desks what lies at the rows of `seen` comes, as `spot(place, scenario, id)`: asked once for each place and scenario
 * that occurs, not for each row.
 */
export function spotTable(desks: readonly Pick<ChosenDesk, 'id' | 'scope'>[]): RawBuilder<unknown> {
  return sql`(
    select s.place, s.scenario, desk.id from (select distinct place, scenario from seen) s
    join ${deskTable(desks)} on ${atDesk('s')}
  ) spot`;
}

/** Whether what lies at the row of `table` comes to the desk. */
export function atDesk(table: string): RawBuilder<boolean> {
  return sql`(${sql.ref(`${table}.scenario`)} = any(desk.scenarios)
    or exists (select from unnest(desk.froms, desk.tos) r(a, b) where ${sql.ref(`${table}.place`)} between r.a and r.b))`;
}
