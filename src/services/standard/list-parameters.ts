import type { Parameter, standardRoutes } from '#contract/standard';
import type { ParameterDefinition } from '#model/standard';
import { cutPage, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { equals, inForce } from './in-force.ts';

type Query = z.output<typeof standardRoutes.listParameters.query>;
type Reply = z.output<typeof standardRoutes.listParameters.reply>;

interface Row {
  readonly body: ParameterDefinition;
  readonly scenario: string;
  readonly scenario_name: string;
  readonly version: string;
}

/** A page of what may be set for objects, in the order of their codes. */
export async function listParameters(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('standard.read');
  const { scenario, after = '', limit } = query;
  const { rows } = await context.transaction((tx) =>
    sql<Row>`
      select p.body, s.code as scenario, s.name as scenario_name, v.version
      from parameter p join standard_version v on v.id = p.standard_id join scenario s on s.id = p.scenario
      where ${inForce(context.now())} and p.code > ${after} ${equals(sql`s.code`, scenario)}
      order by p.code limit ${limit + 1}`.execute(tx),
  );
  const { page, next } = cutPage(rows, limit, (row) => row.body.code);
  return { items: page.map(show), next };
}

function show({ body, scenario, scenario_name, version }: Row): Parameter {
  const { code, name, unit, range, basis } = body;
  return {
    code,
    name,
    scenario,
    scenarioName: scenario_name,
    standard: version,
    unit,
    range: [range[0], range[1]],
    basis,
  };
}
