import {
  CALENDAR_DAY_KINDS,
  CALL_OUTCOMES,
  CONFLICT_KINDS,
  LOG_KINDS,
  SHIFT_STATUSES,
  SWAP_ACTIONS,
  SWAP_STATES,
  TURNS,
} from '#model/command';
import { z } from 'zod';

const id = z.number().int();

/** `2026-10-01`: a day in Beijing. */
export const day = z.iso.date();
/** `08:30`. */
export const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, '须为 HH:MM，如 08:30');

export const platformRef = z.object({ code: z.string(), name: z.string() });

/** Somebody a roster can name: an account, or a contact of the book who has none. */
export const dutyPerson = z.object({
  kind: z.enum(['account', 'contact']),
  id,
  username: z.string().nullable(),
  name: z.string(),
  unit: z.string().nullable(),
  title: z.string().nullable(),
  /** `138****1234`; null where no number is kept. The number itself: `callShift`, `callContact`. */
  phoneMasked: z.string().nullable(),
});
export type DutyPerson = z.infer<typeof dutyPerson>;

/** Whom to put into a rota or a shift: exactly one of the two. */
export const personRef = z
  .object({ username: z.string().min(1).max(100), contact: id.positive() })
  .partial()
  .refine((ref) => (ref.username === undefined) !== (ref.contact === undefined), {
    message: '须给出 username 或 contact 之一',
  });

export const calendarDay = z.object({
  day,
  kind: z.enum(CALENDAR_DAY_KINDS),
  name: z.string().min(1).max(50),
});
export const calendarYear = z.object({
  id: z.string(),
  year: id,
  /** False: not announced yet, and then `note` says so; days are taken by their weekday until it is. */
  known: z.boolean(),
  note: z.string(),
  /** Where the days come from. */
  source: z.string().nullable(),
  editedBy: z.string().nullable(),
  editedAt: z.number().nullable(),
  version: id,
  days: z.array(calendarDay),
  allowedActions: z.array(z.enum(['edit'])),
});
export type CalendarYear = z.infer<typeof calendarYear>;

/** From–to of a shift of the pattern; a `to` that is not after `from` is on the next day, an equal one 24 hours later. */
export const shiftTime = z.object({ name: z.string().max(20).default(''), from: clockTime, to: clockTime });
export const shiftPattern = z.object({
  workday: z.array(shiftTime).max(6),
  /** Days off (weekends, holidays). Null: as on working days. */
  holiday: z.array(shiftTime).max(6).nullable().default(null),
});

export const seatInput = z.object({
  /** Of a seat that exists already. */
  id: id.positive().optional(),
  /** 值班长, 值班员, 带班领导 … */
  name: z.string().trim().min(1).max(40),
  turn: z.enum(TURNS).default('shift'),
  /** The cycle, in order. */
  rota: z.array(personRef).max(60),
  /** A cycle of its own for days off. Null: the same one goes on. */
  holidayRota: z.array(personRef).max(60).nullable().default(null),
});

export const seat = z.object({
  id,
  name: z.string(),
  turn: z.enum(TURNS),
  rota: z.array(dutyPerson),
  holidayRota: z.array(dutyPerson).nullable(),
});

/** A roster (值班表) of a platform. */
export const roster = z.object({
  id,
  name: z.string(),
  platform: platformRef,
  calendar: z.string(),
  pattern: shiftPattern,
  /** A shift is not over before both have signed the hand-over. */
  handoverRequired: z.boolean(),
  seats: z.array(seat),
  /** Until when shifts are planned, epoch ms; null: none yet. */
  plannedTo: z.number().nullable(),
  retiredAt: z.number().nullable(),
  version: id,
  allowedActions: z.array(z.enum(['edit', 'generate', 'retire'])),
});
export type Roster = z.infer<typeof roster>;

export const shift = z.object({
  id,
  roster: z.object({ id, name: z.string() }),
  platform: platformRef,
  seat: z.object({ id, name: z.string() }),
  from: z.number(),
  to: z.number(),
  person: dutyPerson,
  /** Who stands it for the holder, in a part of it (代理). */
  deputies: z.array(z.object({ person: dutyPerson, from: z.number(), to: z.number() })),
  status: z.enum(SHIFT_STATUSES),
  version: id,
  /** A swap of this shift that waits. */
  swap: id.nullable(),
  mine: z.boolean(),
  allowedActions: z.array(z.enum(['edit', 'cancel', 'request-swap'])),
});
export type Shift = z.infer<typeof shift>;

/** What is wrong, or to be known, with a span of a seat. */
export const rosterConflict = z.object({
  kind: z.enum(CONFLICT_KINDS),
  seat: z.string(),
  person: z.string().nullable(),
  from: z.number(),
  to: z.number(),
  /** True: shifts are written only with `acceptConflicts`. */
  blocking: z.boolean(),
  text: z.string(),
});
export type RosterConflict = z.infer<typeof rosterConflict>;

export const generated = z.object({
  dryRun: z.boolean(),
  /** Shifts that were written, or would be. */
  count: id,
  /** The first 500 of them. */
  shifts: z.array(
    z.object({ seat: z.string(), person: z.string(), from: z.number(), to: z.number(), dayOff: z.boolean() }),
  ),
  conflicts: z.array(rosterConflict),
  /** Sentences about the calendar, e.g. that a year is not announced yet. */
  notes: z.array(z.string()),
});
export type Generated = z.infer<typeof generated>;

export const swap = z.object({
  id,
  state: z.enum(SWAP_STATES),
  stateName: z.string(),
  shift,
  withShift: shift,
  /** Who asked, who is asked. */
  requester: dutyPerson,
  other: dutyPerson,
  reason: z.string(),
  requestedAt: z.number(),
  acceptedAt: z.number().nullable(),
  decidedAt: z.number().nullable(),
  decidedBy: z.string().nullable(),
  note: z.string().nullable(),
  allowedActions: z.array(z.enum(SWAP_ACTIONS)),
});
export type Swap = z.infer<typeof swap>;

export const dutyTurn = z.object({
  shift: id,
  from: z.number(),
  to: z.number(),
  person: dutyPerson,
  /** Whom the person stands in for (代理). */
  deputyFor: z.string().nullable(),
  mine: z.boolean(),
});
export const dutySeat = z.object({
  seat: z.object({ id, name: z.string() }),
  /** Who is on; null is a gap, and then `gapUntil` says until when (null: no later shift is planned). */
  on: dutyTurn.nullable(),
  gapUntil: z.number().nullable(),
  next: dutyTurn.nullable(),
  /** Set while the one before is still responsible, because the hand-over has not been signed by both. */
  stillResponsible: dutyPerson.nullable(),
  handover: z.object({ id, state: z.string(), stateName: z.string() }).nullable(),
});
export const dutyRoster = z.object({
  roster: z.object({ id, name: z.string() }),
  platform: platformRef,
  seats: z.array(dutySeat),
  allowedActions: z.array(z.enum(['hand-over', 'call'])),
});
export type DutyRoster = z.infer<typeof dutyRoster>;

/** One who is on duty, for the question whom to call. */
export const onDuty = z.object({
  platform: platformRef,
  roster: z.string(),
  seat: z.string(),
  shift: id,
  person: dutyPerson,
  deputyFor: z.string().nullable(),
  until: z.number(),
});
export type OnDuty = z.infer<typeof onDuty>;

/** A number to call. It is shown this once; the call stands in the duty log and in the audit. */
export const call = z.object({
  phone: z.string(),
  /** `tel:` link. */
  href: z.string(),
  name: z.string(),
  /** Line of the duty log, for the note of the call afterwards. */
  log: id,
});
export type Call = z.infer<typeof call>;

export const logLine = z.object({
  id,
  platform: platformRef,
  at: z.number(),
  kind: z.enum(LOG_KINDS),
  text: z.string(),
  /** 1, or how many happenings of a flood this line counts. */
  count: id,
  /** Null for lines of the system. */
  by: z.string().nullable(),
  warning: id.nullable(),
  workOrder: z.object({ id, code: z.string() }).nullable(),
  contact: z.object({ id, name: z.string() }).nullable(),
  outcome: z.enum(CALL_OUTCOMES).nullable(),
  forHandover: z.boolean(),
  /** Struck through: kept, and replaced by the line `correctedBy`. */
  struck: z
    .object({ at: z.number(), by: z.string(), reason: z.string(), correctedBy: id.nullable() })
    .nullable(),
  /** Set where the happening belongs to a replayed recording (回放). */
  replay: z.boolean(),
  simulated: z.boolean(),
  allowedActions: z.array(z.enum(['correct', 'mark', 'note-call'])),
});
export type LogLine = z.infer<typeof logLine>;
