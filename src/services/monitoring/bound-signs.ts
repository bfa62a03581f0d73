import { ownLimitFaults, withOwnLimits } from '#contract/standard';
import type { CompositeSign, OwnLimits, Sign } from '#model/standard';
import { type CompiledSign, compileSign, type ParameterOf } from '#signs';
import type { Database } from '#storage';
import { type Kysely, sql } from 'kysely';

import { isPlain, withComposites } from './composites/with-composites.ts';
import type { SignsOf } from './point-book.ts';

/** A sign in force. One without parameters is the same at every object that has no limits of its own and made ready once. */
interface SignInForce {
  readonly id: number;
  readonly item: string;
  readonly body: Sign;
  readonly ready: CompiledSign | undefined;
}

/** The signs in force by the element they watch. */
type SignsInForce = ReadonlyMap<string, readonly SignInForce[]>;

/**
 * The signs that hold at a moment (epoch ms), ready for any point. Those that lack a parameter of its object are left out: they
 * are listed as switched off, with what they lack, where coverage is told (catalog §7.2).
 */
export async function loadSigns(db: Kysely<Database>, at: number): Promise<SignsOf> {
  const moment = new Date(at);
  const { rows } = await sql<NumberedSign | NumberedSign<CompositeSign>>`
    select s.id, s.item_code as item, s.element_code as element, s.body from sign s
    where s.standard_id in (
      select distinct on (scenario) id from standard_version
      where effective_from <= ${moment} and (retired_at is null or retired_at > ${moment}) and scenario is not null
      order by scenario, effective_from desc, id desc)
    order by s.id`.execute(db);
  return withComposites(db, at, { rows, signsOf: signsFor(rows.filter(isPlain)) });
}

/** A sign by the number of its row. */
interface NumberedSign<Body = Sign> {
  readonly id: number;
  readonly item: string;
  readonly element: string;
  readonly body: Body;
}

/** Makes signs ready for any point. `lacking` is told each sign that a point's object has no parameter for. */
export function signsFor(numbered: readonly NumberedSign[], lacking?: (sign: string) => void): SignsOf {
  const signs: SignsInForce = Map.groupBy(
    numbered.map(({ id, item, element, body }) => {
      const compiled = compileSign(id, body);
      return { id, item, element, body, ready: compiled.kind === 'ready' ? compiled.sign : undefined };
    }),
    (row) => row.element,
  );
  return ({ element, parameters, ownLimits }) =>
    (signs.get(element) ?? []).flatMap(({ id, item, body, ready }) => {
      const own = ownLimits[body.code];
      if (ready && own === undefined) return [{ sign: ready, item }];
      const parameterOf = (code: string): number | undefined => parameters[code];
      const compiled = compileSign(id, own ? withinBounds(body, own, parameterOf) : body, parameterOf);
      if (compiled.kind === 'ready') return [{ sign: compiled.sign, item }];
      lacking?.(body.code);
      return [];
    });
}

/** The sign as the object has it; the standard's where this version no longer grants its own limits (they are listed as off). */
function withinBounds(body: Sign, own: OwnLimits, parameterOf: ParameterOf): Sign {
  return ownLimitFaults(body, own, parameterOf).length === 0 ? withOwnLimits(body, own) : body;
}

/** Moments after `now` at which a published version takes over (epoch ms). */
export async function comingVersions(db: Kysely<Database>, now: number): Promise<readonly number[]> {
  const { rows } = await sql<{ at: number }>`
    select distinct effective_from as at from standard_version
    where scenario is not null and effective_from > ${new Date(now)}
      and (retired_at is null or retired_at > effective_from)`.execute(db);
  return rows.map(({ at }) => at);
}
