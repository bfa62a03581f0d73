import { flag, idParams, moment, pageOf, pageQuery, route } from '#contract/http';
import { type Protocol, PROTOCOLS } from '#model/monitoring';
import { z } from 'zod';

import { changedSettings, deviceDetail, deviceSettings, factorMap } from './device-shapes.ts';
import { device, point, quarantined, reading, replaySession } from './shapes.ts';

export const postReadings = route({
  method: 'POST',
  path: '/api/v1/readings',
  room: 'monitoring',
  summary:
    '写入感知数据：JSON 数组或 NDJSON，每项 {point, observedAt, value, quality?, source?}。落盘后才回 200；好的行保留，坏的行列在 rejected',
  access: 'reading.write',
  rawBody: {
    types: ['application/json', 'application/x-ndjson', 'application/ndjson'],
    limitBytes: 8 * 1024 * 1024,
  },
  reply: z.object({
    accepted: z.number().int(),
    rejected: z.array(z.object({ index: z.number().int(), code: z.string(), message: z.string() })),
    /** Rows that were stored but marked suspect, and why; the first hundred. */
    suspect: z.array(z.object({ index: z.number().int(), code: z.string(), message: z.string() })),
  }),
});

export const listReadings = route({
  method: 'GET',
  path: '/api/v1/readings',
  room: 'monitoring',
  summary: '一个监测点的读数，旧的在前；给 width 时按像素取每格最小值与最大值',
  access: 'reading.read',
  query: pageQuery.extend({
    point: z.string().min(1).max(200),
    from: moment.optional(),
    to: moment.optional(),
    limit: z.coerce.number().int().min(1).max(10_000).default(1000),
    width: z.coerce.number().int().min(10).max(4000).optional(),
  }),
  reply: pageOf(reading),
});

export const createPoint = route({
  method: 'POST',
  path: '/api/v1/points',
  room: 'monitoring',
  summary: '登记监测点：对象 × 监测要素',
  access: 'object.manage',
  body: z.object({
    code: z.string().min(1).max(200),
    object: z.string().min(1).max(100),
    element: z.string().min(1).max(60),
  }),
  reply: point,
  status: 201,
});

export const listPoints = route({
  method: 'GET',
  path: '/api/v1/points',
  room: 'monitoring',
  summary: '监测点与最新值',
  access: 'reading.read',
  query: pageQuery.extend({
    object: z.string().max(100).optional(),
    search: z.string().max(50).optional(),
    stale: flag.optional(),
  }),
  reply: pageOf(point).extend({ total: z.number().int(), stale: z.number().int() }),
});

/** Points that another device feeds are taken from it, in the audit of both; else they are refused as `point.taken`. */
const takeOver = z.boolean().optional();

export const createDevice = route({
  method: 'POST',
  path: '/api/v1/devices',
  room: 'monitoring',
  summary: '登记设备与因子对照；编码在隔离区里的，登记后即解除隔离',
  access: 'device.manage',
  body: z.object({
    /** What the device calls itself on the wire: the MN for hj212; for mqtt the gateway's or the device's own name, `group/node[/device]` for Sparkplug. */
    code: z.string().min(1).max(100),
    protocol: z.enum(Object.keys(PROTOCOLS) as Protocol[]),
    points: factorMap,
    settings: deviceSettings.optional(),
    /** True unless told: a program that registers says by it who feeds the points; the pages ask a person first. */
    takeOver,
    simulated: z.boolean().default(false),
  }),
  reply: device,
  status: 201,
});

export const listDevices = route({
  method: 'GET',
  path: '/api/v1/devices',
  room: 'monitoring',
  summary: '设备、最后通信时间、拒收计数',
  access: 'device.read',
  query: pageQuery.extend({ search: z.string().max(50).optional() }),
  reply: pageOf(device),
});

export const getDevice = route({
  method: 'GET',
  path: '/api/v1/devices/:id',
  room: 'monitoring',
  summary: '一台设备：因子对照、接入设置、用过的宽限、能下发什么；密码与密钥只写不读',
  access: 'device.read',
  params: idParams,
  reply: deviceDetail,
});

export const changeDevice = route({
  method: 'PUT',
  path: '/api/v1/devices/:id',
  room: 'monitoring',
  summary: '改因子对照与接入设置；下一包起按新的收。密码、密钥不给就不动，给 null 就删去',
  access: 'device.manage',
  params: idParams,
  body: z.object({ points: factorMap, settings: changedSettings, takeOver }),
  reply: deviceDetail,
});

export const listQuarantine = route({
  method: 'GET',
  path: '/api/v1/quarantine',
  room: 'monitoring',
  summary: '隔离区：说话了但没有登记的设备',
  access: 'device.read',
  query: pageQuery,
  reply: pageOf(quarantined),
});

export const openReplaySession = route({
  method: 'POST',
  path: '/api/v1/replay-sessions',
  room: 'monitoring',
  summary: '为一组设备开回放会话：时钟随录制数据走，数据标记“回放”',
  access: 'replay.run',
  body: z.object({
    name: z.string().min(1).max(200),
    /** Device codes that play in it; `http` devices are named by the code of the device their points hang on. */
    devices: z.array(z.string().max(100)).min(1).max(5000),
  }),
  reply: replaySession,
  status: 201,
});

export const endReplaySession = route({
  method: 'DELETE',
  path: '/api/v1/replay-sessions/:id',
  room: 'monitoring',
  summary: '结束回放会话：设备回到现实时钟，会话里仍生效的预警按“回放结束”恢复',
  access: 'replay.run',
  params: idParams,
  reply: replaySession,
});

export const listReplaySessions = route({
  method: 'GET',
  path: '/api/v1/replay-sessions',
  room: 'monitoring',
  summary: '回放会话',
  access: 'map.read',
  query: pageQuery,
  reply: pageOf(replaySession),
});
