import {
  ENTITY_SETS,
  invalid,
  observationMessage,
  parseOptions,
  parsePath,
  type ReadingFacts,
  unsupported,
} from '#contract/monitoring';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

import { followPath } from './ask-sensorthings.ts';

const VERSION = 'v1.1/';

/** What is told on a topic: the readings of some points, whole or the parts that were selected. */
export interface ObservationTopic {
  /** Points whose readings the subscriber may see there, as of now. */
  points(): Promise<ReadonlySet<number>>;
  /** The message for a reading. */
  write(reading: ReadingFacts): string;
}

/**
 * Reads a topic of SensorThings (OGC 18-088 §14): `v1.1/Observations`, `v1.1/Datastreams(12)/Observations`,
 * `v1.1/FeaturesOfInterest(3)/Observations?$select=result,phenomenonTime`. `root` is the service root of the links. Throws
 * `access.denied`, `sensorthings.invalid`, `sensorthings.unsupported` (other entities change too seldom to be told of),
 * `record.not-found` for what the caller may not see.
 */
export async function openObservationTopic(
  context: RequestContext,
  topic: string,
  root: string,
): Promise<ObservationTopic> {
  context.authorize('reading.read');
  if (!topic.startsWith(VERSION)) throw invalid(`主题须以 ${VERSION} 开头`);
  const [address = '', query] = topic.slice(VERSION.length).split('?');
  const select = selectOf(query);
  const path = parsePath(address);
  const target = path.steps.at(-1)?.set ?? path.set;
  const id = path.steps.length === 0 ? path.id : path.steps.at(-1)?.id;
  if (target !== ENTITY_SETS.Observations || id !== undefined || path.shown.kind !== 'entities')
    throw unsupported('Observations 以外的订阅');
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

function selectOf(query: string | undefined): readonly string[] | undefined {
  if (query === undefined) return undefined;
  const asked = Object.fromEntries(new URLSearchParams(query));
  if (Object.keys(asked).some((name) => name !== '$select')) throw invalid('订阅主题只能带 $select');
  return parseOptions(asked, ENTITY_SETS.Observations).select;
}

function selected(payload: string, select: readonly string[] | undefined): string {
  if (select === undefined) return payload;
  const entity = JSON.parse(payload) as Record<string, unknown>;
  const kept = Object.entries(entity).filter(
    ([name]) => select.includes(name) || select.includes(name.replace('@iot.navigationLink', '')),
  );
  return JSON.stringify(Object.fromEntries(kept));
}
