/**
 * The entity sets of OGC SensorThings API 1.1 (OGC 18-088, clause 8) over what the platform holds: a monitored object is a
 * Thing, a point a Datastream, a device a Sensor, an element an ObservedProperty, a reading an Observation. Read only.
 */
export const SET_NAMES = [
  'Things',
  'Locations',
  'HistoricalLocations',
  'Datastreams',
  'Sensors',
  'ObservedProperties',
  'Observations',
  'FeaturesOfInterest',
] as const;
export type SetName = (typeof SET_NAMES)[number];

/** What a property holds; `json` cannot be compared, only the parts that are named. */
export type ValueType = 'text' | 'number' | 'moment' | 'boolean';

export interface Property {
  readonly type: ValueType | 'json';
  /** Parts of a `json` that a filter may name, as in `properties/code`. */
  readonly parts?: Readonly<Record<string, ValueType>>;
}

/**
 * The way from one entity to others: those whose `theirs` equals our `ours` (names of columns, not shown). `many` tells a
 * list from the one.
 */
export interface Relation {
  readonly target: SetName;
  readonly many: boolean;
  readonly ours: string;
  readonly theirs: string;
}

export interface EntitySet {
  readonly name: SetName;
  readonly id: 'number' | 'text';
  readonly properties: Readonly<Record<string, Property>>;
  readonly relations: Readonly<Record<string, Relation>>;
}

const text: Property = { type: 'text' };
const json: Property = { type: 'json' };
const many = (target: SetName, theirs: string): Relation => ({ target, many: true, ours: 'id', theirs });
const one = (target: SetName, ours: string): Relation => ({ target, many: false, ours, theirs: 'id' });
const described = { name: text, description: text };
const parts = (named: Readonly<Record<string, ValueType>>): Property => ({ type: 'json', parts: named });

export const ENTITY_SETS: Readonly<Record<SetName, EntitySet>> = {
  Things: {
    name: 'Things',
    id: 'number',
    properties: {
      ...described,
      properties: parts({
        code: 'text',
        town: 'text',
        village: 'text',
        address: 'text',
        retired: 'boolean',
        simulated: 'boolean',
      }),
    },
    relations: {
      Locations: many('Locations', 'id'),
      HistoricalLocations: many('HistoricalLocations', 'thing'),
      Datastreams: many('Datastreams', 'thing'),
    },
  },
  Locations: {
    name: 'Locations',
    id: 'number',
    properties: { ...described, encodingType: text, location: json, properties: json },
    relations: {
      Things: many('Things', 'id'),
      HistoricalLocations: many('HistoricalLocations', 'thing'),
    },
  },
  HistoricalLocations: {
    name: 'HistoricalLocations',
    id: 'number',
    properties: { time: { type: 'moment' } },
    relations: { Thing: one('Things', 'thing'), Locations: { ...many('Locations', 'id'), ours: 'thing' } },
  },
  Datastreams: {
    name: 'Datastreams',
    id: 'number',
    properties: {
      ...described,
      observationType: text,
      unitOfMeasurement: parts({ name: 'text', symbol: 'text' }),
      observedArea: json,
      properties: parts({ code: 'text', simulated: 'boolean' }),
    },
    relations: {
      Thing: one('Things', 'thing'),
      Sensor: one('Sensors', 'sensor'),
      ObservedProperty: one('ObservedProperties', 'element'),
      Observations: many('Observations', 'datastream'),
    },
  },
  Sensors: {
    name: 'Sensors',
    id: 'number',
    properties: {
      ...described,
      encodingType: text,
      metadata: text,
      properties: parts({ code: 'text', protocol: 'text', simulated: 'boolean' }),
    },
    relations: { Datastreams: many('Datastreams', 'sensor') },
  },
  ObservedProperties: {
    name: 'ObservedProperties',
    id: 'text',
    properties: {
      ...described,
      definition: text,
      properties: parts({ code: 'text', unit: 'text', sensing: 'text', periodSeconds: 'number' }),
    },
    relations: { Datastreams: many('Datastreams', 'element') },
  },
  Observations: {
    name: 'Observations',
    id: 'text',
    properties: {
      phenomenonTime: { type: 'moment' },
      resultTime: { type: 'moment' },
      result: { type: 'number' },
      resultQuality: text,
      parameters: parts({ source: 'text' }),
    },
    relations: {
      Datastream: one('Datastreams', 'datastream'),
      FeatureOfInterest: one('FeaturesOfInterest', 'feature'),
    },
  },
  FeaturesOfInterest: {
    name: 'FeaturesOfInterest',
    id: 'number',
    properties: { ...described, encodingType: text, feature: json, properties: json },
    relations: { Observations: many('Observations', 'feature') },
  },
};

/** The set of this name, undefined for any other. */
export function entitySet(name: string): EntitySet | undefined {
  return Object.hasOwn(ENTITY_SETS, name) ? ENTITY_SETS[name as SetName] : undefined;
}

/** An own member by its name, undefined for what every object inherits. */
export function memberOf<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}
