import { DEADLINE_KINDS, WORK_ORDER_STATES } from '#model/response';
import { HELD_STATES, HOLD_KINDS, LEVELS, WARNING_STATES } from '#model/warning';
import { z } from 'zod';

const level = z.enum(LEVELS);
const object = z.object({ id: z.number().int(), name: z.string(), town: z.string().nullable() });

/** A warning as the desk shows it. Times are epoch ms. */
export const deskWarning = z.object({
  id: z.number().int(),
  object,
  /** The item's name. */
  item: z.string(),
  scenario: z.string(),
  /** Of one that is normal: the worst it had. */
  level,
  state: z.enum(WARNING_STATES),
  reason: z.string(),
  openedAt: z.number(),
  changedAt: z.number(),
  acknowledgedAt: z.number().nullable(),
  acknowledgedBy: z.string().nullable(),
  /** What holds it back on purpose now (搁置、抑制、停用): it calls nobody. Null of the past. */
  hold: z
    .object({
      state: z.enum(HELD_STATES),
      who: z.string(),
      until: z.number().nullable(),
      reason: z.string(),
    })
    .nullable(),
  replaySession: z.number().int().nullable(),
  simulated: z.boolean(),
});
export type DeskWarning = z.infer<typeof deskWarning>;

/** An order as the desk shows it, with the limits that run or were kept. */
export const deskOrder = z.object({
  id: z.number().int(),
  code: z.string(),
  object,
  item: z.string(),
  level,
  state: z.enum(WORK_ORDER_STATES),
  stateText: z.string(),
  handler: z.string().nullable(),
  overdue: z.boolean(),
  openedAt: z.number(),
  deadlines: z.array(
    z.object({
      kind: z.enum(DEADLINE_KINDS),
      dueAt: z.number(),
      metAt: z.number().nullable(),
      overdue: z.boolean(),
      pausedAt: z.number().nullable(),
    }),
  ),
  replaySession: z.number().int().nullable(),
  simulated: z.boolean(),
});
export type DeskOrder = z.infer<typeof deskOrder>;

/** Who is called next about an order, and when, if nobody acts. */
export const deskCall = z.object({
  order: z.number().int(),
  object: z.string(),
  at: z.number(),
  to: z.string(),
  reason: z.string(),
  replaySession: z.number().int().nullable(),
});
export type DeskCall = z.infer<typeof deskCall>;

/** A source that went quiet or broke. */
export const deskSource = z.object({
  fault: z.number().int(),
  kindText: z.string(),
  name: z.string(),
  summary: z.string(),
  since: z.number(),
});
export type DeskSource = z.infer<typeof deskSource>;

/** What happened since somebody last looked; `id` is the warning's, order's or fault's. */
export const DESK_CHANGES = ['raised', 'upgraded', 'normal', 'overdue', 'quiet'] as const;
export const deskChange = z.object({
  change: z.enum(DESK_CHANGES),
  id: z.number().int(),
  at: z.number(),
  level: level.nullable(),
  name: z.string(),
  text: z.string(),
});
export type DeskChange = z.infer<typeof deskChange>;

/** `count`: how many warnings (orders, sources) it happened to; `items` the newest of them. */
export const deskTold = z.object({ count: z.number().int(), items: z.array(deskChange) });
export type DeskTold = z.infer<typeof deskTold>;

const warnings = z.object({
  open: z.record(level, z.number().int()),
  /** Of these, how many nobody has acknowledged; `real`: neither replayed nor simulated. */
  unread: z.record(level, z.number().int()),
  unreadReal: z.record(level, z.number().int()),
  newest: z.array(deskWarning),
});
const orders = z.object({
  open: z.number().int(),
  overdue: z.number().int(),
  /** Late ones first, then by level. */
  pressing: z.array(deskOrder),
  calls: z.array(deskCall),
});
const sources = z.object({
  count: z.number().int(),
  newest: z.array(deskSource),
  /** Towns in which a scenario sees nothing or little; null where that is not kept (the past). */
  blind: z.object({ blind: z.number().int(), thin: z.number().int() }).nullable(),
});

/** Alarms that stand and are not let through to a warning; one that several things hold counts once, and under each. */
const held = z.object({
  count: z.number().int(),
  kinds: z.partialRecord(z.enum(HOLD_KINDS), z.number().int()),
});

/** The desk (值守台), now or as it stood. What the caller may not read is null. */
export const dutyDesk = z.object({
  /** The moment it is of. */
  at: z.number(),
  /** Whether it was asked for as it stood. */
  past: z.boolean(),
  /** Since when there is a past to be shown. */
  beginsAt: z.number(),
  warnings,
  orders: orders.nullable(),
  sources: sources.nullable(),
  held,
  look: z.object({
    /** When the caller last looked, at this seat; null: never. Counting goes back a day at most. */
    at: z.number().nullable(),
    since: z.record(z.enum(DESK_CHANGES), deskTold).nullable(),
  }),
});
export type DutyDesk = z.infer<typeof dutyDesk>;
