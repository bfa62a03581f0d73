import { auditRule } from '#services/context';
import { recordset, type Tx } from '#storage';
import { cascadeSentence, type DependencyGraph, type Reached, type Walk } from '#workflow';
import { sql } from 'kysely';

import { type Cause, causeName } from './causes.ts';

/** A cause with what it reaches. */
export interface Foreseen {
  readonly cause: Cause;
  readonly walk: Walk;
}

/** One that is written down, with those of its reached objects that are new. */
export interface StoredCascade extends Foreseen {
  readonly id: number;
  readonly fresh: readonly Reached[];
}

const MINUTE_MS = 60_000;

/** Writes cascades and what they reach. One that stands already takes what is new; nothing it held is taken away. */
// oxlint-disable-next-line max-params
export async function storeCascades(
  tx: Tx,
  graph: DependencyGraph,
  foreseen: readonly Foreseen[],
  now: number,
): Promise<readonly StoredCascade[]> {
  if (foreseen.length === 0) return [];
  const ids = await storeHeads(tx, foreseen);
  const numbered = foreseen.map((one) => ({ ...one, id: ids.get(causeName(one.cause)) ?? 0 }));
  const made = await storeReached(
    tx,
    numbered.flatMap((one) => one.walk.reached.map((reached) => rowOf(graph, one, reached))),
  );
  const stored = numbered
    .map((one) => ({
      ...one,
      fresh: one.walk.reached.filter(({ object }) => made.has(`${one.id} ${object.id}`)),
    }))
    .filter(({ fresh }) => fresh.length > 0);
  await auditRule(
    tx,
    { rule: 'watch-cascades', at: now },
    stored.map(({ id, cause, fresh }) => ({
      action: 'cascade.foreseen',
      subject: `cascade/${id}`,
      place: cause.place,
      scenario: cause.scenario,
      after: { cause: causeName(cause), title: cause.title, reached: fresh.length },
    })),
  );
  return stored;
}

/** The cascades' ids by their causes' names. */
async function storeHeads(tx: Tx, foreseen: readonly Foreseen[]): Promise<ReadonlyMap<string, number>> {
  const rows = foreseen.map(({ cause, walk }) => ({
    ...cause,
    began: cause.at,
    reached: walk.reached.length,
    cut: walk.cut,
  }));
  const { rows: made } = await sql<{ id: number; name: string }>`
    insert into cascade as c (cause_kind, cause_id, object_id, place, scenario, level, title, began_at, reached, cut,
      replay_session_id, simulated)
    select kind, id, object, place, scenario, level, title, to_timestamp(began / 1000.0), reached, cut, session, simulated
    from ${recordset(
      rows,
      sql`r(kind text, id bigint, object int, place int, scenario int2, level int2, title text, began float8, reached int,
        cut boolean, session int, simulated boolean)`,
    )}
    on conflict (cause_kind, cause_id) do update set level = greatest(c.level, excluded.level), ended_at = null,
      title = case when excluded.level >= c.level then excluded.title else c.title end,
      reached = greatest(c.reached, excluded.reached), cut = c.cut or excluded.cut
    returning id, cause_kind || '/' || cause_id as name`.execute(tx);
  return new Map(made.map(({ id, name }) => [name, id]));
}

function rowOf(
  graph: DependencyGraph,
  { cause, id }: { readonly cause: Cause; readonly id: number },
  reached: Reached,
) {
  const { object, leadMinutes, withinMinutes, depth, step, via, expects, suppresses } = reached;
  return {
    cascade: id,
    object: object.id,
    name: object.name,
    place: object.place,
    scenarios: object.scenarios,
    source_place: cause.place,
    source_scenario: cause.scenario,
    rule: step.rule.code,
    via,
    edge: step.edge?.kind ?? null,
    depth,
    why: cascadeSentence(reached, cause.title, (one) => graph.object(one)?.name ?? ''),
    expects: [...expects],
    expected: cause.at + leadMinutes * MINUTE_MS,
    until: cause.at + withinMinutes * MINUTE_MS,
    suppresses: [...(suppresses?.items ?? [])],
    even_red: [...(suppresses?.evenRed ?? [])],
    grace: suppresses?.graceMinutes ?? 0,
  };
}

/** Which of them were not there before, as `cascade object`. */
async function storeReached(tx: Tx, rows: readonly object[]): Promise<ReadonlySet<string>> {
  const { rows: made } = await sql<{ key: string }>`
    insert into cascade_reach (cascade_id, object_id, object_name, place, scenarios, source_place, source_scenario, rule, via,
      edge_kind, depth, why, expects, expected_at, until_at, suppresses, even_red, grace_minutes)
    select cascade, object, name, place, scenarios, source_place, source_scenario, rule, via, edge, depth, why, expects,
      to_timestamp(expected / 1000.0), to_timestamp("until" / 1000.0), suppresses, even_red, grace
    from ${recordset(
      rows,
      sql`r(cascade bigint, object int, name text, place int, scenarios int2[], source_place int, source_scenario int2, rule text,
        via int, edge text, depth int2, why text, expects text[], expected float8, "until" float8, suppresses text[],
        even_red text[], grace int2)`,
    )}
    on conflict do nothing returning cascade_id || ' ' || object_id as key`.execute(tx);
  return new Set(made.map(({ key }) => key));
}
