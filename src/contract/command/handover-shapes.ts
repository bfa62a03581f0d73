import { HANDOVER_STATES } from '#model/command';
import { z } from 'zod';

import { dutyPerson, platformRef } from './shapes.ts';

const id = z.number().int();

const orderLine = z.object({
  id,
  code: z.string(),
  object: z.string(),
  item: z.string(),
  level: z.string(),
  state: z.string(),
  stateName: z.string(),
  overdue: z.boolean(),
  handler: z.string().nullable(),
  unit: z.string(),
  openedAt: z.number(),
});

/**
 * The page a hand-over freezes (交接班内容). Written by the system out of its tables; lists are cut at 100 and say how
 * many more there are.
 */
export const handoverDocument = z.object({
  writtenAt: z.number(),
  writtenBy: z.string(),
  platform: platformRef,
  roster: z.string(),
  seat: z.string(),
  shift: z.object({ id, from: z.number(), to: z.number() }),
  outgoing: dutyPerson,
  /** Null: nobody is planned for the next shift. */
  incoming: dutyPerson.nullable(),
  orders: z.object({
    open: id,
    overdue: id,
    byState: z.array(z.object({ state: z.string(), stateName: z.string(), count: id, overdue: id })),
    /** Overdue first, then the oldest. */
    items: z.array(orderLine),
    more: id,
  }),
  /** Promises that fall due in the next twelve hours. */
  promises: z.object({
    until: z.number(),
    items: z.array(
      z.object({
        workOrder: id,
        code: z.string(),
        object: z.string(),
        kind: z.string(),
        kindName: z.string(),
        dueAt: z.number(),
        handler: z.string().nullable(),
      }),
    ),
    more: id,
  }),
  /** Raised since the shift began, and what was open before and still is. */
  warnings: z.object({
    raised: id,
    acknowledged: id,
    open: id,
    unacknowledged: id,
    items: z.array(
      z.object({
        id,
        object: z.string(),
        item: z.string(),
        level: z.string(),
        state: z.string(),
        openedAt: z.number(),
        acknowledgedAt: z.number().nullable(),
        acknowledgedBy: z.string().nullable(),
      }),
    ),
    more: id,
  }),
  /** What is shelved, out of service or serviced (搁置与抑制), the soonest to end first. `available` false: a page of the time before there was any, with neither `items` nor `more`. */
  shelving: z.object({
    available: z.boolean(),
    text: z.string(),
    items: z
      .array(
        z.object({
          kindName: z.string(),
          object: z.string(),
          /** Name of the item, the sign or the point; empty: all of the object. */
          what: z.string(),
          /** The highest level that is put aside; null: every one. */
          level: z.string().nullable(),
          reason: z.string(),
          by: z.string(),
          /** Null: until somebody ends it. */
          until: z.number().nullable(),
          /** A red one that waits for the second person. */
          proposed: z.boolean(),
        }),
      )
      .optional(),
    more: id.optional(),
  }),
  /** Points that are silent for longer than their rhythm allows. */
  blindSpots: z.object({
    silent: id,
    points: id,
    byScenario: z.array(z.object({ scenario: z.string(), scenarioName: z.string(), silent: id, points: id })),
    worst: z.array(
      z.object({
        object: z.string(),
        silent: id,
        /** Newest reading of the object's silent points; null: there never was one. */
        lastAt: z.number().nullable(),
      }),
    ),
  }),
  replays: z.array(z.object({ id, name: z.string(), clock: z.number().nullable(), openedAt: z.number() })),
  /** Lines of the duty log that were marked for the hand-over. */
  log: z.array(
    z.object({ id, at: z.number(), kind: z.string(), text: z.string(), by: z.string().nullable() }),
  ),
});
export type HandoverDocument = z.infer<typeof handoverDocument>;

const signature = z.object({ name: z.string(), at: z.number(), actingFor: z.string().nullable() });

/** A hand-over as lists show it. */
export const handover = z.object({
  id,
  platform: platformRef,
  roster: z.object({ id, name: z.string() }),
  seat: z.string(),
  shift: z.object({ id, from: z.number(), to: z.number() }),
  outgoing: dutyPerson,
  incoming: dutyPerson.nullable(),
  state: z.enum(HANDOVER_STATES),
  stateName: z.string(),
  /** Who answers for the watch now: the outgoing until the incoming has signed. */
  responsible: z.string(),
  /** SHA-256 of the document, hex: what one signs. */
  hash: z.string(),
  outgoingSigned: signature.nullable(),
  incomingSigned: signature.nullable(),
  allowedActions: z.array(z.enum(['sign', 'note', 'rewrite'])),
});
export type Handover = z.infer<typeof handover>;

export const handoverDetail = handover.extend({
  document: handoverDocument,
  /** Amendments: the page itself never changes. */
  notes: z.array(z.object({ id, at: z.number(), by: z.string(), text: z.string() })),
});
export type HandoverDetail = z.infer<typeof handoverDetail>;
