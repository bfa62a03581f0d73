import { ENTITY_SETS, type EntitySet } from './sensorthings-entities.ts';
import { parseOptions } from './sensorthings-options.ts';
import { parsePath, type ResourcePath } from './sensorthings-path.ts';
import { invalid, unsupported } from './sensorthings-refusal.ts';

const VERSION = 'v1.1/';

/** What a subscriber is told of: each of a list, one entity, or one of its properties. */
export interface Subscription {
  readonly path: ResourcePath;
  /** Where the path ends. */
  readonly set: EntitySet;
  readonly isList: boolean;
  /** Of a list: the parts that are told; undefined for all. */
  readonly select: readonly string[] | undefined;
}

/**
 * Reads a topic of SensorThings (OGC 18-088 §14.2): `v1.1/Things`, `v1.1/Things(1)`, `v1.1/Things(1)/Datastreams`,
 * `v1.1/Datastreams(1)/name`, `v1.1/Observations?$select=result,phenomenonTime`. Throws `sensorthings.invalid`,
 * `sensorthings.unsupported` for what the standard has and nobody is told of here.
 */
export function parseSubscription(topic: string): Subscription {
  if (!topic.startsWith(VERSION)) throw invalid(`主题须以 ${VERSION} 开头`);
  // A key in quotes may hold a question mark of its own.
  const [address = '', query] = topic.slice(VERSION.length).split(/\?(?=\$)/u, 2);
  const path = parsePath(address);
  const last = path.steps.at(-1);
  const set = last?.set ?? path.set;
  const isList = last ? last.relation.many && last.id === undefined : path.id === undefined;
  const left = leftOut(path, set, isList);
  if (left !== undefined) throw unsupported(left);
  return { path, set, isList, select: query === undefined ? undefined : selectOf(query, set, isList) };
}

/** What the standard lets one subscribe to and nobody is told of here. */
function leftOut({ shown }: ResourcePath, set: EntitySet, isList: boolean): string | undefined {
  if (shown.kind === 'links' || shown.kind === 'value') return '$ref、$value 的订阅；请订阅实体或属性';
  // Where an object stood before is not kept.
  if (set === ENTITY_SETS.HistoricalLocations) return 'HistoricalLocations 的订阅';
  // A reading is told of once, with its list.
  const isOne = set === ENTITY_SETS.Observations && !isList;
  return isOne ? '单条 Observations 的订阅；请订阅 Datastreams(…)/Observations' : undefined;
}

/** §14.2.4: the one option of a topic, on a list. */
function selectOf(query: string, set: EntitySet, isList: boolean): readonly string[] | undefined {
  const asked = Object.fromEntries(query.split('&').map(nameAndValue));
  if (!isList || Object.keys(asked).some((name) => name !== '$select'))
    throw invalid('订阅主题只能带 $select，且只用于实体集');
  return parseOptions(asked, set).select;
}

function nameAndValue(option: string): readonly [string, string] {
  const sign = option.indexOf('=');
  return sign < 0 ? [option, ''] : [option.slice(0, sign), option.slice(sign + 1)];
}
