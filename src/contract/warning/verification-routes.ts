import { flag, idParams, pageOf, pageQuery, route } from '#contract/http';
import { FALSE_ALARM_REASONS } from '#model/warning';
import { z } from 'zod';

import { level, warning } from './shapes.ts';
import { verification, verificationDetail } from './verification-shapes.ts';

const note = z.string().trim().min(1).max(500);

/** 误报 with its reason; what is none of the listed ones has to be said. */
const falseAlarm = z
  .object({ reason: z.enum(FALSE_ALARM_REASONS), note: note.optional() })
  .refine((body) => body.reason !== 'other' || body.note !== undefined, {
    path: ['note'],
    message: '原因为“其他”时须写明',
  });

export const listVerifications = route({
  method: 'GET',
  path: '/api/v1/verifications',
  room: 'warning',
  summary: '待核实的报警，最急的在前；或近来已核实的，最新的在前',
  access: 'warning.read',
  query: pageQuery.extend({
    decided: flag.optional(),
    scenario: z.string().max(20).optional(),
    /** Only those the caller owns. */
    mine: flag.optional(),
  }),
  reply: pageOf(verification).extend({
    /** How many wait in the caller's scope, and how many of them are the caller's. */
    waiting: z.number().int(),
    mine: z.number().int(),
  }),
});

export const getVerification = route({
  method: 'GET',
  path: '/api/v1/verifications/:id',
  room: 'warning',
  summary: '一条待核实的报警：依据、邻近测点、其他来源、可信度',
  access: 'warning.read',
  params: idParams,
  reply: verificationDetail,
});

export const confirmAlarm = route({
  method: 'POST',
  path: '/api/v1/verifications/:id/confirm',
  room: 'warning',
  summary: '确认为预警。等级可以降低；定得比体征高须写明理由',
  access: 'warning.decide',
  params: idParams,
  body: z.object({ level, note, reason: note.optional() }),
  reply: verification,
});

export const refuseAlarm = route({
  method: 'POST',
  path: '/api/v1/verifications/:id/refuse',
  room: 'warning',
  summary: '核实为误报，写明原因；设备故障的同时报修',
  access: 'warning.decide',
  params: idParams,
  body: falseAlarm,
  reply: verification,
});

export const askMore = route({
  method: 'POST',
  path: '/api/v1/verifications/:id/more',
  room: 'warning',
  summary: '要求补充材料并延长时限，只能一次',
  access: 'warning.decide',
  params: idParams,
  body: z.object({ note, minutes: z.number().int().min(1).max(240) }),
  reply: verification,
});

export const judgeWarning = route({
  method: 'POST',
  path: '/api/v1/warnings/:id/judge',
  room: 'warning',
  summary: '判定为误报，写明原因。工单的核实结论随之为误报，预警照常恢复、结案',
  access: 'warning.decide',
  params: idParams,
  body: falseAlarm,
  reply: warning,
});

export const reopenWarning = route({
  method: 'POST',
  path: '/api/v1/warnings/:id/reopen',
  room: 'warning',
  summary: '重开误结的预警（结案 24 小时内，条件仍成立），另成一条并与原预警相连',
  access: 'warning.decide',
  params: idParams,
  body: z.object({ reason: note }),
  reply: warning,
});
