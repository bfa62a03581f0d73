import { z } from 'zod';

/** 排队, 推演中, 完成, 取消, 失败. */
export const REHEARSAL_STATES = ['waiting', 'running', 'done', 'cancelled', 'failed'] as const;
export type RehearsalState = (typeof REHEARSAL_STATES)[number];

export const REHEARSAL_STATE_TEXT: Readonly<Record<RehearsalState, string>> = {
  waiting: '排队中',
  running: '推演中',
  done: '已完成',
  cancelled: '已取消',
  failed: '没有完成',
};

/** 已知事件, 已知误报. */
export const CASE_KINDS = ['incident', 'false-alarm'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

const person = z.object({ username: z.string(), name: z.string() });
const count = z.number().int();

/** Warnings by the highest level each came to. */
const byLevel = z.object({ blue: count, yellow: count, orange: count, red: count });
export type RehearsedLevels = z.infer<typeof byLevel>;

/** The same of the draft and of the version in force. */
const beside = z.object({ draft: byLevel, current: byLevel });

const effort = z.object({ warnings: count, hours: z.number() });

const side = z.object({
  warnings: count,
  byLevel,
  /** Still standing at the end of the time. */
  open: count,
  /** Signs at points. */
  conditions: count,
  /** Signs that are off at some points for lack of a parameter. */
  switchedOff: z.array(z.object({ sign: z.string(), name: z.string(), points: count })),
});

const caught = z
  .object({
    level: z.enum(['blue', 'yellow', 'orange', 'red']),
    openedAt: z.number(),
    object: z.string(),
    item: z.string(),
  })
  .nullable();

const rehearsedCase = z.object({
  text: z.string(),
  object: z.string().nullable(),
  from: z.number(),
  to: z.number(),
  draft: caught,
  current: caught,
});

/** What a rehearsal came to. Times in epoch ms. */
export const rehearsalResult = z.object({
  readings: count,
  points: count,
  objects: count,
  /** Spent judging; the rest went into reading from the disk. */
  judgedMs: z.number(),
  elapsedMs: z.number(),
  draft: side,
  current: side,
  towns: z.array(beside.extend({ code: z.string().nullable(), name: z.string() })),
  /** By the hour of the day in Beijing at which warnings opened: 24 rows. */
  hours: z.array(beside),
  /** Those with the most warnings; how many more had some. */
  objectRows: z.array(
    beside.extend({ id: count, code: z.string(), name: z.string(), town: z.string().nullable() }),
  ),
  moreObjects: count,
  items: z.array(beside.extend({ code: z.string(), name: z.string() })),
  /** How often each sign raised an alarm, by the level it began with. */
  signs: z.array(beside.extend({ code: z.string(), name: z.string() })),
  /** Warnings that stood while none of the incidents went on: false ones, as far as the incidents are all known. */
  outside: z.object({ draft: count, current: count }),
  incidents: z.object({ known: count, draft: count, current: count, rows: z.array(rehearsedCase) }),
  falseAlarms: z.object({ known: count, draft: count, current: count, rows: z.array(rehearsedCase) }),
  units: z.array(z.object({ unit: z.string(), draft: effort, current: effort })),
  /** How many kinds of warning (item and level) had their hours from where. */
  grounds: z.object({ measured: count, limit: count, standing: count }),
});
export type RehearsalResult = z.infer<typeof rehearsalResult>;

/** A draft of a standard, run over the past beside the version in force. */
export const rehearsal = z.object({
  id: count,
  draft: count,
  scenario: z.string(),
  /** The version it ran beside. */
  beside: z.object({ id: count, version: z.string() }),
  /** False once the draft has been edited since: rehearse again. */
  isOfPresentText: z.boolean(),
  from: z.number(),
  to: z.number(),
  /** Names of the towns and codes of the objects it was limited to; both empty: all of the scenario. */
  towns: z.array(z.string()),
  objects: z.array(z.string()),
  /** The replay session whose recording was the past; null for what was really measured. */
  session: z.object({ id: count, name: z.string() }).nullable(),
  state: z.enum(REHEARSAL_STATES),
  /** 0 to 1. */
  done: z.number(),
  readings: count,
  failure: z.string().nullable(),
  requestedBy: person,
  requestedAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  result: rehearsalResult.nullable(),
  allowedActions: z.array(z.literal('cancel')),
});
export type Rehearsal = z.infer<typeof rehearsal>;

/** Something that is known to have happened, or a warning that is known to have been false; a rehearsal is held against them. */
export const knownCase = z.object({
  id: count,
  scenario: z.string(),
  kind: z.enum(CASE_KINDS),
  object: z.object({ id: count, code: z.string(), name: z.string() }).nullable(),
  item: z.string().nullable(),
  from: z.number(),
  to: z.number(),
  text: z.string(),
  source: z.string(),
  recordedBy: person,
  recordedAt: z.number(),
  allowedActions: z.array(z.literal('remove')),
});
export type KnownCase = z.infer<typeof knownCase>;
