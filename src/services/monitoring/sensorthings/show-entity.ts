import { ENTITY_SETS, type EntitySet, entityPath, type QueryOptions } from '#contract/monitoring';

import type { Expanded, Related } from './expand-entities.ts';
import type { Entity } from './load-entities.ts';

type Shown = Record<string, unknown>;

/** An entity as the standard writes it (OGC 18-088 §9.2.1), its links below `root`. */
export function showEntity(
  { entity, related }: Expanded,
  set: EntitySet,
  { root, select }: { readonly root: string; readonly select: QueryOptions['select'] },
): Shown {
  const self = selfLink(root, set, entity);
  const shown: Shown = {};
  const wanted = (name: string): boolean => select === undefined || select.includes(name);
  if (wanted('@iot.id')) shown['@iot.id'] = entity.id;
  if (wanted('@iot.selfLink')) shown['@iot.selfLink'] = self;
  for (const name of Object.keys(set.properties)) if (wanted(name)) shown[name] = entity[name];
  for (const name of Object.keys(set.relations)) {
    const list = related.get(name);
    if (list) showRelated(shown, list, { root, self });
    else if (wanted(name)) shown[`${name}@iot.navigationLink`] = `${self}/${name}`;
  }
  return shown;
}

function showRelated(
  shown: Shown,
  { expansion, items, count, more, next }: Related,
  { root, self }: { readonly root: string; readonly self: string },
): void {
  const { name, relation, options } = expansion;
  const set = ENTITY_SETS[relation.target];
  const list = items.map((item) => showEntity(item, set, { root, select: options.select }));
  if (!relation.many) {
    shown[name] = list[0] ?? null;
    return;
  }
  shown[name] = list;
  if (count !== undefined) shown[`${name}@iot.count`] = count;
  if (more) shown[`${name}@iot.nextLink`] = nextLink(`${self}/${name}`, options, next);
}

export function selfLink(root: string, set: EntitySet, entity: Entity): string {
  return `${root}/${entityPath(set, entity.id)}`;
}

/** The address of the page after this one: behind a reading, or so many further. */
export function nextLink(address: string, options: QueryOptions, token: string | undefined): string {
  const { $skip: _skip, $skiptoken: _token, ...kept } = options.asked;
  const place = token === undefined ? { $skip: String(options.skip + options.top) } : { $skiptoken: token };
  const query = Object.entries({ ...kept, ...place }).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  return `${address}?${query.join('&')}`;
}
