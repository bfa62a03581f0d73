import { announce, auditAll, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { HeldPopulation, PopulationFacts } from './population-facts.ts';

export interface PopulationChange {
  readonly before: HeldPopulation | null;
  readonly after: PopulationFacts;
  /** Where the town lies. */
  readonly place: number;
}

/** Writes the people of towns in one statement, with their audit and one event. */
export async function savePopulations(
  context: RequestContext,
  tx: Tx,
  changes: readonly PopulationChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const now = new Date(context.now());
  await sql`insert into town_population as p (town, residents, workers, source, as_of, told_by, told_at)
    select town, residents, workers, source, as_of, ${context.actor.username}, ${now}::timestamptz
    from json_to_recordset(${JSON.stringify(changes.map(({ after }) => after))}::json)
      as r(town text, residents int, workers int, source text, as_of date)
    on conflict (town) do update set residents = excluded.residents, workers = excluded.workers, source = excluded.source,
      as_of = excluded.as_of, told_by = excluded.told_by, told_at = excluded.told_at, version = p.version + 1`.execute(
    tx,
  );
  await auditAll(
    context,
    tx,
    changes.map(({ before, after, place }) => ({
      action: before ? 'population.update' : 'population.create',
      subject: `population/${after.town}`,
      before,
      after,
      place,
      scenario: null,
    })),
  );
  const payload = { id: 0, state: 'told' };
  await announce(tx, [
    { type: 'population.changed', at: context.now(), place: null, scenario: null, payload },
  ]);
}
