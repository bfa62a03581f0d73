import { idParams, moment, pageOf, pageQuery, route } from '#contract/http';
import { z } from 'zod';

import { EXPORT_FORMATS } from './export-routes.ts';

const room = 'monitoring';
const ITEMS = '/api/v1/shared-items';
const GRANTS = '/api/v1/shared-grants';
const text = (most: number) => z.string().trim().min(1).max(most);
const code = text(100);

const use = { requests: z.number().int(), readings: z.number().int() };

export const sharedItem = z.object({
  id: z.number().int(),
  name: z.string(),
  platform: z.object({ code: z.string(), name: z.string() }),
  territory: z.object({ code: z.string(), name: z.string() }).nullable(),
  /** Empty: all elements. */
  elements: z.array(z.object({ code: z.string(), name: z.string() })),
  note: z.string().nullable(),
  points: z.number().int(),
  /** Grants that hold now. */
  grants: z.number().int(),
  /** In the last 30 days, by everybody. */
  use: z.object(use),
  createdBy: z.string(),
  createdAt: z.number(),
  allowedActions: z.array(z.enum(['grant', 'withdraw'])),
});
export type SharedItem = z.infer<typeof sharedItem>;

export const sharedGrant = z.object({
  id: z.number().int(),
  item: z.object({ id: z.number().int(), name: z.string() }),
  unit: z.string(),
  purpose: z.string(),
  /** The gateway token it is used with; null where it is only sent by webhook. */
  token: z.object({ id: z.number().int(), name: z.string().nullable() }).nullable(),
  from: z.number(),
  to: z.number(),
  state: z.enum(['waiting', 'in-force', 'over', 'ended']),
  use: z.object(use),
  lastUsedOn: z.string().nullable(),
  grantedBy: z.string(),
  allowedActions: z.array(z.enum(['end'])),
});
export type SharedGrant = z.infer<typeof sharedGrant>;

export const listSharedItems = route({
  method: 'GET',
  path: ITEMS,
  room,
  summary: '共享目录：可以提供给别的单位的感知数据，按要素、场景与属地圈定',
  access: 'reading.read',
  query: pageQuery,
  reply: pageOf(sharedItem),
});

export const createSharedItem = route({
  method: 'POST',
  path: ITEMS,
  room,
  summary: '把本平台的一部分数据列入共享目录；elements 空为全部要素，territory 空为全部属地',
  access: 'sharing.manage',
  body: z.object({
    name: text(100),
    platform: code,
    elements: z.array(code).max(100).default([]),
    territory: code.optional(),
    note: text(500).optional(),
  }),
  reply: sharedItem,
  status: 201,
});

export const withdrawSharedItem = route({
  method: 'DELETE',
  path: `${ITEMS}/:id`,
  room,
  summary: '从共享目录撤下；它的授权随之结束，用过多少仍可查',
  access: 'sharing.manage',
  params: idParams,
  reply: z.object({ withdrawn: z.boolean(), grantsEnded: z.number().int() }),
});

const span = z.object({ from: moment, to: moment, format: z.enum(EXPORT_FORMATS) });

export const exportSharedItem = route({
  method: 'GET',
  path: `${ITEMS}/:id/readings`,
  room,
  summary: '本单位人员导出目录里的一项：CSV 或 Parquet；计入使用并记入审计',
  access: 'reading.read',
  params: idParams,
  query: span,
  reply: z.unknown(),
});

export const listSharedGrants = route({
  method: 'GET',
  path: GRANTS,
  room,
  summary: '共享授权：给了谁、为何、到何时、用了多少，新的在前',
  access: 'reading.read',
  query: pageQuery.extend({ item: z.coerce.number().int().positive().optional() }),
  reply: pageOf(sharedGrant),
});

export const createSharedGrant = route({
  method: 'POST',
  path: GRANTS,
  room,
  summary: '授权一个单位在一段时间内为一个目的使用目录里的一项；token 为它的接入令牌号，空则只经推送提供',
  access: 'sharing.manage',
  body: z.object({
    item: z.number().int().positive(),
    unit: text(100),
    purpose: text(500),
    token: z.number().int().positive().optional(),
    from: moment.optional(),
    to: moment,
  }),
  reply: sharedGrant,
  status: 201,
});

export const endSharedGrant = route({
  method: 'POST',
  path: `${GRANTS}/:id/end`,
  room,
  summary: '提前结束一项共享授权',
  access: 'sharing.manage',
  params: idParams,
  reply: sharedGrant,
});

export const getSharedUse = route({
  method: 'GET',
  path: `${GRANTS}/:id/use`,
  room,
  summary: '一项共享授权逐日的使用：请求次数、读数条数（近 366 天）',
  access: 'reading.read',
  params: idParams,
  reply: z.object({ items: z.array(z.object({ day: z.string(), ...use })) }),
});

export const useSharedGrant = route({
  method: 'GET',
  path: `${GRANTS}/:id/readings`,
  room,
  summary: '被授权单位凭接入令牌取数：CSV 或 Parquet，只含授权圈定的实时数据，逐日计数',
  access: 'reading.read',
  params: idParams,
  query: span,
  reply: z.unknown(),
});
