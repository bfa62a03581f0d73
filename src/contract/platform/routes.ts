import { idParams, moment, pageOf, pageQuery, route } from '#contract/http';
import { z } from 'zod';

import {
  mapObject,
  monitoredObject,
  platform,
  platformCount,
  platformKind,
  session,
  town,
} from './shapes.ts';

export const signIn = route({
  method: 'POST',
  path: '/api/v1/session',
  room: 'platform',
  summary: '登录。返回令牌并设置会话 Cookie',
  access: 'public',
  body: z.object({
    username: z.string().min(1).max(100),
    password: z.string().min(1).max(200),
    otp: z.string().max(10).optional(),
  }),
  reply: session.extend({ token: z.string() }),
});

export const getSession = route({
  method: 'GET',
  path: '/api/v1/session',
  room: 'platform',
  summary: '当前会话：我是谁、能做什么',
  access: 'session',
  reply: session,
});

export const signOut = route({
  method: 'DELETE',
  path: '/api/v1/session',
  room: 'platform',
  summary: '退出登录',
  access: 'session',
  reply: z.null(),
  status: 204,
});

export const issueToken = route({
  method: 'POST',
  path: '/api/v1/tokens',
  room: 'platform',
  summary: '签发令牌。令牌只显示这一次',
  access: 'token.issue',
  body: z.object({
    name: z.string().min(1).max(100),
    kind: z.enum(['gateway', 'device', 'person']),
    /** The device a `device` token belongs to. */
    device: z.string().max(100).optional(),
    expiresAt: moment.optional(),
  }),
  reply: z.object({ id: z.number().int(), token: z.string() }),
  status: 201,
});

export const listPlatforms = route({
  method: 'GET',
  path: '/api/v1/platforms',
  room: 'platform',
  summary: '平台树的一层或按名称、类型查找',
  access: 'platform.read',
  query: pageQuery.extend({
    parent: z.string().max(40).optional(),
    kind: platformKind.optional(),
    search: z.string().max(50).optional(),
  }),
  reply: pageOf(platform).extend({ counts: z.array(platformCount) }),
});

export const createObject = route({
  method: 'POST',
  path: '/api/v1/objects',
  room: 'platform',
  summary: '登记监测对象。属地由坐标算出',
  access: 'object.manage',
  body: z.object({
    code: z.string().min(1).max(100),
    name: z.string().min(1).max(200),
    scenarios: z.array(z.string()).min(1).max(17),
    lat: z.number().min(-90).max(90),
    lon: z.number().min(-180).max(180),
    /** 9-digit town code, when known better than by the coordinates. */
    town: z.string().max(20).optional(),
    village: z.string().max(20).optional(),
    simulated: z.boolean().default(false),
  }),
  reply: monitoredObject,
  status: 201,
});

export const listObjects = route({
  method: 'GET',
  path: '/api/v1/objects',
  room: 'platform',
  summary: '监测对象',
  access: 'object.read',
  query: pageQuery.extend({
    scenario: z.string().max(20).optional(),
    search: z.string().max(50).optional(),
  }),
  reply: pageOf(monitoredObject),
});

export const getObject = route({
  method: 'GET',
  path: '/api/v1/objects/:id',
  room: 'platform',
  summary: '一个监测对象',
  access: 'object.read',
  params: idParams,
  reply: monitoredObject,
});

const corner = z.coerce.number();

export const getMap = route({
  method: 'GET',
  path: '/api/v1/map',
  room: 'platform',
  summary: '风险一张图：视野内的对象（最多 10000 个，先给有预警的）与 36 个街镇',
  access: 'map.read',
  query: z.object({ west: corner, south: corner, east: corner, north: corner }).partial(),
  reply: z.object({
    objects: z.array(mapObject),
    towns: z.array(town),
    /** True when more objects lie in view than were sent. */
    truncated: z.boolean(),
    attribution: z.string(),
  }),
});

/** A GeoJSON FeatureCollection of polygons, as imported. */
export const borders = z.object({
  type: z.literal('FeatureCollection'),
  attribution: z.string().optional(),
  features: z.array(z.unknown()),
});

export const getBorders = route({
  method: 'GET',
  path: '/api/v1/map/borders',
  room: 'platform',
  summary: '已导入的街镇边界；没有导入时 features 为空',
  access: 'map.read',
  reply: borders,
});

export const importBorders = route({
  method: 'PUT',
  path: '/api/v1/map/borders',
  room: 'platform',
  summary: '导入街镇边界 GeoJSON（WGS 84）。先核对再启用，对象属地随之重算',
  access: 'borders.import',
  query: z.object({ attribution: z.string().max(200).optional() }),
  rawBody: { types: ['application/json', 'application/geo+json'], limitBytes: 20_000_000 },
  reply: z.object({
    matched: z.number().int(),
    unmatched: z.array(z.string()),
    missing: z.array(z.string()),
    objectsMoved: z.number().int(),
  }),
});
