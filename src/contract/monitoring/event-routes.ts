import { idParams, pageOf, pageQuery, route } from '#contract/http';
import { REPORT_PICTURES_MOST, SUSPECTED_ORIGINS, SUSPECTED_STATES } from '#model/monitoring';
import { z } from 'zod';

import { suspectedEvent } from './event-shapes.ts';

export const listSuspectedEvents = route({
  method: 'GET',
  path: '/api/v1/suspected-events',
  room: 'monitoring',
  summary: '疑似事件，新的在前：视频识别和社会感知报来、等人核实的事',
  access: 'event.read',
  query: pageQuery.extend({
    state: z.enum(SUSPECTED_STATES).optional(),
    origin: z.enum(SUSPECTED_ORIGINS).optional(),
    search: z.string().max(50).optional(),
  }),
  reply: pageOf(suspectedEvent).extend({ waiting: z.number().int() }),
});

export const getSuspectedEvent = route({
  method: 'GET',
  path: '/api/v1/suspected-events/:id',
  room: 'monitoring',
  summary: '一件疑似事件，和报的大概是同一件事的其他各件',
  access: 'event.read',
  params: idParams,
  reply: suspectedEvent.extend({ others: z.array(suspectedEvent) }),
});

export const getEventPicture = route({
  method: 'GET',
  path: '/api/v1/suspected-events/:id/picture',
  room: 'monitoring',
  summary: '疑似事件的图片：第几张（1 起，缺省为第一张）',
  access: 'event.read',
  params: idParams,
  query: z.object({ number: z.coerce.number().int().min(1).max(REPORT_PICTURES_MOST).default(1) }),
  reply: z.null(),
});

export const confirmEvent = route({
  method: 'POST',
  path: '/api/v1/suspected-events/:id/confirm',
  room: 'monitoring',
  summary: '核实为属实：从此刻起按确认值进读数，由体征判断。没有对照的，写明对象和监测要素',
  access: 'event.decide',
  params: idParams,
  body: z.object({
    note: z.string().max(500).optional(),
    object: z.number().int().positive().optional(),
    element: z.string().min(1).max(60).optional(),
    value: z.number().optional(),
  }),
  reply: suspectedEvent,
});

export const rejectEvent = route({
  method: 'POST',
  path: '/api/v1/suspected-events/:id/reject',
  room: 'monitoring',
  summary: '核实为不属实；识别时已写进读数的，随即写 0',
  access: 'event.decide',
  params: idParams,
  body: z.object({ note: z.string().min(2).max(500) }),
  reply: suspectedEvent,
});

export const endEvent = route({
  method: 'POST',
  path: '/api/v1/suspected-events/:id/end',
  room: 'monitoring',
  summary: '属实的事已经结束：读数写 0，由体征恢复',
  access: 'event.decide',
  params: idParams,
  body: z.object({ note: z.string().max(500).optional() }),
  reply: suspectedEvent,
});
