import type { standardRoutes } from '#contract/standard';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { type CompositesInForce, compositesInForce } from './composites-in-force.ts';
import { missingFacts } from './missing-facts.ts';

type Row = z.output<typeof standardRoutes.listSwitchedOff.reply>['items'][number];

/** Objects are looked at in lots of so many. */
const LOT = 500;

interface Candidate {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly town: string | null;
  readonly own: readonly string[];
  /** Per composite sign that stands there, the elements within its reach. */
  readonly reach: Readonly<Record<string, readonly string[]>>;
}

/**
 * Objects where composite signs, or the index of a day, are off because nobody within reach can tell them what they ask for; the
 * first `limit` after an id.
 */
export async function listSwitchedOffComposites(
  context: RequestContext,
  tx: Tx,
  {
    scenario,
    after,
    limit,
  }: { readonly scenario: string | undefined; readonly after: number; readonly limit: number },
): Promise<readonly Row[]> {
  const inForce = await compositesInForce(tx, context.now(), scenario);
  if (inForce.composites.length + inForce.fireWeather.length === 0) return [];
  const found: Row[] = [];
  let last = after;
  for (;;) {
    const candidates = await findCandidates(context, tx, inForce, last);
    for (const candidate of candidates) {
      const signs = offAt(candidate, inForce);
      const { id, code, name, town } = candidate;
      if (signs.length > 0) found.push({ id, code, name, town, signs: [...signs] });
    }
    last = candidates.at(-1)?.id ?? last;
    if (candidates.length < LOT || found.length >= limit) return found.slice(0, limit);
  }
}

async function findCandidates(
  context: RequestContext,
  tx: Tx,
  { composites, fireWeather }: CompositesInForce,
  after: number,
): Promise<readonly Candidate[]> {
  const asked = [
    ...composites.map(({ body: { code, element, within } }) => ({ code, element, within })),
    ...fireWeather.map(({ code, element }) => ({ code, element, within: { linked: true } })),
  ];
  const { rows } = await sql<Candidate>`
    with asked as (
      select * from json_to_recordset(${JSON.stringify(asked)}::json) as a(code text, element text, within jsonb)
    ), here as (
      select o.id, o.code, o.name, o.town from monitored_object o
      where ${context.reach('o')} and o.retired_at is null and o.id > ${after} and exists (
        select from point p join asked a on a.element = p.element_code where p.object_id = o.id)
      order by o.id limit ${LOT}
    )
    select h.id, h.code, h.name, (select t.name from platform t where t.code = h.town) as town,
      array(select distinct p.element_code from point p where p.object_id = h.id) as own,
      (select json_object_agg(a.code, elements_within(h.id, a.within)) from asked a
        where exists (select from point p where p.object_id = h.id and p.element_code = a.element)) as reach
    from here h order by h.id`.execute(tx);
  return rows;
}

function offAt({ own, reach }: Candidate, inForce: CompositesInForce): readonly Row['signs'][number][] {
  const stations = inForce.fireWeather.flatMap(({ code, name, scenario, inputs }) => {
    const told = reach[code];
    const missing = told ? inputs.filter((element) => !told.includes(element)) : [];
    if (missing.length === 0) return [];
    const lacking = missing.map((element) => ({ code: element, ...inForce.nameOf(element) }));
    return [{ code, name, scenario, lacks: 'fact' as const, missing: lacking }];
  });
  const composites = inForce.composites.flatMap((composite) => {
    const { code, name } = composite.body;
    const within = reach[code];
    if (within === undefined) return [];
    const missing = missingFacts(composite, { own, within }, inForce);
    if (missing.length === 0) return [];
    return [{ code, name, scenario: composite.scenario, lacks: 'fact' as const, missing: [...missing] }];
  });
  return [...stations, ...composites];
}
