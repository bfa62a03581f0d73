import { idParams, pageOf, pageQuery, route } from '#contract/http';
import { CLOSURE_REMEDIES, SAMPLE_STATES } from '#model/response';
import { LEVELS } from '#model/warning';
import { z } from 'zod';

import { monthText, workOrderDetail } from './shapes.ts';

/** Of a unit and a month: orders closed, and how many of them were never sent back nor reopened. */
const firstPass = z.object({ closed: z.number().int(), firstPass: z.number().int() });

export const closureQuality = z.object({
  month: z.string(),
  /** Months that may be asked for, the newest first. */
  months: z.array(z.string()),
  /** The draw of the orders closed in that month; null while it has not been drawn. */
  draw: z
    .object({
      at: z.number(),
      drawn: z.number().int(),
      waiting: z.number().int(),
      passed: z.number().int(),
      failed: z.number().int(),
    })
    .nullable(),
  total: firstPass,
  units: z.array(firstPass.extend({ unit: z.string() })),
});
export type ClosureQuality = z.infer<typeof closureQuality>;

export const getClosureQuality = route({
  method: 'GET',
  path: '/api/v1/closure-quality',
  room: 'response',
  summary: '结案质量：一个月的抽查进度、各单位一次结案率；不给月份为最近抽过的一个月',
  access: 'work-order.read',
  query: z.object({ month: monthText.optional() }),
  reply: closureQuality,
});

/** A closed order that is to be checked (抽查), and what came of it. Times are epoch ms. */
export const closureSample = z.object({
  id: z.number().int(),
  month: z.string(),
  order: z.object({
    id: z.number().int(),
    code: z.string(),
    object: z.string(),
    item: z.string(),
    level: z.enum(LEVELS),
    stateText: z.string(),
    closedAt: z.number().nullable(),
  }),
  unit: z.string(),
  drawnAt: z.number(),
  state: z.enum(SAMPLE_STATES),
  reason: z.string().nullable(),
  /** What has to be mended, how, and whether that was done since. */
  mend: z.string().nullable(),
  remedy: z.enum(CLOSURE_REMEDIES).nullable(),
  remedied: z.boolean().nullable(),
  checkedAt: z.number().nullable(),
  checkedBy: z.string().nullable(),
  /** The 整改通知, where the reader may see it. */
  notice: z
    .object({
      id: z.number().int(),
      code: z.string(),
      platform: z.string(),
      state: z.enum(['open', 'answered', 'closed']),
      answerBy: z.number(),
      overdue: z.boolean(),
      answer: z.string().nullable(),
    })
    .nullable(),
  /** The reader handled or reviewed it, and so does not check it. */
  ownWork: z.boolean(),
  mayCheck: z.boolean(),
  /** Until when a 重开 may be asked for. */
  reopenUntil: z.number().nullable(),
});
export type ClosureSample = z.infer<typeof closureSample>;

export const listClosureSamples = route({
  method: 'GET',
  path: '/api/v1/closure-samples',
  room: 'response',
  summary: '一个月抽中的结案工单与抽查结果，最新的在前',
  access: 'work-order.read',
  query: pageQuery.extend({ month: monthText, state: z.enum(SAMPLE_STATES).optional() }),
  reply: pageOf(closureSample),
});

export const checkClosureSample = route({
  method: 'POST',
  path: '/api/v1/closure-samples/:id/check',
  room: 'response',
  summary: '抽查一张结案工单：合格；或不合格，写明原因和整改要求，随即向责任单位发整改通知',
  access: 'supervision.issue',
  params: idParams,
  body: z.object({
    passed: z.boolean(),
    /** These four of one that does not pass; a remark may go with one that does. */
    reason: z.string().trim().max(1000).optional(),
    mend: z.string().trim().max(1000).optional(),
    remedy: z.enum(CLOSURE_REMEDIES).optional(),
    answerBy: z.number().optional(),
  }),
  reply: closureSample,
});

export const amendWorkOrder = route({
  method: 'POST',
  path: '/api/v1/work-orders/:id/amendments',
  room: 'response',
  summary: '更正一张已结案工单的记录：原记录不改，更正写在旁边',
  access: 'work-order.review',
  params: idParams,
  body: z.object({
    /** One of the order's `amendable`. */
    field: z.string().max(40),
    reads: z.string().trim().min(1).max(4000),
    reason: z.string().trim().min(5).max(1000),
  }),
  reply: workOrderDetail,
  status: 201,
});
