import type { Event } from '#bus';
import type { EntityId } from '#contract/monitoring';

import type { Within } from './load-entities.ts';
import type { TabledSet } from './sources.ts';

/** Entities of a set that may show something else than before. */
export interface Touched {
  readonly set: TabledSet;
  readonly within: Within;
}

/** What an event has touched: whatever shows a fact of the record that it names. */
export function touchedBy({ type, payload }: Event): readonly Touched[] {
  switch (type) {
    case 'object.changed':
      // Links between objects are no part of any entity.
      return payload['state'] === 'linked'
        ? []
        : ofObjects(payload.id > 0 ? [payload.id] : payload['objects']);
    case 'borders.imported':
      return ofObjects(payload['objects']);
    case 'device.changed':
      return [touched('Sensors', 'id', [payload.id]), touched('Datastreams', 'id', payload['points'])];
    case 'point.registered':
      return [touched('Datastreams', 'id', [payload.id])];
    case 'standard.published':
    case 'standard.took-effect':
      return [
        touched('ObservedProperties', 'id', payload['elements']),
        touched('Datastreams', 'element', payload['elements']),
      ];
    default:
      return [];
  }
}

/** The object is a Thing, its own place and what is observed there, and gives its points their names. */
function ofObjects(ids: unknown): readonly Touched[] {
  return [
    touched('Things', 'id', ids),
    touched('Locations', 'id', ids),
    touched('FeaturesOfInterest', 'id', ids),
    touched('Datastreams', 'thing', ids),
  ];
}

function touched(set: TabledSet, column: string, ids: unknown): Touched {
  const values = Array.isArray(ids) ? ids.filter(isId) : [];
  return { set, within: { column, values } };
}

const isId = (id: unknown): id is EntityId => typeof id === 'number' || typeof id === 'string';

/** The same, each entity once, and nothing of what touches none. */
export function together(all: readonly Touched[]): readonly Touched[] {
  const groups = Map.groupBy(all, ({ set, within }) => `${set}/${within.column}`);
  return [...groups.values()].flatMap(([first, ...rest]): Touched[] => {
    if (first === undefined) return [];
    const values = [...new Set([first, ...rest].flatMap(({ within }) => within.values))];
    return values.length === 0 ? [] : [{ set: first.set, within: { column: first.within.column, values } }];
  });
}
