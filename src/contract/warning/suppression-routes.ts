import { idParams, pageOf, pageQuery, route } from '#contract/http';
import { CAUSE_KINDS, SUPPRESSION_REACHES } from '#model/warning';
import { z } from 'zod';

import { level } from './shapes.ts';

const code = z.string().min(1).max(200);
const named = z.object({ id: z.number().int(), code: z.string(), name: z.string() });

/** What a rule of suppression by design says. */
const ruleBody = z.object({
  name: z.string().trim().min(2).max(60),
  cause: z.object({
    kind: z.enum(CAUSE_KINDS),
    code,
    /** At this object only; null at any. */
    object: z.number().int().nullable(),
    level,
  }),
  item: code,
  /** The highest level that is held. */
  level,
  reach: z.enum(SUPPRESSION_REACHES),
  objects: z.array(z.number().int()).max(500),
  reason: z.string().trim().min(5).max(300),
});

const rule = z.object({
  id: z.number().int(),
  scenario: z.string(),
  name: z.string(),
  cause: z.object({
    kind: z.enum(CAUSE_KINDS),
    code: z.string(),
    name: z.string(),
    object: named.nullable(),
    level,
  }),
  item: z.object({ code: z.string(), name: z.string() }),
  level,
  reach: z.enum(SUPPRESSION_REACHES),
  objects: z.array(named),
  reason: z.string(),
  state: z.enum(['in-force', 'ended']),
  madeBy: z.string(),
  madeAt: z.number(),
  changedBy: z.string(),
  changedAt: z.number(),
  /** How many alarms it has held so far, the last of them, and how many it holds now. */
  hits: z.number().int(),
  hitAt: z.number().nullable(),
  holding: z.number().int(),
  version: z.number().int(),
  mayChange: z.boolean(),
});
export type SuppressionRule = z.infer<typeof rule>;

export const listSuppressionRules = route({
  method: 'GET',
  path: '/api/v1/suppression-rules',
  room: 'warning',
  summary: '按设计抑制的规则：何事成立时，哪里的哪个预警事项不另行预警；命中多少次',
  access: 'warning.read',
  query: pageQuery.extend({ scenario: z.string().max(20).optional() }),
  reply: pageOf(rule),
});

export const createSuppressionRule = route({
  method: 'POST',
  path: '/api/v1/suppression-rules',
  room: 'warning',
  summary: '新增按设计抑制的规则，立即生效',
  access: 'standard.draft',
  body: ruleBody.extend({ scenario: z.string().max(20) }),
  reply: rule,
  status: 201,
});

export const changeSuppressionRule = route({
  method: 'PUT',
  path: '/api/v1/suppression-rules/:id',
  room: 'warning',
  summary: '修改按设计抑制的规则，立即生效',
  access: 'standard.draft',
  params: idParams,
  body: ruleBody.extend({ version: z.number().int() }),
  reply: rule,
});

export const endSuppressionRule = route({
  method: 'POST',
  path: '/api/v1/suppression-rules/:id/end',
  room: 'warning',
  summary: '停止按设计抑制的规则：它拦着的报警立即放行',
  access: 'standard.draft',
  params: idParams,
  body: z.object({ version: z.number().int() }),
  reply: rule,
});
