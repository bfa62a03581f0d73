import { flag, idParams, moment, pageOf, pageQuery, route } from '#contract/http';
import { DATUMS } from '#model/platform';
import { z } from 'zod';

import {
  gatheredObjects,
  mapObject,
  monitoredObject,
  platform,
  platformCount,
  platformKind,
  town,
} from './shapes.ts';

export * from './session-routes.ts';

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
    /** What the coordinates are in; they are kept as WGS 84. */
    datum: z.enum(DATUMS).optional(),
    address: z.string().trim().min(1).max(200).optional(),
    /** Code or name of a unit; a name that is no unit's is kept as it is. */
    owner: z.string().trim().min(1).max(100).optional(),
    operator: z.string().trim().min(1).max(100).optional(),
    maintainer: z.string().trim().min(1).max(100).optional(),
    /** What its signs need to know of it, by the parameter's code; all of them at once. */
    parameters: z.record(z.string().max(40), z.number()).optional(),
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
    town: z.string().max(20).optional(),
    village: z.string().max(20).optional(),
    /** Code of a unit that owns, operates or maintains. */
    unit: z.string().max(60).optional(),
    /** Only those placed by the nearest centre, or only the others. */
    approximate: flag.optional(),
    /** Retired ones instead of those in use. */
    retired: flag.optional(),
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
  summary:
    '风险一张图：视野内的对象与 36 个街镇。超过 4000 个时，先逐个给有预警的，其余按格归并给数目；带 at 给出那一刻的预警',
  access: 'map.read',
  query: z.object({ west: corner, south: corner, east: corner, north: corner, at: moment }).partial(),
  reply: z.object({
    objects: z.array(mapObject),
    /** The rest, where they are too many: none is left out. */
    gathered: z.array(gatheredObjects),
    towns: z.array(town),
    /** True when some stand gathered. */
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
