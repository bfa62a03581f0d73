import { idParams, moment, pageOf, pageQuery, route } from '#contract/http';
import { ROLES } from '#model/platform';
import { DRILL_OUTCOMES, DRILL_STATES } from '#model/response';
import { z } from 'zod';

import { drillScript } from './drill-script.ts';

const shownScript = drillScript.extend({
  scenarioName: z.string(),
  /** Whether the caller may run it. */
  mayRun: z.boolean(),
});
export type ShownScript = z.infer<typeof shownScript>;

const drill = z.object({
  id: z.number().int(),
  code: z.string(),
  name: z.string(),
  scenario: z.string(),
  scenarioName: z.string(),
  state: z.enum(DRILL_STATES),
  stateText: z.string(),
  plannedBy: z.string(),
  plannedAt: z.number(),
  plannedFor: z.number().nullable(),
  startedBy: z.string().nullable(),
  startedAt: z.number().nullable(),
  endsAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  abortReason: z.string().nullable(),
  /** By whom it was broken off; null: by a rule, or not at all. */
  abortedBy: z.string().nullable(),
  /** Of 100; while it runs, what has been reached so far. */
  score: z.number().nullable(),
  session: z.number().int().nullable(),
  mayRun: z.boolean(),
});
export type Drill = z.infer<typeof drill>;

const drillAct = z.object({
  n: z.number().int(),
  kind: z.enum(['readings', 'inject']),
  minute: z.number(),
  dueAt: z.number().nullable(),
  firedAt: z.number().nullable(),
  text: z.string(),
  to: z.enum(ROLES).nullable(),
  toText: z.string().nullable(),
  answer: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: z.number().nullable(),
});

const drillLine = z.object({
  n: z.number().int(),
  text: z.string(),
  /** What it is worth, and what was given. */
  points: z.number(),
  given: z.number(),
  /** Null while its time is not over. */
  outcome: z.enum(DRILL_OUTCOMES).nullable(),
  dueAt: z.number().nullable(),
  metAt: z.number().nullable(),
  order: z.number().int().nullable(),
  warning: z.number().int().nullable(),
  found: z.string(),
});
export type DrillLine = z.infer<typeof drillLine>;

const drillDetail = drill.extend({
  goal: z.string(),
  acts: z.array(drillAct),
  lines: z.array(drillLine),
  orders: z.array(
    z.object({
      id: z.number().int(),
      code: z.string(),
      object: z.string(),
      stateText: z.string(),
      unit: z.string(),
      handler: z.string().nullable(),
    }),
  ),
  review: z.string().nullable(),
  assessedBy: z.string().nullable(),
  assessedAt: z.number().nullable(),
});
export type DrillDetail = z.infer<typeof drillDetail>;

const waitingInject = z.object({
  id: z.number().int(),
  drill: z.number().int(),
  drillName: z.string(),
  text: z.string(),
  toText: z.string(),
  firedAt: z.number(),
});
export type WaitingInject = z.infer<typeof waitingInject>;

export const listDrillScripts = route({
  method: 'GET',
  path: '/api/v1/drill-scripts',
  room: 'response',
  summary: '演练脚本：目标、对象、安排、评分项',
  access: 'work-order.read',
  reply: z.object({ items: z.array(shownScript) }),
});

export const listDrills = route({
  method: 'GET',
  path: '/api/v1/drills',
  room: 'response',
  summary: '演练，最新的在前',
  access: 'work-order.read',
  query: pageQuery.extend({ state: z.enum(DRILL_STATES).optional() }),
  reply: pageOf(drill),
});

export const getDrill = route({
  method: 'GET',
  path: '/api/v1/drills/:id',
  room: 'response',
  summary: '一次演练：安排、工单、评分与依据、复盘',
  access: 'work-order.read',
  params: idParams,
  reply: drillDetail,
});

export const planDrill = route({
  method: 'POST',
  path: '/api/v1/drills',
  room: 'response',
  summary: '按脚本安排一次演练，可写明打算何时开始',
  access: 'drill.run',
  body: z.object({ script: z.string().max(40), plannedFor: moment.optional() }),
  reply: drillDetail,
  status: 201,
});

export const startDrill = route({
  method: 'POST',
  path: '/api/v1/drills/:id/start',
  room: 'response',
  summary: '开始演练：从此刻起按脚本推进，一个场景同时只有一场',
  access: 'drill.run',
  params: idParams,
  reply: drillDetail,
});

export const abortDrill = route({
  method: 'POST',
  path: '/api/v1/drills/:id/abort',
  room: 'response',
  summary: '中止演练：预警恢复，未结工单由规则结束，已完成的照常评分',
  access: 'drill.run',
  params: idParams,
  body: z.object({ reason: z.string().trim().min(2).max(500) }),
  reply: drillDetail,
});

export const assessDrill = route({
  method: 'POST',
  path: '/api/v1/drills/:id/assess',
  room: 'response',
  summary: '写复盘。得分由记录算出，不能填写',
  access: 'drill.run',
  params: idParams,
  body: z.object({ review: z.string().trim().min(10).max(4000) }),
  reply: drillDetail,
});

export const listWaitingInjects = route({
  method: 'GET',
  path: '/api/v1/drill-injects',
  room: 'response',
  summary: '等我这个岗位回应的导调',
  access: 'work-order.read',
  reply: z.object({ items: z.array(waitingInject) }),
});

export const answerInject = route({
  method: 'POST',
  path: '/api/v1/drill-injects/:id/answer',
  room: 'response',
  summary: '回应一条导调',
  access: 'work-order.read',
  params: idParams,
  body: z.object({ answer: z.string().trim().min(2).max(2000) }),
  reply: waitingInject.extend({ answer: z.string(), answeredBy: z.string(), answeredAt: z.number() }),
});
