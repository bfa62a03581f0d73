import type { CompositeSign, Sign } from '#model/standard';
import { type CompositeNames, readyComposite } from '#signs';
import type { Database } from '#storage';
import { type Kysely, sql } from 'kysely';

import type { BoundSign, SignsOf } from '../point-book.ts';
import { scenarioOf } from './composite-book.ts';

/** A row of the signs in force: a plain sign, or a composite one. */
interface SignRow<Body> {
  readonly id: number;
  readonly item: string;
  readonly element: string;
  readonly body: Body;
}

export type AnyRow = SignRow<Sign> | SignRow<CompositeSign>;

/** A composite sign compares nothing by itself. */
export function isPlain(row: AnyRow): row is SignRow<Sign> {
  return 'measure' in row.body;
}

/**
 * Adds the composite signs of the moment to the plain ones. One whose condition names what does not exist any more (another scenario
 * has taken it out) is left out; it is listed as switched off.
 */
export async function withComposites(
  db: Kysely<Database>,
  at: number,
  { rows, signsOf }: { readonly rows: readonly AnyRow[]; readonly signsOf: SignsOf },
): Promise<SignsOf> {
  const composites = rows.filter((row) => !isPlain(row)) as readonly SignRow<CompositeSign>[];
  if (composites.length === 0) return signsOf;
  const names = await namesAt(db, at, rows);
  const ready = Map.groupBy(
    composites.flatMap(({ id, item, element, body }): (BoundSign & { readonly element: string })[] => {
      const made = readyComposite(id, body, names);
      return made.kind === 'ready'
        ? [{ sign: made.composite.sign, item, composite: made.composite, element }]
        : [];
    }),
    ({ element }) => element,
  );
  return (point) => [...signsOf(point), ...(ready.get(point.element) ?? [])];
}

async function namesAt(db: Kysely<Database>, at: number, rows: readonly AnyRow[]): Promise<CompositeNames> {
  const moment = new Date(at);
  const { rows: elements } = await sql<{ code: string }>`
    select jsonb_path_query(v.document, '$.elements[*].code') #>> '{}' as code from standard_version v
    where v.effective_from <= ${moment} and (v.retired_at is null or v.retired_at > ${moment})
      and v.scenario is not null`.execute(db);
  return {
    signs: new Set(rows.map(({ body }) => body.code)),
    items: new Set(rows.map(({ item }) => item)),
    scenarios: new Set(rows.map(({ body }) => scenarioOf(body.code))),
    elements: new Set(elements.map(({ code }) => code)),
  };
}
