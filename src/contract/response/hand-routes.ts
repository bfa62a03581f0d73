import { idParams, route } from '#contract/http';
import { DEADLINE_KINDS, UNIT_GROUNDS } from '#model/response';
import { LEVELS } from '#model/warning';
import { z } from 'zod';

import { workOrderDetail } from './shapes.ts';

/** By whom an order without a warning is brought. */
export const HAND_SOURCES = ['patrol', 'superior', 'hotline'] as const;

/** What an order at an object would be: what can be chosen, and, once it is chosen, handbook, unit and limits. */
export const handPlan = z.object({
  items: z.array(z.object({ code: z.string(), name: z.string(), scenarioName: z.string() })),
  plan: z
    .object({
      /** False where the handbook is silent. */
      inHandbook: z.boolean(),
      standard: z.string(),
      steps: z.array(z.string()),
      disposalTypes: z.array(z.string()),
      coUnits: z.array(z.string()),
      unit: z.string(),
      ground: z.enum(UNIT_GROUNDS),
      unitReason: z.string(),
      deadlines: z.array(z.object({ kind: z.enum(DEADLINE_KINDS), dueAt: z.number() })),
    })
    .nullable(),
});
export type HandPlan = z.infer<typeof handPlan>;

export const planWorkOrder = route({
  method: 'GET',
  path: '/api/v1/work-order-plan',
  room: 'response',
  summary: '人工开单前：这个对象能开哪些事项，手册、处置单位和时限会是什么',
  access: 'work-order.dispatch',
  query: z.object({
    /** Code of the object. */
    object: z.string().max(100),
    item: z.string().max(40).optional(),
    level: z.enum(LEVELS).optional(),
  }),
  reply: handPlan,
});

export const openWorkOrder = route({
  method: 'POST',
  path: '/api/v1/work-orders',
  room: 'response',
  summary: '人工开单：巡查发现、上级交办、12345 热线',
  access: 'work-order.dispatch',
  body: z.object({
    source: z.enum(HAND_SOURCES),
    /** Code of the object. */
    object: z.string().max(100),
    item: z.string().max(40),
    level: z.enum(LEVELS),
    /** What was found or asked. */
    told: z.string().trim().min(5).max(2000),
    /** Another unit than the one that was found. */
    unit: z.string().trim().min(1).max(100).optional(),
    /** Set by the page, so that what is sent twice is opened once. */
    idempotencyKey: z.string().min(8).max(60),
  }),
  reply: workOrderDetail,
  status: 201,
});

export const openPart = route({
  method: 'POST',
  path: '/api/v1/work-orders/:id/parts',
  room: 'response',
  summary: '给协同单位开协同工单。主单要等每张协同工单结案或免办',
  access: 'work-order.dispatch',
  params: idParams,
  body: z.object({
    unit: z.string().trim().min(1).max(100),
    /** What this unit is to do. */
    told: z.string().trim().min(5).max(2000),
  }),
  reply: workOrderDetail,
  status: 201,
});
