import { pageOf, pageQuery, route } from '#contract/http';
import { BLIND_STATES, POINT_CONDITIONS } from '#model/monitoring';
import { z } from 'zod';

const room = 'monitoring';
const code = z.string().min(1).max(40);

/** Who lives (常住) and works (从业) there, and how many of the towns have told it. */
const people = z.object({
  towns: z.number().int(),
  /** Of towns that told; null where none of them did. */
  residents: z.number().int().nullable(),
  workers: z.number().int().nullable(),
  /** Towns without a figure. */
  untold: z.number().int(),
});
export type BlindPeople = z.infer<typeof people>;

const blindTown = z.object({
  code: z.string(),
  name: z.string(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  residents: z.number().int().nullable(),
  workers: z.number().int().nullable(),
  source: z.string().nullable(),
  /** The year the figures are of. */
  year: z.number().int().nullable(),
});
export type BlindTown = z.infer<typeof blindTown>;

const blindSpot = z.object({
  scenario: z.string(),
  scenarioName: z.string(),
  /** Empty: objects that lie in no town. */
  town: z.string(),
  townName: z.string(),
  /** Null: the town as a whole. */
  village: z.string().nullable(),
  villageName: z.string().nullable(),
  state: z.enum(BLIND_STATES),
  since: z.number().nullable(),
  /** Why, in one sentence. */
  reason: z.string(),
  points: z.number().int(),
  watching: z.number().int(),
  /** Points in a window of service, and when the last of these ends. */
  serviced: z.number().int(),
  servicedUntil: z.number().nullable(),
  objects: z.number().int(),
  watchedObjects: z.number().int(),
});
export type BlindSpotView = z.infer<typeof blindSpot>;

const roll = z.object({ blind: people, thin: people, never: people });

export const listBlindSpots = route({
  method: 'GET',
  path: '/api/v1/blind-spots',
  room,
  summary:
    '盲区图：每个场景在每个街镇此刻有没有在看、为什么、自何时；那里住多少人、多少人上班。给 town 时另列它的各居村',
  access: 'reading.read',
  query: z.object({ scenario: code.optional(), town: code.optional() }),
  reply: z.object({
    /** When it was looked at; null before the first look. */
    takenAt: z.number().nullable(),
    towns: z.array(blindTown),
    spots: z.array(blindSpot),
    /** Villages of `town`; those without objects and points are 未布设. */
    villages: z.array(blindSpot),
    total: roll,
    scenarios: z.array(roll.extend({ scenario: z.string(), name: z.string() })),
  }),
});

const where = pageQuery.extend({
  scenario: code,
  /** Empty: what lies in no town. */
  town: z.string().max(40),
  village: code.optional(),
});

const blindPoint = z.object({
  id: z.number().int(),
  code: z.string(),
  object: z.string(),
  objectName: z.string(),
  elementName: z.string(),
  device: z.object({ id: z.number().int(), code: z.string() }).nullable(),
  condition: z.enum(POINT_CONDITIONS),
  since: z.number().nullable(),
  until: z.number().nullable(),
  /** Null where there is none, or the caller reads no faults. */
  fault: z.object({ id: z.number().int(), code: z.string(), summary: z.string() }).nullable(),
  simulated: z.boolean(),
});
export type BlindPoint = z.infer<typeof blindPoint>;

export const listBlindPoints = route({
  method: 'GET',
  path: '/api/v1/blind-spots/points',
  room,
  summary: '一个场景在一个街镇（居村）里此刻不在看的监测点，以及它的设备与没有修好的故障',
  access: 'reading.read',
  query: where,
  reply: pageOf(blindPoint),
});

const blindObject = z.object({
  id: z.number().int(),
  code: z.string(),
  name: z.string(),
  /** Points it has; none of them watches. */
  points: z.number().int(),
  simulated: z.boolean(),
});
export type BlindObject = z.infer<typeof blindObject>;

export const listBlindObjects = route({
  method: 'GET',
  path: '/api/v1/blind-spots/objects',
  room,
  summary: '一个场景在一个街镇（居村）里没有一个监测点在看的对象',
  access: 'reading.read',
  query: where,
  reply: pageOf(blindObject),
});
