import {
  FORM_FIELD_KINDS,
  INCIDENT_GROUNDS,
  INCIDENT_STATES,
  LOOP_ACTIONS,
  PART_STATES,
  WORK_ORDER_STATES,
} from '#model/response';
import { LOOPS } from '#model/standard';
import { LEVELS } from '#model/warning';
import { z } from 'zod';

/** What the caller may do to the loop, and what it demands. */
const allowedMove = z.object({
  action: z.enum(LOOP_ACTIONS),
  text: z.string(),
  /** Loops it may be raised or lowered to; empty for anything else. */
  to: z.array(z.enum(LOOPS)),
});

/** An incident (事件). Times are epoch ms. */
export const incident = z.object({
  id: z.number().int(),
  code: z.string(),
  title: z.string(),
  scenario: z.string(),
  scenarioName: z.string(),
  level: z.enum(LEVELS),
  loop: z.enum(LOOPS),
  loopText: z.string(),
  loopSince: z.number(),
  state: z.enum(INCIDENT_STATES),
  ground: z.enum(INCIDENT_GROUNDS),
  groundText: z.string(),
  openedAt: z.number(),
  openedBy: z.string().nullable(),
  closedAt: z.number().nullable(),
  closedBy: z.string().nullable(),
  /** Who is accountable: the post of the loop, with the name of who has signed; null once it is closed. */
  owner: z
    .object({ post: z.string(), name: z.string().nullable(), takenAt: z.number().nullable() })
    .nullable(),
  /** The post that stands by until the owner has signed. */
  second: z.string().nullable(),
  asked: z.object({ loop: z.enum(LOOPS), by: z.string(), reason: z.string() }).nullable(),
  /** Counted over all of it, also what the caller does not see. */
  figures: z.object({
    orders: z.number().int(),
    openOrders: z.number().int(),
    lateOrders: z.number().int(),
    parts: z.number().int(),
    openParts: z.number().int(),
    unanswered: z.number().int(),
  }),
  replaySession: z.number().int().nullable(),
  simulated: z.boolean(),
  version: z.number().int(),
  allowedActions: z.array(allowedMove),
});
export type Incident = z.infer<typeof incident>;

const incidentPart = z.object({
  id: z.number().int(),
  unit: z.string(),
  platform: z.string().nullable(),
  told: z.string(),
  state: z.enum(PART_STATES),
  askedAt: z.number(),
  answeredAt: z.number().nullable(),
  answeredBy: z.string().nullable(),
  answer: z.string().nullable(),
  endedAt: z.number().nullable(),
  endedBy: z.string().nullable(),
  reason: z.string().nullable(),
  mayAnswer: z.boolean(),
  mayWaive: z.boolean(),
});

export const formField = z.object({
  key: z.string().regex(/^[a-z][a-z0-9]{0,19}$/u),
  text: z.string().trim().min(1).max(40),
  kind: z.enum(FORM_FIELD_KINDS),
  unit: z.string().trim().max(10).optional(),
});

const answers = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]));

const incidentForm = z.object({
  id: z.number().int(),
  title: z.string(),
  everyMinutes: z.number().int().nullable(),
  limitMinutes: z.number().int(),
  askedAt: z.number(),
  until: z.number(),
  nextAt: z.number().nullable(),
  rounds: z.number().int(),
  /** Of the newest round. */
  asked: z.number().int(),
  answered: z.number().int(),
  late: z.number().int(),
  /** Who has not answered the newest round, by name. */
  missing: z.array(z.string()),
});

export const incidentDetail = incident.extend({
  parts: z.array(incidentPart),
  forms: z.array(incidentForm),
  /** Its orders on the map, those that the caller sees. */
  spots: z.array(
    z.object({
      id: z.number().int(),
      code: z.string(),
      name: z.string(),
      lat: z.number(),
      lon: z.number(),
      level: z.enum(LEVELS),
      state: z.enum(WORK_ORDER_STATES),
    }),
  ),
  /** 督办 over it, the newest first. */
  supervisions: z.array(
    z.object({
      id: z.number().int(),
      code: z.string(),
      platform: z.string(),
      asked: z.string(),
      answerBy: z.number(),
      state: z.enum(['open', 'answered', 'closed']),
      overdue: z.boolean(),
    }),
  ),
  mayLead: z.boolean(),
  mayCoordinate: z.boolean(),
});
export type IncidentDetail = z.infer<typeof incidentDetail>;

/** A line of the one timeline over an incident and all its orders. */
export const incidentEntry = z.object({
  at: z.number(),
  by: z.string().nullable(),
  kind: z.string(),
  text: z.string(),
  note: z.string().nullable(),
  order: z.object({ id: z.number().int(), code: z.string(), object: z.string() }).nullable(),
});
export type IncidentEntry = z.infer<typeof incidentEntry>;

/** An answer that one of the caller's platforms owes. */
export const formDue = z.object({
  id: z.number().int(),
  incident: z.object({ id: z.number().int(), code: z.string(), title: z.string() }),
  platform: z.string(),
  title: z.string(),
  fields: z.array(formField),
  round: z.number().int(),
  askedAt: z.number(),
  dueAt: z.number(),
  late: z.boolean(),
  answeredAt: z.number().nullable(),
  answers: answers.nullable(),
  note: z.string().nullable(),
});
export type FormDue = z.infer<typeof formDue>;

/** What came of a form: a round of it answer by answer, and the sums of every round. */
export const formResult = z.object({
  id: z.number().int(),
  incident: z.number().int(),
  title: z.string(),
  fields: z.array(formField),
  rounds: z.array(
    z.object({
      round: z.number().int(),
      askedAt: z.number(),
      dueAt: z.number(),
      asked: z.number().int(),
      answered: z.number().int(),
      late: z.number().int(),
      /** Sum of a number; how many said yes. */
      sums: z.record(z.string(), z.number()),
    }),
  ),
  round: z.number().int(),
  rows: z.array(
    z.object({
      platform: z.string(),
      answers: answers.nullable(),
      /** 一句话说明 beside the answers. */
      note: z.string().nullable(),
      answeredAt: z.number().nullable(),
      answeredBy: z.string().nullable(),
      late: z.boolean(),
    }),
  ),
});
export type FormResult = z.infer<typeof formResult>;
export const formAnswers = answers;
