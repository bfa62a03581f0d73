import {
  FAULT_ACTIONS,
  FAULT_FINDERS,
  FAULT_KINDS,
  FAULT_REQUIREMENTS,
  FAULT_STATES,
  FAULT_SUBJECTS,
} from '#model/operations';
import { z } from 'zod';

/** A fault (故障). Times are epoch ms. */
export const fault = z.object({
  id: z.number().int(),
  code: z.string(),
  kind: z.enum(FAULT_KINDS),
  kindText: z.string(),
  subject: z.object({
    kind: z.enum(FAULT_SUBJECTS),
    /** `protocol/code` of a device, a point's code, a line's protocol, a process's name. */
    key: z.string(),
    name: z.string(),
  }),
  scenarios: z.array(z.string()),
  foundBy: z.enum(FAULT_FINDERS),
  reportedBy: z.string().nullable(),
  summary: z.string(),
  state: z.enum(FAULT_STATES),
  stateText: z.string(),
  owner: z.object({
    account: z.object({ id: z.number().int(), name: z.string() }).nullable(),
    unit: z.string().nullable(),
  }),
  openedAt: z.number(),
  dueAt: z.number(),
  overdue: z.boolean(),
  resolvedAt: z.number().nullable(),
  resolvedBy: z.string().nullable(),
  closedAt: z.number().nullable(),
  /** How often it came back before it was closed. */
  returned: z.number().int(),
  simulated: z.boolean(),
  version: z.number().int(),
  allowedActions: z.array(
    z.object({
      action: z.enum(FAULT_ACTIONS),
      text: z.string(),
      requires: z.array(z.enum(FAULT_REQUIREMENTS)),
    }),
  ),
});
export type Fault = z.infer<typeof fault>;

/** One line of a fault's history. `by` is null for what a rule did. */
const faultEntry = z.object({
  id: z.number().int(),
  at: z.number(),
  by: z.string().nullable(),
  kind: z.enum(['opened', ...FAULT_ACTIONS]),
  text: z.string(),
  note: z.string().nullable(),
});

export const faultDetail = fault.extend({
  /** Why it has to recover until `dueAt`. */
  limitBasis: z.string(),
  entries: z.array(faultEntry),
  /** People the caller may give it to. */
  candidates: z.array(z.object({ username: z.string(), name: z.string() })),
});
export type FaultDetail = z.infer<typeof faultDetail>;

/** What is not closed, over everything the caller sees. */
export const faultCounts = z.object({
  byState: z.array(z.object({ state: z.enum(FAULT_STATES), count: z.number().int() })),
  byKind: z.array(z.object({ kind: z.enum(FAULT_KINDS), text: z.string(), count: z.number().int() })),
  overdue: z.number().int(),
  mine: z.number().int(),
});
export type FaultCounts = z.infer<typeof faultCounts>;
