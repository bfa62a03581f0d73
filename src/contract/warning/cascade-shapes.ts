import { CASCADE_CAUSES, CASCADE_OUTCOMES, DEPENDENCY_KINDS } from '#model/warning';
import { z } from 'zod';

import { dependencyRule } from './dependency-file.ts';
import { level } from './shapes.ts';

const cause = z.object({ kind: z.enum(CASCADE_CAUSES), id: z.number().int() });

/** A duty seat that was told beforehand. Moments are epoch ms. */
const cascadeSeat = z.object({
  platform: z.string(),
  name: z.string(),
  reached: z.number().int(),
  /** When it may be felt there first. */
  firstAt: z.number(),
  toldAt: z.number(),
  acknowledgedAt: z.number().nullable(),
  acknowledgedBy: z.string().nullable(),
  allowedActions: z.array(z.enum(['acknowledge'])),
});
export type CascadeSeat = z.infer<typeof cascadeSeat>;

/** 连带影响: what one cause is foreseen to reach. */
export const cascade = z.object({
  id: z.number().int(),
  cause,
  /** The cause in a few words. */
  title: z.string(),
  scenario: z.string(),
  scenarioName: z.string(),
  /** Null where a fault is the cause. */
  level: level.nullable(),
  beganAt: z.number(),
  endedAt: z.number().nullable(),
  reached: z.number().int(),
  /** More would have been reached than is followed. */
  cut: z.boolean(),
  outcomes: z.record(z.enum(CASCADE_OUTCOMES), z.number().int()),
  /** When the next of what is awaited may be felt. */
  nextAt: z.number().nullable(),
  /** Alarms that are held as its doing now, and open warnings that are shown under it; of those in sight. */
  held: z.number().int(),
  grouped: z.number().int(),
  replaySession: z.number().int().nullable(),
  simulated: z.boolean(),
  seats: z.array(cascadeSeat),
});
export type Cascade = z.infer<typeof cascade>;

const reachedObject = z.object({
  object: z.object({ id: z.number().int(), name: z.string() }),
  rule: z.object({ code: z.string(), name: z.string() }),
  /** The object before it on the way. */
  via: z.number().int(),
  edge: z.enum(DEPENDENCY_KINDS).nullable(),
  depth: z.number().int(),
  why: z.string(),
  leadMinutes: z.number().int(),
  expectedAt: z.number(),
  untilAt: z.number(),
  outcome: z.enum(CASCADE_OUTCOMES),
  settledAt: z.number().nullable(),
  /** The warning by which it came true, or that stood there before. */
  warning: z.number().int().nullable(),
});
export type ReachedObject = z.infer<typeof reachedObject>;

export const cascadeDetail = cascade.extend({
  source: z.object({ id: z.number().int(), name: z.string() }),
  /** The soonest first; of those in sight. */
  reaches: z.array(reachedObject),
  heldAlarms: z.array(
    z.object({
      alarm: z.number().int(),
      object: z.object({ id: z.number().int(), name: z.string() }),
      item: z.string(),
      level,
      reason: z.string(),
      heldAt: z.number(),
    }),
  ),
  warnings: z.array(
    z.object({ id: z.number().int(), object: z.string(), item: z.string(), level, openedAt: z.number() }),
  ),
});
export type CascadeDetail = z.infer<typeof cascadeDetail>;

/** A rule with what came of its forecasts within the last 12 months, of those in sight. */
export const ruleRecord = z.object({
  rule: dependencyRule,
  inForce: z.boolean(),
  /** As the district has set it; null: as shipped. */
  leadMinutes: z.number().int().nullable(),
  editedBy: z.string().nullable(),
  editedAt: z.number().nullable(),
  version: z.number().int(),
  outcomes: z.record(z.enum(CASCADE_OUTCOMES), z.number().int()),
  /** came true / (came true + did not); null before any was judged. */
  hitRate: z.number().nullable(),
  /** Of those that came true: how long after the cause, on average (min). */
  meanMinutes: z.number().nullable(),
  allowedActions: z.array(z.enum(['edit'])),
});
export type RuleRecord = z.infer<typeof ruleRecord>;
