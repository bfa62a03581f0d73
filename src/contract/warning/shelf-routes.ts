import { idParams, pageOf, pageQuery, route } from '#contract/http';
import { HELD_STATES, HOLD_KINDS, SHELF_REASONS, SHELF_SCOPES, SHELF_STATES } from '#model/warning';
import { z } from 'zod';

import { level } from './shapes.ts';

const why = z.string().trim().min(2).max(200);
const named = z.object({ id: z.number().int(), code: z.string(), name: z.string() });

/** 搁置: times are epoch ms. */
const shelf = z.object({
  id: z.number().int(),
  scope: z.enum(SHELF_SCOPES),
  object: named,
  scenario: z.string(),
  point: z.string().nullable(),
  sign: z.object({ code: z.string(), name: z.string() }).nullable(),
  item: z.object({ code: z.string(), name: z.string() }).nullable(),
  /** The highest level it puts aside; what is worse goes through. */
  level,
  reasonKind: z.enum(SHELF_REASONS),
  reason: z.string(),
  minutes: z.number().int(),
  state: z.enum(SHELF_STATES),
  madeBy: z.string(),
  madeAt: z.number(),
  confirmedBy: z.string().nullable(),
  from: z.number().nullable(),
  /** Of a proposed one, when the proposal lapses. */
  until: z.number(),
  prolonged: z.object({ by: z.string(), at: z.number(), why: z.string() }).nullable(),
  ended: z.object({ by: z.string().nullable(), at: z.number(), why: z.string() }).nullable(),
  /** Alarms held behind it now, and warnings that show as shelved. */
  alarms: z.number().int(),
  warnings: z.number().int(),
  version: z.number().int(),
  allowedActions: z.array(z.enum(['confirm', 'prolong', 'end'])),
});
export type Shelf = z.infer<typeof shelf>;

/** What is put aside. */
const shelfTarget = z.discriminatedUnion('scope', [
  z.object({ scope: z.literal('sign'), point: z.string().max(200), sign: z.string().max(60) }),
  z.object({ scope: z.literal('item'), object: z.number().int(), item: z.string().max(60) }),
  z.object({ scope: z.literal('object'), object: z.number().int() }),
]);
export type ShelfTarget = z.infer<typeof shelfTarget>;

export const listShelves = route({
  method: 'GET',
  path: '/api/v1/shelves',
  room: 'warning',
  summary: '搁置，新的在前',
  access: 'warning.read',
  query: pageQuery.extend({ state: z.enum(SHELF_STATES).optional() }),
  reply: pageOf(shelf),
});

export const createShelf = route({
  method: 'POST',
  path: '/api/v1/shelves',
  room: 'warning',
  summary:
    '搁置：其间的报警照常记录，不成为预警，到时自行结束；高于所写等级的立即发出。红色须部门责任人另行确认',
  access: 'warning.shelve',
  body: z.object({
    target: shelfTarget,
    level,
    minutes: z.number().int().min(1).max(1440),
    reasonKind: z.enum(SHELF_REASONS),
    reason: why,
  }),
  reply: shelf,
  status: 201,
});

const versioned = z.object({ version: z.number().int() });

export const confirmShelf = route({
  method: 'POST',
  path: '/api/v1/shelves/:id/confirm',
  room: 'warning',
  summary: '确认搁置红色报警：由提出者以外的部门责任人确认，从此刻起算',
  access: 'warning.shelve-red',
  params: idParams,
  body: versioned,
  reply: shelf,
});

export const prolongShelf = route({
  method: 'POST',
  path: '/api/v1/shelves/:id/prolong',
  room: 'warning',
  summary: '延长搁置：只能一次，从此刻起不超过该等级的时限；红色不能延长',
  access: 'warning.shelve',
  params: idParams,
  body: versioned.extend({ minutes: z.number().int().min(1).max(1440), reason: why }),
  reply: shelf,
});

export const endShelf = route({
  method: 'POST',
  path: '/api/v1/shelves/:id/end',
  room: 'warning',
  summary: '提前结束搁置：仍超限的立即成为预警',
  access: 'warning.shelve',
  params: idParams,
  body: versioned.extend({ reason: why }),
  reply: shelf,
});

/** Everything that holds alarms back, one row for each thing that does. */
const holder = z.object({
  /** `shelf/12`, `suppression-rule/3`, `service-window/7`, `warning/9`. */
  by: z.string(),
  kind: z.enum(HOLD_KINDS),
  /** Of the newest of its holds. */
  reason: z.string(),
  since: z.number(),
  /** Null where no end is known. */
  until: z.number().nullable(),
  alarms: z.number().int(),
  worst: level,
});
export type Holder = z.infer<typeof holder>;

export const listHolders = route({
  method: 'GET',
  path: '/api/v1/alarm-holders',
  room: 'warning',
  summary: '现在拦着报警的一切：是什么、为什么、自何时、到何时、后面有多少报警',
  access: 'warning.read',
  query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
  reply: z.object({
    items: z.array(holder),
    /** Alarms held now, by kind; one that several things hold counts under each. */
    held: z.record(z.enum(HOLD_KINDS), z.number().int()),
    /** Open warnings that show as shelved. */
    shelvedWarnings: z.number().int(),
  }),
});

const heldAlarm = z.object({
  id: z.number().int(),
  object: named,
  item: z.object({ code: z.string(), name: z.string() }),
  sign: z.string(),
  point: z.string(),
  /** As it stands now; null where it is normal again by now. */
  level: level.nullable(),
  raisedAt: z.number(),
  value: z.number(),
  reason: z.string(),
  heldAt: z.number(),
});
export type HeldAlarm = z.infer<typeof heldAlarm>;

export const listHeldAlarms = route({
  method: 'GET',
  path: '/api/v1/held-alarms',
  room: 'warning',
  summary: '被某一搁置、规则或停用拦着的报警，新的在前',
  access: 'warning.read',
  query: pageQuery.extend({ by: z.string().max(80) }),
  reply: pageOf(heldAlarm),
});

const objectHold = z.object({
  state: z.enum(HELD_STATES),
  /** `shelf/12`, `service-window/7`, `suppression-rule/3`. */
  by: z.string(),
  who: z.string(),
  until: z.number().nullable(),
  reason: z.string(),
  /** At this point only; null at all of the object. */
  point: z.string().nullable(),
  /** Of this sign or item only; null of everything. */
  code: z.string().nullable(),
  /** Up to this level; null up to red. */
  level: level.nullable(),
});
export type ObjectHold = z.infer<typeof objectHold>;

export const listObjectHolds = route({
  method: 'GET',
  path: '/api/v1/objects/:id/holds',
  room: 'warning',
  summary: '一个对象现在的搁置、停用和按设计抑制，不论有没有报警',
  access: 'warning.read',
  params: idParams,
  reply: z.object({ items: z.array(objectHold) }),
});
