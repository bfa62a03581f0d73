import { moment, pageOf, pageQuery, route } from '#contract/http';
import { z } from 'zod';

import { auditEntry, auditHead, auditState } from './audit-shapes.ts';

const text = z.string().min(1).max(100).optional();

/** What a search of the audit can ask for; whatever is left out is not asked. */
const filters = {
  /** Username, or `rule:…`. */
  actor: text,
  /** Beginning of an action: `warning.` finds them all. */
  action: text,
  /** Beginning of a subject; with `contains`, any part of it. */
  subject: text,
  contains: z.enum(['true', 'false']).optional(),
  actingFor: text,
  /** Code of a platform: what happened within its territory. */
  platform: z.string().min(1).max(40).optional(),
  from: moment.optional(),
  to: moment.optional(),
};

export const listAudit = route({
  method: 'GET',
  path: '/api/v1/audit',
  room: 'platform',
  summary: '审计记录，新的在前；含变更前后与在链中的序号',
  access: 'audit.read',
  query: pageQuery.extend(filters),
  reply: pageOf(auditEntry),
});

export const exportAudit = route({
  method: 'GET',
  path: '/api/v1/audit/export',
  room: 'platform',
  summary: '导出筛选出的审计记录（最多 100000 条），CSV 或 NDJSON；导出本身也记入审计',
  access: 'audit.export',
  query: z.object({ ...filters, format: z.enum(['csv', 'ndjson']).default('csv') }),
  reply: z.null(),
});

export const listAuditHeads = route({
  method: 'GET',
  path: '/api/v1/audit/heads',
  room: 'platform',
  summary: '审计链每日签名头，新的在前',
  access: 'audit.read',
  query: pageQuery,
  reply: pageOf(auditHead),
});

export const getAuditState = route({
  method: 'GET',
  path: '/api/v1/audit/state',
  room: 'platform',
  summary: '审计链现状：封存到第几环、最近的签名头、最近一次核验、异常的个人信息查看',
  access: 'audit.read',
  reply: auditState,
});
