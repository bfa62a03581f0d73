import { AppError } from '#base';
import {
  type EntityId,
  type EntitySet,
  invalid,
  parseOptions,
  parsePath,
  type QueryOptions,
  type ResourcePath,
  SET_NAMES,
} from '#contract/monitoring';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';

import { Expander, loadOne, whoseOf } from './expand-entities.ts';
import { countEntities, type Entity, loadEntities, type Within } from './load-entities.ts';
import { countObservations, loadObservation, loadObservations } from './load-observations.ts';
import { nextLink, selfLink, showEntity } from './show-entity.ts';

/** What is answered: JSON, or the bare text of a `$value`. */
export type SensorThingsReply =
  | { readonly kind: 'json'; readonly body: Record<string, unknown> }
  | { readonly kind: 'text'; readonly text: string };
type Body = Record<string, unknown>;

export interface SensorThingsAsk {
  /** Below the service root, decoded: `Things(1)/Datastreams`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The service root, e.g. `https://host/v1.1`. */
  readonly root: string;
}

const SPEC = 'http://www.opengis.net/spec/iot_sensing/1.1/req';

/** The service root (OGC 18-088 §9.2.2): the entity sets, and the requirements that are met. */
export function getSensorThingsRoot(context: RequestContext, root: string): Body {
  context.authorize('reading.read');
  return {
    value: SET_NAMES.map((name) => ({ name, url: `${root}/${name}` })),
    serverSettings: {
      conformance: [
        `${SPEC}/datamodel`,
        `${SPEC}/resource-path/resource-path-to-entities`,
        ...[
          'expand',
          'select',
          'orderby',
          'skip',
          'top',
          'filter',
          'count',
          'pagination',
          'status-codes',
        ].map((name) => `${SPEC}/request-data/${name}`),
      ],
    },
  };
}

/** Where a path has led: to a list, or to one entity. */
export type Found =
  | { readonly set: EntitySet; readonly entity: Entity }
  | { readonly set: EntitySet; readonly within: Within | undefined };

/**
 * Reads along a SensorThings path. Throws `sensorthings.invalid`, `sensorthings.unsupported`, `record.not-found` where a
 * step leads to nothing the caller may see.
 */
export async function askSensorThings(
  context: RequestContext,
  ask: SensorThingsAsk,
): Promise<SensorThingsReply> {
  context.authorize('reading.read');
  const path = parsePath(ask.path);
  const { shown } = path;
  const target = path.steps.at(-1)?.set ?? path.set;
  const asked = Object.entries(ask.query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const options = parseOptions(Object.fromEntries(asked) as Record<string, string>, target);
  return context.transaction(async (tx) => {
    const found = await followPath(tx, path);
    if (shown.kind === 'property' || shown.kind === 'value') return property(found, shown, asked.length > 0);
    const page = {
      address: `${ask.root}/${encodeURI(ask.path)}`,
      root: ask.root,
      links: shown.kind === 'links',
      now: context.now(),
    };
    const reading = { options, page };
    return {
      kind: 'json',
      body: 'entity' in found ? await one(tx, found, reading) : await list(tx, found, reading),
    };
  });
}

/** Walks along a path. Throws `record.not-found` where a step leads to nothing the caller may see. */
export async function followPath(tx: Tx, path: ResourcePath): Promise<Found> {
  let found = await first(tx, path.set, path.id);
  for (const { relation, set, id } of path.steps) {
    if (!('entity' in found)) throw invalid('列表之后不能再导航');
    const value = found.entity[relation.ours] as EntityId;
    if (relation.many && id === undefined)
      found = { set, within: { column: relation.theirs, values: [value] } };
    else found = { set, entity: await related(tx, set, { column: relation.theirs, value, id }) };
  }
  return found;
}

async function first(tx: Tx, set: EntitySet, id: EntityId | undefined): Promise<Found> {
  if (id === undefined) return { set, within: undefined };
  return { set, entity: await related(tx, set, { column: 'id', value: id, id }) };
}

async function related(
  tx: Tx,
  set: EntitySet,
  by: { readonly column: string; readonly value: EntityId; readonly id: EntityId | undefined },
): Promise<Entity> {
  const entity = set.name === 'Observations' ? await observation(tx, by) : await loadOne(tx, set.name, by);
  if (!entity) throw new AppError('record.not-found', { what: set.name, id: by.id ?? by.value });
  return entity;
}

async function observation(
  tx: Tx,
  {
    column,
    value,
    id,
  }: { readonly column: string; readonly value: EntityId; readonly id: EntityId | undefined },
): Promise<Entity | undefined> {
  const found = await loadObservation(tx, String(id));
  return found?.[column] === value ? found : undefined;
}

interface Page {
  readonly address: string;
  readonly root: string;
  readonly links: boolean;
  readonly now: number;
}
interface Asked {
  readonly options: QueryOptions;
  readonly page: Page;
}

async function one(
  tx: Tx,
  { set, entity }: Extract<Found, { entity: Entity }>,
  { options, page }: Asked,
): Promise<Body> {
  const strange = Object.keys(options.asked).find((name) => name !== '$select' && name !== '$expand');
  if (strange !== undefined) throw invalid(`单个实体不能用 ${strange}`);
  if (page.links) return { '@iot.selfLink': selfLink(page.root, set, entity) };
  const [expanded] = await new Expander(tx, page.now).expand([entity], set, options.expand);
  return expanded ? showEntity(expanded, set, { root: page.root, select: options.select }) : {};
}

async function list(
  tx: Tx,
  found: Extract<Found, { within: Within | undefined }>,
  { options, page }: Asked,
): Promise<Body> {
  const { set } = found;
  const { rows, next, more, count } = await rowsOf(tx, found, { options, page });
  const expanded = await new Expander(tx, page.now).expand(rows, set, page.links ? [] : options.expand);
  return {
    ...(count === undefined ? {} : { '@iot.count': count }),
    ...(more ? { '@iot.nextLink': nextLink(page.address, options, next) } : {}),
    value: expanded.map((item) =>
      page.links
        ? { '@iot.selfLink': selfLink(page.root, set, item.entity) }
        : showEntity(item, set, { root: page.root, select: options.select }),
    ),
  };
}

interface Rows {
  readonly rows: readonly Entity[];
  readonly more: boolean;
  readonly next: string | undefined;
  readonly count: number | undefined;
}

async function rowsOf(
  tx: Tx,
  { set, within }: Extract<Found, { within: Within | undefined }>,
  { options, page }: Asked,
): Promise<Rows> {
  if (set.name === 'Observations') {
    const whose = within ? whoseOf(within.column, within.values[0] ?? 0) : 'everybody';
    const ask = { whose, options, now: page.now } as const;
    const { rows, next } = await loadObservations(tx, ask);
    const count = options.count ? await countObservations(tx, ask) : undefined;
    return { rows, next, more: next !== undefined, count };
  }
  if (options.skipToken !== undefined) throw invalid('$skiptoken 只用于 Observations');
  const ask = { set: set.name, ...(within ? { within } : {}), options };
  const rows = await loadEntities(tx, ask);
  const counts = options.count ? await countEntities(tx, { ...ask }) : undefined;
  const count = counts ? [...counts.values()].reduce((sum, n) => sum + n, 0) : undefined;
  return { rows: rows.slice(0, options.top), more: rows.length > options.top, next: undefined, count };
}

function property(
  found: Found,
  { kind, name }: { readonly kind: 'property' | 'value'; readonly name: string },
  hasOptions: boolean,
): SensorThingsReply {
  if (hasOptions) throw invalid('取单个属性时不能用查询选项');
  if (!('entity' in found)) throw invalid(`先指明是哪一个实体，再取“${name}”`);
  const value = found.entity[name] ?? null;
  if (kind === 'property') return { kind: 'json', body: { [name]: value } };
  return { kind: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) };
}
