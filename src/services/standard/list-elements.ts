import type { Element, standardRoutes } from '#contract/standard';
import type { ElementDefinition } from '#model/standard';
import { cutPage, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { equals, inForce } from './in-force.ts';

type Query = z.output<typeof standardRoutes.listElements.query>;
type Reply = z.output<typeof standardRoutes.listElements.reply>;

interface Row {
  readonly body: ElementDefinition;
  readonly scenario: string;
  readonly scenario_name: string;
  readonly version: string;
}

/** A page of the elements in force, in the order of their codes. */
export async function listElements(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('standard.read');
  const { scenario, key, after = '', limit } = query;
  const { rows } = await context.transaction((tx) =>
    sql<Row>`
      select e.body, s.code as scenario, s.name as scenario_name, v.version
      from element e join standard_version v on v.id = e.standard_id join scenario s on s.id = e.scenario
      where ${inForce(context.now())} and e.code > ${after} ${equals(sql`s.code`, scenario)}
        ${equals(sql`e.is_key`, key)}
      order by e.code limit ${limit + 1}`.execute(tx),
  );
  const { page, next } = cutPage(rows, limit, (row) => row.body.code);
  return { items: page.map(show), next };
}

function show({ body, scenario, scenario_name, version }: Row): Element {
  const { code, name, unit, periodSeconds, densePeriodSeconds, range, states, sensing, key, basis } = body;
  return {
    code,
    name,
    scenario,
    scenarioName: scenario_name,
    standard: version,
    unit,
    periodSeconds,
    densePeriodSeconds: densePeriodSeconds ?? null,
    range: range && [range[0], range[1]],
    states: [...(states ?? [])],
    sensing,
    key,
    basis,
  };
}
