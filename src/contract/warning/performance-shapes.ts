import { WORK_ORDER_STATES } from '#model/response';
import {
  FIGURE_VERDICTS,
  HOLD_KINDS,
  LEVELS,
  NUISANCES,
  PROPOSAL_KINDS,
  PROPOSAL_STATES,
  WARNING_STATES,
} from '#model/warning';
import { z } from 'zod';

const count = z.number().int();
const named = z.object({ code: z.string(), name: z.string() });
const placed = named.extend({ id: count });

/** A figure beside its target. `value` is a count, a share of one or ms; null where there was nothing to count. */
const figure = z.object({
  key: z.string(),
  name: z.string(),
  unit: z.enum(['count', 'share', 'ms']),
  value: z.number().nullable(),
  target: z.string(),
  source: z.string(),
  verdict: z.enum(FIGURE_VERDICTS).nullable(),
});
export type Figure = z.infer<typeof figure>;

/** A sign at a point that raised many alarms (高频报警). */
const actor = z.object({
  point: z.object({ id: count, code: z.string() }),
  object: placed,
  sign: named,
  alarms: count,
  /** Of all alarms of the desk. */
  share: z.number(),
  /** How often a burst of chattering was complete. */
  bursts: count,
  fleeting: count,
  newest: z.number(),
});
export type PerformanceActor = z.infer<typeof actor>;

/** What was counted, kept for good once the month is over. */
export const performanceCounts = z.object({
  warnings: count,
  byLevel: z.record(z.enum(LEVELS), count),
  alarms: count,
  /** Alarms that were held back in the time, by kind; one that several things held counts under each. */
  held: z.record(z.enum(HOLD_KINDS), count),
  /** Of the warnings: from simulated devices. */
  simulated: count,
});

export const performanceReply = z.object({
  desk: named,
  /** The desks whose figures the caller may see. */
  desks: z.array(named),
  /** Epoch ms; of a stretch that is not over, `until` is now. */
  from: z.number(),
  until: z.number(),
  /** `YYYY-MM` where a month was asked for. */
  month: z.string().nullable(),
  /** When the month was closed; null where the figures are counted now. */
  writtenAt: z.number().nullable(),
  counts: performanceCounts,
  figures: z.array(figure),
  /** Warnings in stretches of `bucketMs`, with their ten-minute slots; empty ones are left out. */
  bucketMs: z.number(),
  buckets: z.array(z.object({ at: z.number(), warnings: count, over: count, peak: count })),
  actors: z.array(actor),
});
export type Performance = z.infer<typeof performanceReply>;

/** A line of 抖动, 瞬时 or 常驻. */
export const nuisance = z.object({
  point: z.object({ id: count, code: z.string() }),
  object: placed,
  sign: named,
  level: z.enum(LEVELS),
  /** Alarms in the time; of those that stand, this one. */
  alarms: count,
  /** Bursts of chattering, or alarms that were back at once. */
  count,
  /** First of them; of what stands, since when. */
  since: z.number(),
  newest: z.number(),
  /** The alarm stands now. */
  standing: z.boolean(),
  /** How long it stood, in ms; the longest. */
  lastedMs: z.number(),
  warning: z.object({ id: count, state: z.enum(WARNING_STATES) }).nullable(),
  order: z.object({ id: count, code: z.string(), state: z.enum(WORK_ORDER_STATES) }).nullable(),
});
export type NuisanceRow = z.infer<typeof nuisance>;

export const nuisanceReply = z.object({
  kind: z.enum(NUISANCES),
  from: z.number(),
  until: z.number(),
  total: count,
  /** At most 200, the worst first. */
  items: z.array(nuisance),
});

const signChange = z.discriminatedUnion('field', [
  z.object({ field: z.literal('deadband'), from: z.number(), to: z.number(), unit: z.string() }),
  z.object({
    field: z.literal('onDelaySeconds'),
    levels: z.array(z.enum(LEVELS)),
    from: z.number(),
    to: z.number(),
  }),
]);

export const PROPOSAL_ACTIONS = ['rehearse', 'mend', 'take', 'reject'] as const;

/** 改进建议 for a sign at a point, as it was made. */
export const proposal = z.object({
  id: count,
  point: z.object({ id: count, code: z.string() }),
  object: placed,
  scenario: z.string(),
  sign: named,
  kind: z.enum(PROPOSAL_KINDS),
  change: signChange.nullable(),
  why: z.string(),
  from: z.number(),
  to: z.number(),
  state: z.enum(PROPOSAL_STATES),
  /** Id of the draft of the standard it was written into, and of its rehearsal. */
  draft: count.nullable(),
  rehearsal: count.nullable(),
  /** Code of the fault that was opened. */
  fault: z.string().nullable(),
  madeBy: z.string(),
  madeAt: z.number(),
  decided: z.object({ by: z.string(), at: z.number(), why: z.string().nullable() }).nullable(),
  allowedActions: z.array(z.enum(PROPOSAL_ACTIONS)),
});
export type AlarmProposal = z.infer<typeof proposal>;

export const actorReply = z.object({
  point: z.object({ id: count, code: z.string() }),
  object: placed,
  sign: named,
  unit: z.string(),
  from: z.number(),
  until: z.number(),
  alarms: count,
  repeats: count,
  /** Share of readings that were suspect; null where none came. */
  suspectShare: z.number().nullable(),
  findings: z.array(z.string()),
  /** The newest 300: when, for how long, how far past the limit and how far back after it. */
  episodes: z.array(
    z.object({
      raisedAt: z.number(),
      normalAt: z.number().nullable(),
      level: z.enum(LEVELS),
      excursion: z.number().nullable(),
      returned: z.number().nullable(),
    }),
  ),
  /** What its history asks for now; null where it asks for nothing. */
  proposal: z
    .object({ kind: z.enum(PROPOSAL_KINDS), change: signChange.nullable(), why: z.string() })
    .nullable(),
  mayPropose: z.boolean(),
  /** What was proposed before, newest first. */
  proposals: z.array(proposal),
});
export type ActorDetail = z.infer<typeof actorReply>;
