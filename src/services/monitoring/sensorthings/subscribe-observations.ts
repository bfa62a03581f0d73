import { observationMessage, type ReadingFacts, type Subscription } from '#contract/monitoring';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

import { followPath } from './ask-sensorthings.ts';

/** What is told on a topic: the readings of some points, whole or the parts that were selected. */
export interface ObservationTopic {
  /** Points whose readings the subscriber may see there, as of now. */
  points(): Promise<ReadonlySet<number>>;
  /** The message for a reading. */
  write(reading: ReadingFacts): string;
}

/**
 * A list of Observations to be told of: `v1.1/Observations`, `v1.1/Datastreams(12)/Observations`,
 * `v1.1/FeaturesOfInterest(3)/Observations?$select=result,phenomenonTime`. `root` is the service root of the links. Throws
 * `access.denied`, `record.not-found` for what the caller may not see.
 */
export async function openObservationTopic(
  context: RequestContext,
  { path, select }: Subscription,
  root: string,
): Promise<ObservationTopic> {
  const points = async (): Promise<ReadonlySet<number>> => {
    context.authorize('reading.read');
    return context.transaction(async (tx) => {
      const found = await followPath(tx, path);
      const within = 'within' in found ? found.within : undefined;
      const column = within?.column === 'feature' ? sql.ref('object_id') : sql.ref('id');
      const whose = within === undefined ? sql`true` : sql`${column} = ${within.values[0]}`;
      const { rows } = await sql<{ id: number }>`select id from point where ${whose}`.execute(tx);
      return new Set(rows.map((row) => row.id));
    });
  };
  await points();
  return { points, write: (reading) => selected(observationMessage(reading, root).payload, select) };
}

function selected(payload: string, select: readonly string[] | undefined): string {
  if (select === undefined) return payload;
  const entity = JSON.parse(payload) as Record<string, unknown>;
  const kept = Object.entries(entity).filter(
    ([name]) => select.includes(name) || select.includes(name.replace('@iot.navigationLink', '')),
  );
  return JSON.stringify(Object.fromEntries(kept));
}
