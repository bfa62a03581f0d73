import type { Sign } from '#model/standard';
import { type CompiledSign, compileSign } from '#signs';
import type { Storage } from '#storage';
import { sql } from 'kysely';

import type { BoundSign } from './point-book.ts';

/** A sign in force. One without parameters is the same at every object and made ready once. */
interface SignInForce {
  readonly id: number;
  readonly item: string;
  readonly body: Sign;
  readonly ready: CompiledSign | undefined;
}

/** The signs in force by the element they watch. */
export type SignsInForce = ReadonlyMap<string, readonly SignInForce[]>;

/** What is set for an object, by the parameter's code. */
export type ObjectParameters = Readonly<Record<string, number>>;

/** The newest effective version of each scenario. */
export async function loadSigns(storage: Storage): Promise<SignsInForce> {
  const { rows } = await sql<{ id: number; item: string; element: string; body: Sign }>`
    select s.id, s.item_code as item, s.element_code as element, s.body from sign s
    where s.standard_id in (
      select distinct on (scenario) id from standard_version
      where effective_from <= now() and retired_at is null and scenario is not null
      order by scenario, effective_from desc, id desc)
    order by s.id`.execute(storage.system);
  return Map.groupBy(
    rows.map(({ id, item, element, body }) => {
      const compiled = compileSign(id, body);
      return { id, item, element, body, ready: compiled.kind === 'ready' ? compiled.sign : undefined };
    }),
    (row) => row.element,
  );
}

/**
 * The signs of an element, ready for one object. Those that lack a parameter of it are left out here: they are listed as
 * switched off, with what they lack, where coverage is told (catalog §7.2).
 */
export function signsFor(
  signs: SignsInForce,
  element: string,
  parameters: ObjectParameters,
): readonly BoundSign[] {
  return (signs.get(element) ?? []).flatMap(({ id, item, body, ready }) => {
    if (ready) return [{ sign: ready, item }];
    const compiled = compileSign(id, body, (code) => parameters[code]);
    return compiled.kind === 'ready' ? [{ sign: compiled.sign, item }] : [];
  });
}
