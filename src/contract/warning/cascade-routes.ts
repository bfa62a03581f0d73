import { idParams, pageOf, pageQuery, route } from '#contract/http';
import { LONGEST_LEAD_MINUTES } from '#model/warning';
import { z } from 'zod';

import { cascade, cascadeDetail, ruleRecord } from './cascade-shapes.ts';

const room = 'warning';

export const listCascades = route({
  method: 'GET',
  path: '/api/v1/cascades',
  room,
  summary: '连带影响：预警和故障将波及什么，最新的在前；看得到原因或被波及对象的才列出',
  access: 'warning.read',
  query: pageQuery.extend({
    state: z.enum(['running', 'ended']).optional(),
    /** Those that this warning began, or that reach it. */
    warning: z.coerce.number().int().optional(),
    /** Those that reach this object, or begin at it. */
    object: z.coerce.number().int().optional(),
  }),
  reply: pageOf(cascade),
});

export const getCascade = route({
  method: 'GET',
  path: '/api/v1/cascades/:id',
  room,
  summary: '一次连带影响：逐个对象的原因、提前量和结果，以及归在它之下的报警和预警',
  access: 'warning.read',
  params: idParams,
  reply: cascadeDetail,
});

export const acknowledgeCascade = route({
  method: 'POST',
  path: '/api/v1/cascades/:id/acknowledge',
  room,
  summary: '签收连带预警：这个席位知道了',
  access: 'warning.acknowledge',
  params: idParams,
  body: z.object({ platform: z.string().min(1).max(40) }),
  reply: cascade,
});

export const listDependencyRules = route({
  method: 'GET',
  path: '/api/v1/dependency-rules',
  room,
  summary: '连带规则，以及近 12 个月的应验情况（只计可见范围内，不计回放和模拟）',
  access: 'warning.read',
  reply: z.object({ items: z.array(ruleRecord) }),
});

export const updateDependencyRule = route({
  method: 'PUT',
  path: '/api/v1/dependency-rules/:code',
  room,
  summary: '停用或启用一条连带规则，或改它的提前量；只有区级可以改',
  access: 'dependency.manage',
  params: z.object({ code: z.string().max(20) }),
  body: z.object({
    inForce: z.boolean(),
    leadMinutes: z.number().int().min(0).max(LONGEST_LEAD_MINUTES).nullable(),
    version: z.number().int(),
  }),
  reply: ruleRecord,
});
