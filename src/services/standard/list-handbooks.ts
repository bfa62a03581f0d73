import type { Handbook, standardRoutes } from '#contract/standard';
import type { HandbookEntry } from '#model/standard';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { equals, inForce } from './in-force.ts';

type Query = z.output<typeof standardRoutes.listHandbooks.query>;
type Reply = z.output<typeof standardRoutes.listHandbooks.reply>;

interface Row {
  readonly id: number;
  readonly body: HandbookEntry;
  readonly item_name: string;
  readonly scenario: string;
  readonly scenario_name: string;
  readonly version: string;
}

/** A page of the handbook entries in force, in the order they were published. */
export async function listHandbooks(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('standard.read');
  const { scenario, item, level, after, limit } = query;
  const { rows } = await context.transaction((tx) =>
    sql<Row>`
      select h.id, h.body, i.name as item_name, s.code as scenario, s.name as scenario_name, v.version
      from handbook_entry h join standard_version v on v.id = h.standard_id join scenario s on s.id = h.scenario
      join warning_item i on i.standard_id = h.standard_id and i.code = h.item_code
      where ${inForce(context.now())} and h.id > ${readIdCursor(after)} ${equals(sql`s.code`, scenario)}
        ${equals(sql`h.item_code`, item)} ${equals(sql`h.level`, level)}
      order by h.id limit ${limit + 1}`.execute(tx),
  );
  const { page, next } = cutPage(rows, limit, (row) => String(row.id));
  return { items: page.map(show), next };
}

function show({ id, body, item_name, scenario, scenario_name, version }: Row): Handbook {
  return {
    id,
    scenario,
    scenarioName: scenario_name,
    standard: version,
    item: body.item,
    itemName: item_name,
    level: body.level,
    loop: body.loop,
    disposalTypes: [...body.disposalTypes],
    steps: body.steps.map((step) => ({ ...step })),
    responsible: body.responsible,
    reviewer: body.reviewer,
    coUnits: [...body.coUnits],
    limitClass: body.limitClass,
    notify: [...body.notify],
    publicRelease: body.publicRelease,
    basis: body.basis,
  };
}
