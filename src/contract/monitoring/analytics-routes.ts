import { moment, pageOf, pageQuery, route } from '#contract/http';
import { z } from 'zod';

/** A result of an analysis as it comes: what was concluded, by which model, out of what. */
export const analyticsResult = z.object({
  model: z.string().min(1).max(100),
  version: z.string().min(1).max(60),
  confidence: z.number().min(0).max(1).optional(),
  inputs: z
    .array(z.object({ point: z.string().min(1).max(200), from: moment, to: moment }))
    .min(1)
    .max(200),
  point: z.string().min(1).max(200),
  observedAt: moment,
  value: z.number(),
});
export type AnalyticsResult = z.output<typeof analyticsResult>;

export const analyticsResultView = z.object({
  id: z.number().int(),
  point: z.string(),
  model: z.string(),
  version: z.string(),
  confidence: z.number().nullable(),
  inputs: z.array(z.object({ point: z.string(), from: z.number(), to: z.number() })),
  observedAt: z.number(),
  value: z.number(),
  receivedAt: z.number(),
  writtenBy: z.string(),
});
export type AnalyticsResultView = z.infer<typeof analyticsResultView>;

export const postAnalyticsResult = route({
  method: 'POST',
  path: '/api/v1/analytics-results',
  room: 'monitoring',
  summary:
    '写入一个大数据分析结果：成为来源为 analytics 的读数，并留下模型、版本、把握和所用的输入。重发不重复',
  access: 'reading.write',
  body: analyticsResult,
  reply: z.object({ stored: z.boolean() }),
});

export const listAnalyticsResults = route({
  method: 'GET',
  path: '/api/v1/analytics-results',
  room: 'monitoring',
  summary: '一个监测点的分析结果从何而来，新的在前',
  access: 'reading.read',
  query: pageQuery.extend({ point: z.string().min(1).max(200).optional() }),
  reply: pageOf(analyticsResultView),
});
