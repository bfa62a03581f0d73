import { type DependencyRule, rankOf } from '#model/warning';
import type { Tx } from '#storage';
import { DependencyGraph, type GraphEdge, type GraphObject } from '#workflow';
import { sql } from 'kysely';

/** How long the graph is kept when nobody has said that it changed: points come and go without an event. */
const KEPT_MS = 60_000;

/**
 * The dependency graph as the tables have it, kept between batches of events: a flood of warnings walks one graph, and what is
 * changed is read anew. One for the life of the process.
 */
export class GraphBook {
  #kept: { readonly graph: DependencyGraph; readonly at: number } | undefined;

  /** Objects, dependencies or rules have changed. */
  forget(): void {
    this.#kept = undefined;
  }

  /** `now` is the wall clock, epoch ms. */
  async graph(tx: Tx, now: number): Promise<DependencyGraph> {
    const kept = this.#kept;
    if (kept && now >= kept.at && now - kept.at < KEPT_MS) return kept.graph;
    const graph = await loadGraph(tx, now);
    this.#kept = { graph, at: now };
    return graph;
  }
}

/** Everything in force at `now`. */
async function loadGraph(tx: Tx, now: number): Promise<DependencyGraph> {
  const rules = await loadRules(tx);
  const wanted = [...new Set(rules.flatMap(({ reaches }) => reaches.elements ?? []))];
  const { rows: objects } = await sql<GraphObject>`
    select o.id, o.name, o.lat, o.lon, o.town, o.place, o.scenarios, coalesce(p.elements, '{}') as elements
    from monitored_object o left join (
      select object_id, array_agg(distinct element_code) as elements from point
      where element_code = any(${wanted}) group by object_id
    ) p on p.object_id = o.id
    where o.retired_at is null order by o.id`.execute(tx);
  const { rows: edges } = await sql<GraphEdge>`
    select from_object as from, to_object as to, kind, lead_minutes as "leadMinutes", reason from dependency
    where valid_from <= ${new Date(now)} and (valid_to is null or valid_to > ${new Date(now)}) order by id`.execute(
    tx,
  );
  return new DependencyGraph({ objects, edges, rules, rankOf });
}

/** The rules in force, with what the district has changed of them. */
async function loadRules(tx: Tx): Promise<readonly DependencyRule[]> {
  const rows = await tx
    .selectFrom('dependency_rule')
    .select(['body', 'lead_minutes'])
    .where('in_force', '=', true)
    .orderBy('position')
    .execute();
  return rows.map(({ body, lead_minutes: lead }) =>
    lead === null ? body : { ...body, leadMinutes: lead, withinMinutes: Math.max(body.withinMinutes, lead) },
  );
}
