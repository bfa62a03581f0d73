import type { Sign, standardRoutes } from '#contract/standard';
import { SIGN_LEVELS, type Sign as SignBody } from '#model/standard';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { equals, inForce } from './in-force.ts';

type Query = z.output<typeof standardRoutes.listSigns.query>;
type Reply = z.output<typeof standardRoutes.listSigns.reply>;

interface Row {
  readonly id: number;
  readonly body: SignBody;
  readonly item_name: string;
  readonly element_name: string;
  readonly scenario: string;
  readonly scenario_name: string;
  readonly version: string;
}

/** A page of the signs in force with every threshold and its basis, in the order they were published. */
export async function listSigns(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('standard.read');
  const { scenario, item, element, after, limit } = query;
  const { rows } = await context.transaction((tx) =>
    sql<Row>`
      select g.id, g.body, i.name as item_name, e.name as element_name, s.code as scenario,
        s.name as scenario_name, v.version
      from sign g join standard_version v on v.id = g.standard_id join scenario s on s.id = g.scenario
      join warning_item i on i.standard_id = g.standard_id and i.code = g.item_code
      join element e on e.code = g.element_code
      where ${inForce(context.now())} and g.body ? 'measure' and g.id > ${readIdCursor(after)} ${equals(sql`s.code`, scenario)}
        ${equals(sql`g.item_code`, item)} ${equals(sql`g.element_code`, element)}
      order by g.id limit ${limit + 1}`.execute(tx),
  );
  const { page, next } = cutPage(rows, limit, (row) => String(row.id));
  return { items: page.map(show), next };
}

function show({ id, body, item_name, element_name, scenario, scenario_name, version }: Row): Sign {
  const { code, name, item, element, unit, direction, measure, agreement, deadband, offDelaySeconds, basis } =
    body;
  const levels = SIGN_LEVELS.flatMap((level) => {
    const threshold = body.levels[level];
    return threshold ? [{ ...threshold, level, basis: threshold.basis ?? basis }] : [];
  });
  return {
    id,
    code,
    name,
    scenario,
    scenarioName: scenario_name,
    standard: version,
    item,
    itemName: item_name,
    element,
    elementName: element_name,
    unit,
    direction,
    measure,
    levels,
    agreement: agreement ?? null,
    deadband,
    offDelaySeconds,
    basis,
    verified: levels.every((one) => one.basis.verified),
  };
}
