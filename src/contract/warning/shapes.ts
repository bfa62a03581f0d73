import { VERDICTS } from '#model/response';
import { MEASURE_KINDS, SIGN_DIRECTIONS, STATISTICS } from '#model/standard';
import {
  ALARM_STATES,
  CONFIDENCE_PARTS,
  FALSE_ALARM_REASONS,
  HELD_STATES,
  LEVELS,
  WARNING_CHANGES,
  WARNING_STATES,
} from '#model/warning';
import { z } from 'zod';

export const level = z.enum(LEVELS);

const WARNING_ACTIONS = ['acknowledge', 'judge', 'reopen'] as const;

/** A warning (预警): one open per object and item. Times are epoch ms. */
export const warning = z.object({
  id: z.number().int(),
  object: z.object({
    id: z.number().int(),
    code: z.string(),
    name: z.string(),
    lat: z.number(),
    lon: z.number(),
    town: z.string().nullable(),
  }),
  item: z.object({ code: z.string(), name: z.string(), kind: z.string() }),
  scenario: z.string(),
  scenarioName: z.string(),
  level,
  peakLevel: level,
  state: z.enum(WARNING_STATES),
  /** As an operator sees it (ISA-18.2): whether it stands, whether anybody has seen it, whether it is held back on purpose. */
  alarmState: z.enum(ALARM_STATES),
  /** One sentence a person would say: why it stands as it does. */
  reason: z.string(),
  openedAt: z.number(),
  changedAt: z.number(),
  normalAt: z.number().nullable(),
  closedAt: z.number().nullable(),
  acknowledgedAt: z.number().nullable(),
  acknowledgedBy: z.string().nullable(),
  /** How often it was announced again while it stood. */
  reAlarms: z.number().int(),
  /** 误报, as somebody has said; null where nobody has. */
  falseAlarm: z
    .object({
      reason: z.enum(FALSE_ALARM_REASONS),
      note: z.string().nullable(),
      by: z.string(),
      at: z.number(),
    })
    .nullable(),
  /** The warning that was closed by mistake and goes on in this one; and the one in which this goes on. */
  reopenedFrom: z.number().int().nullable(),
  reopenedAs: z.number().int().nullable(),
  /** Set when the readings behind it came from a replay (回放). */
  replaySession: z.number().int().nullable(),
  simulated: z.boolean(),
  workOrder: z
    .object({ id: z.number().int(), code: z.string(), state: z.string(), overdue: z.boolean() })
    .nullable(),
  /** 搁置、抑制、停用: what holds it back on purpose, the one that would have to end last; it stays open. */
  hold: z
    .object({
      state: z.enum(HELD_STATES),
      /** `shelf/12`, `suppression-rule/3`, `service-window/7`. */
      by: z.string(),
      /** Who put it aside, wrote the rule, or answers for what is out of service. */
      who: z.string(),
      /** Null where no end is known. */
      until: z.number().nullable(),
      reason: z.string(),
    })
    .nullable(),
  allowedActions: z.array(z.enum(WARNING_ACTIONS)),
});
export type Warning = z.infer<typeof warning>;

/** The condition behind an alarm, as the page draws it: limits per level, and what is compared with them. */
export const signFacts = z.object({
  code: z.string(),
  name: z.string(),
  unit: z.string(),
  direction: z.enum(SIGN_DIRECTIONS),
  /** What of the readings is compared; the window in s. */
  measure: z.object({
    /** `composite`: other signs, not readings. */
    kind: z.enum([...MEASURE_KINDS, 'composite']),
    statistic: z.enum(STATISTICS).optional(),
    windowSeconds: z.number().int().optional(),
  }),
  /** As numbers; one that depends on a parameter the object no longer has is left out. */
  limits: z.partialRecord(level, z.number()),
  /** The lower ends of a band. */
  lowers: z.partialRecord(level, z.number()),
  /** The object has limits of its own of this sign; those are what is shown. */
  ownLimits: z.boolean(),
  basis: z.object({ tag: z.string(), document: z.string(), verified: z.boolean() }),
});

/** How far the data may be leant on now (可信度): 0 tells nothing, 1 nothing speaks against it; with what does. */
const confidence = z.object({ value: z.number(), reasons: z.array(z.string()) }).nullable();

export const evidence = z.object({
  alarm: z.number().int(),
  sign: signFacts,
  point: z.object({ id: z.number().int(), code: z.string(), element: z.string(), elementName: z.string() }),
  level: level.nullable(),
  peakLevel: level,
  /** Why it stands, or stood, in a sentence; of a composite sign the facts that made it true. */
  reason: z.string().nullable(),
  value: z.number(),
  peakValue: z.number(),
  raisedAt: z.number(),
  normalAt: z.number().nullable(),
  /** Of the point's data; null once the warning is closed. */
  confidence,
});

export const warningHistory = z.object({
  at: z.number(),
  change: z.enum(WARNING_CHANGES),
  fromLevel: level.nullable(),
  toLevel: level.nullable(),
  reason: z.string(),
  by: z.string().nullable(),
});

/** How sure a warning is (可信度), with what speaks for it and against it; null once it is closed. */
export const sureness = z
  .object({
    value: z.number(),
    parts: z.array(
      z.object({
        kind: z.enum(CONFIDENCE_PARTS),
        speaks: z.enum(['for', 'against', 'neither']),
        text: z.string(),
      }),
    ),
  })
  .nullable();

export const warningDetail = warning.extend({
  confidence: sureness,
  evidence: z.array(evidence),
  history: z.array(warningHistory),
});
export type WarningDetail = z.infer<typeof warningDetail>;

/** What came of a sign's alarms. Warnings are counted once, however many alarms they stand on. */
const tally = z.object({
  /** By the worst level each came to. */
  alarms: z.record(level, z.number().int()),
  warnings: z.number().int(),
  /** Of these, by the verdict on their order; one without a verdict yet is undecided. */
  verdicts: z.record(z.enum([...VERDICTS, 'undecided']), z.number().int()),
});
export type SignTally = z.infer<typeof tally>;

/** 体征的战绩: how often a sign has raised an alarm, and what came of it, within the asker's reach. Replays are left out. */
export const signRecord = z.object({
  code: z.string(),
  /** Epoch ms: since when this system has known the sign, so since when it counts. */
  since: z.number(),
  last30Days: tally,
  last12Months: tally,
  /** Alarms of simulated objects in the 12 months; they are in none of the tallies. */
  simulated: z.number().int(),
  /** The 12 months by the version that raised the alarm, newest first; versions without an alarm are left out. */
  versions: z.array(tally.extend({ id: z.number().int(), version: z.string() })),
});
export type SignRecord = z.infer<typeof signRecord>;
