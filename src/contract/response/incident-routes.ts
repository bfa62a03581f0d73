import { flag, idParams, moment, pageOf, pageQuery, route } from '#contract/http';
import { INCIDENT_STATES, LOOP_ACTIONS } from '#model/response';
import { LOOPS } from '#model/standard';
import { LEVELS } from '#model/warning';
import { z } from 'zod';

import {
  formAnswers,
  formDue,
  formField,
  formResult,
  incident,
  incidentDetail,
  incidentEntry,
} from './incident-shapes.ts';
import { workOrder } from './shapes.ts';

/** Orders that go into an incident in one go at most. */
export const MOST_ADOPTED = 2000;
const reason = z.string().trim().min(2).max(1000);

export const listIncidents = route({
  method: 'GET',
  path: '/api/v1/incidents',
  room: 'response',
  summary: '事件，最新的在前',
  access: 'work-order.read',
  query: pageQuery.extend({
    state: z.enum(INCIDENT_STATES).optional(),
    loop: z.enum(LOOPS).optional(),
    scenario: z.string().max(20).optional(),
    /** Open ones of the order's scenario or whose territory holds it, that the caller leads: where it may go. */
    forOrder: z.coerce.number().int().positive().optional(),
  }),
  reply: pageOf(incident),
});

export const getIncident = route({
  method: 'GET',
  path: '/api/v1/incidents/:id',
  room: 'response',
  summary: '一个事件：闭环、责任方、参与单位、填报、地图上的工单',
  access: 'work-order.read',
  params: idParams,
  reply: incidentDetail,
});

export const listIncidentEntries = route({
  method: 'GET',
  path: '/api/v1/incidents/:id/entries',
  room: 'response',
  summary: '事件和它所有工单的一条时间线，最新的在前',
  access: 'work-order.read',
  params: idParams,
  query: pageQuery,
  reply: pageOf(incidentEntry),
});

export const listIncidentOrders = route({
  method: 'GET',
  path: '/api/v1/incidents/:id/orders',
  room: 'response',
  summary: '事件的工单，最新的在前',
  access: 'work-order.read',
  params: idParams,
  query: pageQuery.extend({ open: flag.optional() }),
  reply: pageOf(workOrder),
});

/** Orders by their ids, or whatever is open and fits. */
const wanted = {
  orders: z.array(z.number().int().positive()).min(1).max(MOST_ADOPTED).optional(),
  matching: z
    .object({
      scenarios: z.array(z.string().max(20)).min(1).max(20),
      /** Opened since then. */
      since: moment,
      level: z.enum(LEVELS).optional(),
    })
    .optional(),
};

export const openIncident = route({
  method: 'POST',
  path: '/api/v1/incidents',
  room: 'response',
  summary: '人工建立事件，纳入工单',
  access: 'incident.lead',
  body: z.object({
    title: z.string().trim().min(2).max(100),
    loop: z.enum(LOOPS).optional(),
    reason,
    ...wanted,
  }),
  reply: incidentDetail,
  status: 201,
});

export const adoptOrders = route({
  method: 'POST',
  path: '/api/v1/incidents/:id/adopt',
  room: 'response',
  summary: '纳入工单（可跨场景）；已属于别的事件的不动',
  access: 'incident.lead',
  params: idParams,
  body: z.object({ reason, ...wanted }),
  reply: z.object({ adopted: z.number().int() }),
});

export const releaseOrders = route({
  method: 'POST',
  path: '/api/v1/incidents/:id/release',
  room: 'response',
  summary: '把工单移出事件',
  access: 'incident.lead',
  params: idParams,
  body: z.object({ reason, orders: z.array(z.number().int().positive()).min(1).max(MOST_ADOPTED) }),
  reply: z.object({ released: z.number().int() }),
});

export const advanceIncident = route({
  method: 'POST',
  path: '/api/v1/incidents/:id/advance',
  room: 'response',
  summary: '事件的闭环：签字接手、升级、请求升级、降级、结案、重开。能做什么见 allowedActions',
  access: 'work-order.read',
  params: idParams,
  body: z.object({
    action: z.enum(LOOP_ACTIONS),
    to: z.enum(LOOPS).optional(),
    reason: z.string().max(1000).optional(),
    version: z.number().int().optional(),
  }),
  reply: incidentDetail,
});

export const callPart = route({
  method: 'POST',
  path: '/api/v1/incidents/:id/parts',
  room: 'response',
  summary: '请一个单位参与大闭环',
  access: 'incident.coordinate',
  params: idParams,
  body: z.object({
    unit: z.string().trim().min(2).max(100),
    /** Code of the platform where its people answer; absent: the coordinator writes down what it says. */
    platform: z.string().max(40).optional(),
    told: z.string().trim().min(5).max(2000),
  }),
  reply: incidentDetail,
  status: 201,
});

export const answerPart = route({
  method: 'POST',
  path: '/api/v1/incident-parts/:id/answer',
  room: 'response',
  summary: '参与单位答复；done 为本单位的任务已办结',
  access: 'duty.keep',
  params: idParams,
  body: z.object({ text: z.string().trim().min(2).max(2000), done: z.boolean() }),
  reply: z.object({ state: z.string() }),
});

export const waivePart = route({
  method: 'POST',
  path: '/api/v1/incident-parts/:id/waive',
  room: 'response',
  summary: '参与单位免办',
  access: 'incident.coordinate',
  params: idParams,
  body: z.object({ reason }),
  reply: z.object({ state: z.string() }),
});

export const askForm = route({
  method: 'POST',
  path: '/api/v1/incidents/:id/forms',
  room: 'response',
  summary: '向街镇（或选定的平台）下发填报，可每隔一段时间催一次，到某一刻为止',
  access: 'incident.coordinate',
  params: idParams,
  body: z.object({
    title: z.string().trim().min(2).max(60),
    fields: z.array(formField).min(1).max(8),
    everyMinutes: z.number().int().min(5).max(1440).optional(),
    limitMinutes: z.number().int().min(5).max(1440),
    until: moment,
    /** Codes of platforms; absent: every town. */
    platforms: z.array(z.string().max(40)).min(1).max(100).optional(),
  }),
  reply: z.object({ id: z.number().int(), asked: z.number().int() }),
  status: 201,
});

export const endForm = route({
  method: 'POST',
  path: '/api/v1/incident-forms/:id/end',
  room: 'response',
  summary: '停止填报',
  access: 'incident.coordinate',
  params: idParams,
  reply: z.object({ id: z.number().int() }),
});

export const getForm = route({
  method: 'GET',
  path: '/api/v1/incident-forms/:id',
  room: 'response',
  summary: '填报汇总：每轮合计，一轮里各平台的答复',
  access: 'work-order.read',
  params: idParams,
  query: z.object({ round: z.coerce.number().int().min(1).optional() }),
  reply: formResult,
});

export const listFormsDue = route({
  method: 'GET',
  path: '/api/v1/incident-form-dues',
  room: 'response',
  summary: '本平台要填的报表，最急的在前',
  access: 'form.answer',
  reply: z.object({ items: z.array(formDue) }),
});

export const answerForm = route({
  method: 'POST',
  path: '/api/v1/incident-form-dues/:id/answer',
  room: 'response',
  summary: '填报',
  access: 'form.answer',
  params: idParams,
  body: z.object({ answers: formAnswers, note: z.string().trim().max(200).optional() }),
  reply: formDue,
});
