import {
  type Casualties,
  DUTY_STANDINGS,
  MATTER_TRIGGERS,
  REPORT_CHANNELS,
  REPORT_DUTY_KINDS,
  REPORT_FIELDS,
  type ReportFields,
  REPORT_FLAGS,
  REPORT_RECIPIENTS,
  REPORT_SENDERS,
  REPORT_STAGES,
  REPORT_TRIGGERS,
  type ReportRule,
} from '#model/command';
import { BASIS_TAGS } from '#model/standard';
import { z } from 'zod';

import { platformRef } from './shapes.ts';

const id = z.number().int();
const text = z.string().min(1);

export const reportRule = z.strictObject({
  code: z.string().regex(/^BS\.R\d{2}$/u),
  name: text,
  triggers: z.array(z.enum(REPORT_TRIGGERS)).min(1),
  from: z.enum(REPORT_SENDERS),
  to: z.enum(REPORT_RECIPIENTS),
  channel: z.enum(REPORT_CHANNELS),
  withinMinutes: z.number().int().min(1).max(10_080),
  repeatMinutes: z.number().int().min(10).max(10_080).exactOptional(),
  finalMinutes: z.number().int().min(10).max(43_200).exactOptional(),
  inForce: z.boolean(),
  basis: z.strictObject({
    tag: z.enum(BASIS_TAGS),
    document: text,
    clause: text.exactOptional(),
    url: text.exactOptional(),
    verified: z.boolean(),
    note: text.exactOptional(),
  }),
}) satisfies z.ZodType<ReportRule>;

/** `standards/command/report-rules.json`: what is reported to whom until when. */
export const reportRuleFile = z
  .strictObject({ version: text, rules: z.array(reportRule) })
  .refine(({ rules }) => new Set(rules.map(({ code }) => code)).size === rules.length, {
    message: '编码重复',
  });

/** A rule with what the district has set of it; null: as shipped. */
export const reportRuleRecord = z.object({
  rule: reportRule,
  inForce: z.boolean(),
  withinMinutes: id.nullable(),
  repeatMinutes: id.nullable(),
  finalMinutes: id.nullable(),
  editedBy: z.string().nullable(),
  editedAt: z.number().nullable(),
  version: id,
  allowedActions: z.array(z.enum(['edit'])),
});
export type ReportRuleRecord = z.infer<typeof reportRuleRecord>;

const count = id.min(0).max(100_000).nullable();
export const casualties = z.object({
  deaths: count,
  injuries: count,
  unaccounted: count,
}) satisfies z.ZodType<Casualties>;

const fieldText = z.string().trim().max(2000);
export const reportFields = z.object({
  source: fieldText,
  received: fieldText,
  where: fieldText,
  nature: fieldText,
  reach: fieldText,
  losses: fieldText,
  trend: fieldText,
  leaders: fieldText,
  measures: fieldText,
  suggestions: fieldText,
}) satisfies z.ZodType<ReportFields>;

/** What is reported on (报送事项). Times are epoch ms. */
export const reportMatter = z.object({
  id,
  title: z.string(),
  trigger: z.enum(MATTER_TRIGGERS),
  /** Who has to report. */
  platform: platformRef,
  order: z.object({ id, code: z.string() }).nullable(),
  /** The incident that it is the report on as a whole, or that whose report covers this order (合并报送). */
  incident: z.object({ id, code: z.string() }).nullable(),
  covered: z.boolean(),
  /** How many orders' reports it stands for. */
  covers: id,
  eventAt: z.number(),
  knownAt: z.number(),
  closedAt: z.number().nullable(),
  casualties,
  told: z.string().nullable(),
  toldBy: z.string().nullable(),
  replaySession: id.nullable(),
  simulated: z.boolean(),
});
export type ReportMatter = z.infer<typeof reportMatter>;

/** A report that is owed (报送义务), and how it stands. */
export const reportDuty = z.object({
  id,
  matter: z.object({ id, title: z.string(), order: z.object({ id, code: z.string() }).nullable() }),
  platform: platformRef,
  rule: z.object({ code: z.string(), name: z.string() }),
  kind: z.enum(REPORT_DUTY_KINDS),
  n: id,
  recipient: z.enum(REPORT_RECIPIENTS),
  channel: z.enum(REPORT_CHANNELS),
  startedAt: z.number(),
  dueAt: z.number(),
  fulfilledAt: z.number().nullable(),
  report: id.nullable(),
  standing: z.enum(DUTY_STANDINGS),
  replaySession: id.nullable(),
  simulated: z.boolean(),
  /** Whether the caller may report for that platform. */
  mayReport: z.boolean(),
});
export type ReportDutyRecord = z.infer<typeof reportDuty>;

const change = z.object({
  id,
  report: id,
  at: z.number(),
  by: z.string(),
  /** A field of the report, `eventAt`, or a kind of casualty; with its name. */
  field: z.string(),
  fieldText: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  reason: z.string().nullable(),
  flagged: z.boolean(),
});

const question = z.object({
  id,
  report: id,
  askedAt: z.number(),
  askedBy: z.string(),
  question: z.string(),
  answeredAt: z.number().nullable(),
  answeredBy: z.string().nullable(),
  answer: z.string().nullable(),
});

export const incidentReport = z.object({
  id,
  matter: z.object({ id, title: z.string(), order: z.object({ id, code: z.string() }).nullable() }),
  platform: platformRef,
  recipient: z.enum(REPORT_RECIPIENTS),
  channel: z.enum(REPORT_CHANNELS),
  stage: z.enum(REPORT_STAGES),
  /** 初报, 续报2, 终报. */
  stageText: z.string(),
  number: id,
  fields: reportFields,
  text: z.string(),
  /** The three moments that are judged, and when it was written down here. */
  eventAt: z.number(),
  knownAt: z.number(),
  reportedAt: z.number(),
  recordedAt: z.number(),
  by: z.string(),
  /** Who took the call. */
  takenBy: z.string().nullable(),
  signedAt: z.number().nullable(),
  signedBy: z.string().nullable(),
  /** What the moments say: 迟报, 已更改. */
  flags: z.array(z.enum(REPORT_FLAGS)),
  replaySession: id.nullable(),
  simulated: z.boolean(),
  allowedActions: z.array(z.enum(['sign', 'ask', 'amend'])),
});
export type IncidentReport = z.infer<typeof incidentReport>;

export const reportMatterDetail = reportMatter.extend({
  duties: z.array(reportDuty),
  /** The newest first. */
  reports: z.array(incidentReport),
  changes: z.array(change),
  questions: z.array(question.extend({ mayAnswer: z.boolean() })),
  /** Where the caller may report from, the platform that has to first. */
  senders: z.array(platformRef),
});
export type ReportMatterDetail = z.infer<typeof reportMatterDetail>;

/** The next report, written as far as the records go. */
export const reportDraft = z.object({
  platform: platformRef,
  stage: z.enum(REPORT_STAGES),
  stageText: z.string(),
  eventAt: z.number(),
  knownAt: z.number(),
  casualties,
  fields: reportFields,
  /** Fields without which it is not sent. */
  required: z.array(z.enum(REPORT_FIELDS)),
  missing: z.array(z.enum(REPORT_FIELDS)),
});
export type ReportDraft = z.infer<typeof reportDraft>;

export const reportFlag = z.object({
  id,
  kind: z.enum(REPORT_FLAGS),
  at: z.number(),
  platform: platformRef,
  matter: z.object({ id, title: z.string(), order: z.object({ id, code: z.string() }).nullable() }),
  /** Of what is late or missing: what was owed, and by how much it was missed until it came or until now (min). */
  duty: z
    .object({
      rule: z.string(),
      kind: z.enum(REPORT_DUTY_KINDS),
      n: id,
      recipient: z.enum(REPORT_RECIPIENTS),
      channel: z.enum(REPORT_CHANNELS),
      dueAt: z.number(),
      fulfilledAt: z.number().nullable(),
      lateMinutes: id,
    })
    .nullable(),
  change: change.nullable(),
});
export type ReportFlagRecord = z.infer<typeof reportFlag>;
