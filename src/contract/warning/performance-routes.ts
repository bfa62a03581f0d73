import { idParams, route } from '#contract/http';
import { CHATTER, FLEETING_SECONDS, NUISANCES } from '#model/warning';
import { z } from 'zod';

import { actorReply, nuisanceReply, performanceReply, proposal } from './performance-shapes.ts';

const room = 'warning';
const PATH = '/api/v1/alarm-performance';
const PROPOSALS = '/api/v1/alarm-proposals';

/** The last hours or days, up to now. */
export const PERFORMANCE_SPANS = ['24h', '7d', '30d'] as const;

/** A month, or the last so long; 30 days unless told. */
const span = {
  /** `YYYY-MM` in Beijing. */
  month: z
    .string()
    .regex(/^(19|2\d)\d{2}-(0[1-9]|1[0-2])$/u)
    .optional(),
  last: z.enum(PERFORMANCE_SPANS).optional(),
};
/** Code of a desk's platform; the caller's own unless told. */
const desk = z.string().max(40).optional();
/** Raised so often within so many seconds is chattering; back within so many is fleeting. */
const settable = {
  times: z.coerce.number().int().min(2).max(50).default(CHATTER.times),
  within: z.coerce.number().int().min(1).max(3600).default(CHATTER.seconds),
  fleeting: z.coerce.number().int().min(1).max(3600).default(FLEETING_SECONDS),
};
const one = { point: z.string().min(1).max(200), sign: z.string().min(1).max(60) };

export const getPerformance = route({
  method: 'GET',
  path: PATH,
  room,
  summary: '一个席位一段时间的预警绩效：各项指标与目标、逐时条数、报警最多的测点体征；月份结束后为定稿',
  access: 'warning.read',
  query: z.object({ desk, ...span }),
  reply: performanceReply,
});

export const listNuisances = route({
  method: 'GET',
  path: `${PATH}/nuisances`,
  room,
  summary: '抖动、瞬时、常驻的报警：哪个测点的哪条体征、自何时、多少次、预警和工单到了哪一步',
  access: 'warning.read',
  query: z.object({ kind: z.enum(NUISANCES), desk, ...span, ...settable }),
  reply: nuisanceReply,
});

export const getActor = route({
  method: 'GET',
  path: `${PATH}/actor`,
  room,
  summary: '一个测点的一条体征的报警经过，由此算出的改进建议，和以往的建议',
  access: 'warning.read',
  query: z.object({ ...one, ...span }),
  reply: actorReply,
});

export const createProposal = route({
  method: 'POST',
  path: PROPOSALS,
  room,
  summary: '按报警经过立一条改进建议；同一测点体征已有未办结的，答复那一条',
  access: 'standard.draft',
  body: z.strictObject({ ...one, ...span }),
  reply: proposal,
  status: 201,
});

export const getProposal = route({
  method: 'GET',
  path: `${PROPOSALS}/:id`,
  room,
  summary: '一条改进建议',
  access: 'warning.read',
  params: idParams,
  reply: proposal,
});

export const rehearseProposal = route({
  method: 'POST',
  path: `${PROPOSALS}/:id/rehearse`,
  room,
  summary: '按建议演算：把改动写进业务标准草案，并用建议所依据的那段历史推演；已有草案的再推演一次',
  access: 'standard.draft',
  params: idParams,
  body: z.strictObject({
    /** `object`: over this object alone. `scenario`: over all of the scenario, as publishing it would be. */
    over: z.enum(['object', 'scenario']).default('object'),
  }),
  reply: proposal,
});

export const mendByProposal = route({
  method: 'POST',
  path: `${PROPOSALS}/:id/mend`,
  room,
  summary: '采纳检修建议：开一张该测点的故障单；已有未关闭的，记到那一张上',
  access: 'standard.draft',
  params: idParams,
  body: z.strictObject({}),
  reply: proposal,
});

export const takeProposal = route({
  method: 'POST',
  path: `${PROPOSALS}/:id/take`,
  room,
  summary: '采纳建议：改动须已演算，随后在草案里提交、审核、发布；复核限值的直接采纳',
  access: 'standard.draft',
  params: idParams,
  body: z.strictObject({}),
  reply: proposal,
});

export const rejectProposal = route({
  method: 'POST',
  path: `${PROPOSALS}/:id/reject`,
  room,
  summary: '不采纳建议，写明理由；为它起草的草案一并撤回',
  access: 'standard.draft',
  params: idParams,
  body: z.strictObject({ why: z.string().trim().min(5, '请写明不采纳的理由，至少 5 个字').max(500) }),
  reply: proposal,
});
