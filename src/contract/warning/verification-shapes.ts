import { FALSE_ALARM_REASONS, VERIFICATION_DECISIONS } from '#model/warning';
import { z } from 'zod';

import { evidence, level, sureness } from './shapes.ts';

const VERIFICATION_ACTIONS = ['confirm', 'refuse', 'more'] as const;

/** An alarm that waits, or waited, for a person (核实). Times are epoch ms. */
export const verification = z.object({
  id: z.number().int(),
  alarm: z.number().int(),
  object: z.object({
    id: z.number().int(),
    code: z.string(),
    name: z.string(),
    town: z.string().nullable(),
  }),
  item: z.object({ code: z.string(), name: z.string() }),
  scenario: z.string(),
  scenarioName: z.string(),
  sign: z.string(),
  /** The worst it came to while it waited, and as it stands now; null where it is normal. */
  level,
  standing: level.nullable(),
  /** Why it waits, in a sentence each. */
  reasons: z.array(z.string()),
  raisedAt: z.number(),
  askedAt: z.number(),
  dueAt: z.number(),
  /** Exactly one: whoever of the role is on duty; the role itself where nobody holds it. */
  owner: z.object({ role: z.string(), roleName: z.string(), name: z.string().nullable() }),
  isMine: z.boolean(),
  /** What somebody needs to know before they decide. */
  more: z.object({ note: z.string(), by: z.string(), at: z.number() }).nullable(),
  decision: z
    .object({
      kind: z.enum(VERIFICATION_DECISIONS),
      by: z.string().nullable(),
      at: z.number(),
      level: level.nullable(),
      falseAlarm: z.enum(FALSE_ALARM_REASONS).nullable(),
      note: z.string().nullable(),
    })
    .nullable(),
  /** The warning that came of it. */
  warning: z.number().int().nullable(),
  replaySession: z.number().int().nullable(),
  simulated: z.boolean(),
  allowedActions: z.array(z.enum(VERIFICATION_ACTIONS)),
});
export type Verification = z.infer<typeof verification>;

/** What there is to judge by: the readings' sign, what is near, and what other kinds of source say. */
export const verificationDetail = verification.extend({
  evidence,
  confidence: sureness,
  neighbours: z.array(
    z.object({
      point: z.string(),
      object: z.string(),
      metres: z.number(),
      value: z.number(),
      unit: z.string(),
      observedAt: z.number(),
      level: level.nullable(),
    }),
  ),
  witnesses: z.array(z.string()),
  /** The object's alarms of the same sign before: how often, and how often they were none. */
  before: z.object({ alarms: z.number().int(), refused: z.number().int() }),
});
export type VerificationDetail = z.infer<typeof verificationDetail>;
