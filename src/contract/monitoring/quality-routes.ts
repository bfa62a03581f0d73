import { idParams, pageOf, pageQuery, moment, route } from '#contract/http';
import { GRADES } from '#model/monitoring';
import { z } from 'zod';

const share = z.number().min(0).max(1).nullable();
const day = z.iso.date();

const figures = z.object({
  online: share,
  completeness: share,
  accuracy: share,
  timeliness: share,
  score: z.number().nullable(),
  grade: z.enum(GRADES).nullable(),
});

const qualityRow = z.object({
  /** Code of the scenario, town, point; kind of sensing; protocol; `protocol/code` of a device. */
  key: z.string(),
  name: z.string(),
  points: z.number().int(),
  expected: z.number().int().nullable(),
  received: z.number().int(),
  suspect: z.number().int(),
  inTime: z.number().int(),
  figures,
  /** Readings by mark. */
  marks: z.array(z.object({ mark: z.string(), count: z.number().int() })),
  /** 实效: warnings whose evidence these points are, in the span. */
  warnings: z.number().int(),
  days: z.array(z.object({ day, score: z.number().nullable(), grade: z.enum(GRADES).nullable() })),
});
export type QualityRow = z.infer<typeof qualityRow>;

export const QUALITY_BY = ['scenario', 'town', 'source', 'line', 'device', 'point'] as const;
export type QualityBy = (typeof QUALITY_BY)[number];

export const listQuality = route({
  method: 'GET',
  path: '/api/v1/quality',
  room: 'monitoring',
  summary: '数据质量：按场景、街镇、感知来源、接入线路、设备或监测点，五项指标、等级与逐日得分',
  access: 'reading.read',
  query: pageQuery.extend({
    by: z.enum(QUALITY_BY).default('scenario'),
    days: z.coerce.number().int().min(1).max(31).default(7),
    scenario: z.string().max(20).optional(),
    town: z.string().max(20).optional(),
    search: z.string().max(50).optional(),
  }),
  reply: pageOf(qualityRow).extend({ from: day, to: day }),
});

const finding = z.object({
  id: z.number().int(),
  subjectKind: z.enum(['point', 'device', 'line']),
  subject: z.string(),
  reason: z.string(),
  text: z.string(),
  points: z.number().int(),
  since: z.number(),
  endedAt: z.number().nullable(),
});
export type QualityFinding = z.infer<typeof finding>;

export const listFindings = route({
  method: 'GET',
  path: '/api/v1/quality/findings',
  room: 'monitoring',
  summary: '数据异常：仍在的与近七天内恢复的，新的在前',
  access: 'reading.read',
  query: pageQuery,
  reply: pageOf(finding),
});

export const getConfidence = route({
  method: 'GET',
  path: '/api/v1/quality/confidence',
  room: 'monitoring',
  summary: '一个监测点最新值的可信度（0–1）与扣分理由',
  access: 'reading.read',
  query: z.object({ point: z.string().min(1).max(200) }),
  reply: z.object({ value: z.number(), reasons: z.array(z.string()) }),
});

const gap = z.object({ from: z.number(), to: z.number(), missing: z.number().int() });

export const listGaps = route({
  method: 'GET',
  path: '/api/v1/quality/gaps',
  room: 'monitoring',
  summary: '一个监测点的缺数时段：相邻读数相隔超过三个周期；供补录',
  access: 'reading.read',
  query: z.object({ point: z.string().min(1).max(200), from: moment, to: moment }),
  reply: z.object({ items: z.array(gap), truncated: z.boolean() }),
});

const stage = z.object({
  key: z.enum(['produce', 'gather', 'govern', 'apply', 'share']),
  /** Of today. */
  done: z.number().int(),
  lost: z.number().int(),
  /** What is lost there, in words with its number. */
  losses: z.array(z.object({ text: z.string(), count: z.number().int() })),
  /** Seconds behind, null where it cannot be told. */
  lagSeconds: z.number().nullable(),
});

export const getPipeline = route({
  method: 'GET',
  path: '/api/v1/quality/pipeline',
  room: 'monitoring',
  summary: '数据流水线：产生、汇聚、治理、应用、共享各一段的通过、损失与滞后',
  access: 'reading.read',
  reply: z.object({ at: z.number(), stages: z.array(stage) }),
});
export type PipelineStage = z.infer<typeof stage>;

const reason = z.string().trim().min(2).max(200);

const correction = z.object({
  id: z.number().int(),
  point: z.string(),
  from: z.number(),
  to: z.number(),
  kind: z.enum(['bad', 'correct']),
  scale: z.number(),
  shift: z.number(),
  reason: z.string(),
  madeBy: z.string(),
  madeAt: z.number(),
  withdrawnBy: z.string().nullable(),
  withdrawnAt: z.number().nullable(),
  version: z.number().int(),
});
export type Correction = z.infer<typeof correction>;

export const listCorrections = route({
  method: 'GET',
  path: '/api/v1/reading-corrections',
  room: 'monitoring',
  summary: '数据修正清单，新的在前；原始读数不变',
  access: 'reading.read',
  query: pageQuery.extend({ point: z.string().max(200).optional() }),
  reply: pageOf(correction),
});

export const createCorrection = route({
  method: 'POST',
  path: '/api/v1/reading-corrections',
  room: 'monitoring',
  summary: '把一段读数标为坏数据，或按 原值 × scale + shift 修正；原始读数不变',
  access: 'device.manage',
  body: z.object({
    point: z.string().min(1).max(200),
    from: moment,
    to: moment,
    kind: z.enum(['bad', 'correct']),
    scale: z.number().default(1),
    shift: z.number().default(0),
    reason,
  }),
  reply: correction,
  status: 201,
});

export const withdrawCorrection = route({
  method: 'DELETE',
  path: '/api/v1/reading-corrections/:id',
  room: 'monitoring',
  summary: '撤回一项数据修正',
  access: 'device.manage',
  params: idParams,
  query: z.object({ version: z.coerce.number().int() }),
  reply: correction,
});
