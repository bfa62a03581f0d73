import {
  CHAIN_PROTOCOLS,
  CHAIN_STAGES,
  CHAIN_TEST_STATES,
  MISMATCH_KINDS,
  MISMATCH_SUBJECTS,
} from '#model/operations';
import { z } from 'zod';

/** A chain test (链路自检). Times are epoch ms, durations ms. */
export const chainTest = z.object({
  id: z.number().int(),
  scenario: z.string(),
  scenarioName: z.string(),
  /** Beijing day, `2026-11-30`. */
  day: z.string(),
  /** Null for the daily one. */
  requestedBy: z.string().nullable(),
  requestedAt: z.number(),
  state: z.enum(CHAIN_TEST_STATES),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  protocol: z.enum(CHAIN_PROTOCOLS).nullable(),
  sign: z.string().nullable(),
  level: z.string().nullable(),
  brokenStage: z.enum(CHAIN_STAGES).nullable(),
  reason: z.string().nullable(),
  stages: z.array(
    z.object({
      stage: z.enum(CHAIN_STAGES),
      text: z.string(),
      ms: z.number(),
      ok: z.boolean(),
      found: z.string(),
    }),
  ),
});
export type ChainTest = z.infer<typeof chainTest>;

/** What a scenario's chain is like: its tests of some days, the newest first. */
const chainOfScenario = z.object({
  scenario: z.string(),
  scenarioName: z.string(),
  /** When the daily test is due, `06:14`. */
  time: z.string(),
  /** Since the first failure after the last success; null while it works or was never tested. */
  brokenSince: z.number().nullable(),
  /** The newest test, with its stages. */
  newest: chainTest.nullable(),
  days: z.array(
    z.object({
      day: z.string(),
      /** The last of that day that told something, else the last. */
      test: z.number().int(),
      state: z.enum(CHAIN_TEST_STATES),
      brokenStage: z.enum(CHAIN_STAGES).nullable(),
      /** From the first reading to the closed warning. */
      ms: z.number().nullable(),
      tests: z.number().int(),
    }),
  ),
});

export const chainGrid = z.object({
  from: z.string(),
  to: z.string(),
  scenarios: z.array(chainOfScenario),
});
export type ChainGrid = z.infer<typeof chainGrid>;

/** A reconciliation (对账). */
export const reconciliation = z.object({
  id: z.number().int(),
  /** Beijing day whose readings were counted. */
  day: z.string(),
  requestedBy: z.string().nullable(),
  startedAt: z.number(),
  finishedAt: z.number(),
  counts: z.array(
    z.object({
      kind: z.enum(MISMATCH_KINDS),
      text: z.string(),
      rule: z.string(),
      mismatches: z.number().int(),
      /** Why it could not be told this time; null where it was. */
      unchecked: z.string().nullable(),
      ms: z.number(),
    }),
  ),
});
export type Reconciliation = z.infer<typeof reconciliation>;

export const mismatch = z.object({
  id: z.number().int(),
  kind: z.enum(MISMATCH_KINDS),
  subject: z.object({ kind: z.enum(MISMATCH_SUBJECTS), id: z.number().int().nullable() }),
  scenario: z.string().nullable(),
  since: z.number().nullable(),
  text: z.string(),
});
export type Mismatch = z.infer<typeof mismatch>;

/** A watchdog (看门狗) that has reported at least once. */
export const watchdog = z.object({
  name: z.string(),
  firstSeenAt: z.number(),
  lastSeenAt: z.number(),
  everySeconds: z.number().int(),
  address: z.string(),
  /** It has not been heard for too long, and nobody has taken it out of service. */
  gone: z.boolean(),
  retiredAt: z.number().nullable(),
});
export type Watchdog = z.infer<typeof watchdog>;
