import { flag, idParams, moment, pageOf, pageQuery, route } from '#contract/http';
import { CALL_OUTCOMES, LOG_KINDS } from '#model/command';
import { z } from 'zod';

import { day, logLine } from './shapes.ts';

const room = 'command';
const platformCode = z.string().min(1).max(40);
const text = z.string().trim().min(1).max(2000);
const number = z.number().int().positive();

const logFilter = {
  /** Absent: the platform where the caller is on duty, else the caller's own. */
  platform: platformCode.optional(),
  /** Also the logs of the platforms below. */
  below: flag.optional(),
  kind: z.enum(LOG_KINDS).optional(),
  /** One day in Beijing; or a span. */
  day: day.optional(),
  from: moment.optional(),
  to: moment.optional(),
  warning: z.coerce.number().int().optional(),
  workOrder: z.coerce.number().int().optional(),
  search: z.string().trim().max(50).optional(),
  forHandover: flag.optional(),
  /** Leave out, or show only, lines about replayed recordings. */
  replay: flag.optional(),
};

export const listLog = route({
  method: 'GET',
  path: '/api/v1/duty-log',
  room,
  summary: '值班日志，最新的在前',
  access: 'duty.read',
  query: pageQuery.extend(logFilter),
  reply: pageOf(logLine).extend({ platform: z.object({ code: z.string(), name: z.string() }) }),
});

export const exportLog = route({
  method: 'GET',
  path: '/api/v1/duty-log/export',
  room,
  summary: '导出值班日志（CSV，UTF-8，最多 31 天、50000 行）',
  access: 'duty.read',
  query: z.object(logFilter),
  reply: z.any(),
});

export const addLogLine = route({
  method: 'POST',
  path: '/api/v1/duty-log',
  room,
  summary: '记一笔。平台不填时记在本人当班的平台',
  access: 'duty.keep',
  body: z.object({
    text,
    platform: platformCode.optional(),
    warning: number.optional(),
    workOrder: number.optional(),
    /** A call that came in or went out by another telephone. */
    call: z
      .object({ contact: number.optional(), outcome: z.enum(CALL_OUTCOMES).default('reached') })
      .optional(),
    forHandover: z.boolean().default(false),
    /** Set by the client, so that a line sent again is one line. */
    key: z.string().min(1).max(80).optional(),
  }),
  reply: logLine,
  status: 201,
});

export const correctLogLine = route({
  method: 'POST',
  path: '/api/v1/duty-log/:id/correct',
  room,
  summary: '更正：原来的一行划去并保留，新的一行写在后面；不给 text 就只划去',
  access: 'duty.keep',
  params: idParams,
  body: z.object({ text: text.optional(), reason: z.string().trim().min(1).max(200) }),
  reply: logLine,
});

export const markLogLine = route({
  method: 'POST',
  path: '/api/v1/duty-log/:id/mark',
  room,
  summary: '标记或取消“交班须知”',
  access: 'duty.keep',
  params: idParams,
  body: z.object({ forHandover: z.boolean() }),
  reply: logLine,
});

export const noteCall = route({
  method: 'POST',
  path: '/api/v1/duty-log/:id/outcome',
  room,
  summary: '补记通话结果',
  access: 'duty.read',
  params: idParams,
  body: z.object({ outcome: z.enum(CALL_OUTCOMES), text: z.string().trim().max(2000).optional() }),
  reply: logLine,
});
