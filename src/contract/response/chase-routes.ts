import { idParams, pageOf, pageQuery, route } from '#contract/http';
import { SUPERVISION_KINDS } from '#model/response';
import { LEVELS } from '#model/warning';
import { z } from 'zod';

import { workOrderDetail } from './shapes.ts';

export const acknowledgeEscalation = route({
  method: 'POST',
  path: '/api/v1/work-orders/:id/acknowledge',
  room: 'response',
  summary: '签收超期提醒：收到提醒的人看到了，不再每 10 分钟提前上报一级',
  access: 'work-order.read',
  params: idParams,
  reply: workOrderDetail,
});

/** A line of the day's list (超期未结案) as it was written, and what has become of it since. Times are epoch ms. */
const overdueLine = z.object({
  id: z.number().int(),
  code: z.string(),
  level: z.enum(LEVELS),
  object: z.string(),
  item: z.string(),
  since: z.number(),
  /** The limits it was late by, in words. */
  limits: z.array(z.string()),
  unit: z.string(),
  handler: z.string().nullable(),
  /** On how many lists it stands. */
  days: z.number().int(),
  stateText: z.string(),
  /** Whether it is late still. */
  still: z.boolean(),
});
export const overdueList = pageOf(overdueLine).extend({
  /** YYYY-MM-DD in Beijing; null where none was written yet. */
  day: z.string().nullable(),
  writtenAt: z.number().nullable(),
  /** Days that have one, the newest first. */
  days: z.array(z.string()),
});
export type OverdueList = z.infer<typeof overdueList>;

export const getOverdueList = route({
  method: 'GET',
  path: '/api/v1/overdue-list',
  room: 'response',
  summary: '超期未结案清单：每日 09:00 写定的一份，不给日期为最近一份',
  access: 'work-order.read',
  query: pageQuery.extend({
    day: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/u)
      .optional(),
  }),
  reply: overdueList,
});

/** An order to answer (督办): an office asks a platform about orders, to be answered by a moment. */
export const supervision = z.object({
  id: z.number().int(),
  code: z.string(),
  /** 整改通知 asks about a record that did not pass its 抽查. */
  kind: z.enum(SUPERVISION_KINDS),
  kindText: z.string(),
  platform: z.object({ code: z.string(), name: z.string() }),
  asked: z.string(),
  issuedBy: z.string(),
  issuedAt: z.number(),
  answerBy: z.number(),
  state: z.enum(['open', 'answered', 'closed']),
  overdue: z.boolean(),
  /** How often the moment was put off. */
  extended: z.number().int(),
  answer: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: z.number().nullable(),
  closedBy: z.string().nullable(),
  closedAt: z.number().nullable(),
  orders: z.array(
    z.object({ id: z.number().int(), code: z.string(), object: z.string(), stateText: z.string() }),
  ),
  /** The incident it is about, for whoever sees that. */
  incident: z.object({ id: z.number().int(), code: z.string(), title: z.string() }).nullable(),
  mayAnswer: z.boolean(),
  mayDirect: z.boolean(),
  version: z.number().int(),
});
export type Supervision = z.infer<typeof supervision>;

export const supervisionDetail = supervision.extend({
  entries: z.array(
    z.object({ at: z.number(), by: z.string().nullable(), kind: z.string(), text: z.string() }),
  ),
});
export type SupervisionDetail = z.infer<typeof supervisionDetail>;

export const listSupervisions = route({
  method: 'GET',
  path: '/api/v1/supervisions',
  room: 'response',
  summary: '督办，最新的在前',
  access: 'work-order.read',
  query: pageQuery.extend({ state: z.enum(['open', 'answered', 'closed']).optional() }),
  reply: pageOf(supervision),
});

export const getSupervision = route({
  method: 'GET',
  path: '/api/v1/supervisions/:id',
  room: 'response',
  summary: '一件督办和它的经过',
  access: 'work-order.read',
  params: idParams,
  reply: supervisionDetail,
});

export const issueSupervision = route({
  method: 'POST',
  path: '/api/v1/supervisions',
  room: 'response',
  summary: '发督办：要求一个平台就工单、事件或本单位在时限内答复',
  access: 'supervision.issue',
  body: z.object({
    /** Code of the platform that has to answer. */
    platform: z.string().max(40),
    /** Ids of the orders it is about; none: about the unit itself. */
    orders: z.array(z.number().int()).max(50).default([]),
    /** The incident it is about. */
    incident: z.number().int().positive().optional(),
    asked: z.string().trim().min(5).max(2000),
    answerBy: z.number(),
    /** Set by the page, so that what is sent twice is issued once. */
    idempotencyKey: z.string().min(8).max(60),
  }),
  reply: supervisionDetail,
  status: 201,
});

export const answerSupervision = route({
  method: 'POST',
  path: '/api/v1/supervisions/:id/answer',
  room: 'response',
  summary: '答复督办',
  access: 'supervision.answer',
  params: idParams,
  body: z.object({ answer: z.string().trim().min(5).max(4000) }),
  reply: supervisionDetail,
});

export const extendSupervision = route({
  method: 'POST',
  path: '/api/v1/supervisions/:id/extend',
  room: 'response',
  summary: '督办延期，须写原因',
  access: 'supervision.issue',
  params: idParams,
  body: z.object({ answerBy: z.number(), reason: z.string().trim().min(2).max(1000) }),
  reply: supervisionDetail,
});

export const returnSupervision = route({
  method: 'POST',
  path: '/api/v1/supervisions/:id/return',
  room: 'response',
  summary: '答复不符合要求，退回重新答复',
  access: 'supervision.issue',
  params: idParams,
  body: z.object({ answerBy: z.number(), reason: z.string().trim().min(2).max(1000) }),
  reply: supervisionDetail,
});

export const closeSupervision = route({
  method: 'POST',
  path: '/api/v1/supervisions/:id/close',
  room: 'response',
  summary: '办结督办',
  access: 'supervision.issue',
  params: idParams,
  body: z.object({ note: z.string().trim().max(1000).optional() }),
  reply: supervisionDetail,
});
