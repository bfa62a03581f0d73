import type { LedgerCount, ObjectCount } from '#model/standard';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type Narrowed, narrowedTo } from './coverage-reach.ts';

export interface Counted {
  readonly objects: readonly ObjectCount[];
  readonly ledger: readonly LedgerCount[];
}

/** Objects and lines of the ledger in the caller's scope, counted by scenario, kind, town and village. */
export async function countCoverage(context: RequestContext, tx: Tx, narrowed: Narrowed): Promise<Counted> {
  return {
    objects: await countObjects(context, tx, narrowed),
    ledger: await countLedger(context, tx, narrowed),
  };
}

async function countObjects(
  context: RequestContext,
  tx: Tx,
  narrowed: Narrowed,
): Promise<readonly ObjectCount[]> {
  const conditions = sql.join([context.reach('c'), ...(await narrowedTo(tx, narrowed, 'c'))], sql` and `);
  // Villages are told apart within one town only: of the whole district they would be tens of thousands of groups.
  const village = narrowed.town === undefined ? sql`null` : sql`c.village`;
  const { rows } = await sql<ObjectCount>`
    select s.code as scenario, k.code as kind, n.town, n.village, n.objects, n.covered, n.lacking, n.elements, n.blind, n.dead,
      n.signs, n."signsOff", n.items, n."noHandbook", n."noPost"
    from (
      select c.scenario, c.kind_id, coalesce(c.town, '') as town, ${village} as village, count(*) as objects,
        count(*) filter (where c.kind_id is not null and c.blind = '{}' and c.dead = '{}') as covered,
        json_build_object('unclassified', count(*) filter (where c.kind_id is null),
          'blind', count(*) filter (where c.blind <> '{}'), 'dead', count(*) filter (where c.dead <> '{}'),
          'sign-off', count(*) filter (where c.signs_off <> '{}'),
          'no-handbook', count(*) filter (where c.no_handbook <> '{}'),
          'post', count(*) filter (where c.no_post <> '{}')) as lacking,
        sum(c.elements) as elements, sum(cardinality(c.blind)) as blind, sum(cardinality(c.dead)) as dead,
        sum(c.signs) as signs, sum(cardinality(c.signs_off)) as "signsOff", sum(c.items) as items,
        sum(cardinality(c.no_handbook)) as "noHandbook", sum(cardinality(c.no_post)) as "noPost"
      from object_coverage c where ${conditions}
      group by 1, 2, 3, 4
    ) n join scenario s on s.id = n.scenario left join object_kind k on k.id = n.kind_id`.execute(tx);
  return rows;
}

async function countLedger(
  context: RequestContext,
  tx: Tx,
  narrowed: Narrowed,
): Promise<readonly LedgerCount[]> {
  const conditions = sql.join([context.reach('l'), ...(await narrowedTo(tx, narrowed, 'l'))], sql` and `);
  const { rows } = await sql<LedgerCount>`
    select s.code as scenario, k.code as kind, n.town, n.village, n.figure, n.named, n.linked
    from (
      select l.scenario, l.kind_id, l.town, l.village, max(l.quantity) filter (where l.name is null) as figure,
        count(*) filter (where l.name is not null) as named, count(o.id) filter (where o.retired_at is null) as linked
      from ledger_entry l left join monitored_object o on o.id = l.object_id where ${conditions}
      group by l.scenario, l.kind_id, l.town, l.village
    ) n join scenario s on s.id = n.scenario join object_kind k on k.id = n.kind_id`.execute(tx);
  return rows;
}
