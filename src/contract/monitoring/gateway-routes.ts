import { idParams, route } from '#contract/http';
import { z } from 'zod';

import { gateway, gatewayLimits, gatewayProtocol, gatewaySession } from './gateway-shapes.ts';

const name = z.string().trim().min(1).max(100);
const port = z.number().int().min(1).max(65_535);

export const listGateways = route({
  method: 'GET',
  path: '/api/v1/gateways',
  room: 'monitoring',
  summary: '接入网关：开关、端口、连接数、收到与拒收的报文',
  access: 'device.read',
  reply: z.object({ items: z.array(gateway) }),
});

export const openGateway = route({
  method: 'POST',
  path: '/api/v1/gateways',
  room: 'monitoring',
  summary: '为一个平台另开一个接入网关',
  access: 'device.manage',
  body: z.object({
    platform: z.string().min(1).max(100),
    protocol: gatewayProtocol,
    name,
    port,
    limits: gatewayLimits.default({}),
  }),
  reply: gateway,
  status: 201,
});

export const changeGateway = route({
  method: 'PUT',
  path: '/api/v1/gateways/:id',
  room: 'monitoring',
  summary: '开关网关，改名称、端口或上限；改端口或上限时现有连接断开，设备会重连',
  access: 'device.manage',
  params: idParams,
  /** `port` null: that of the settings; it cannot be given to, or taken from, a gateway. */
  body: z.object({ name, port: port.nullable(), enabled: z.boolean(), limits: gatewayLimits }),
  reply: gateway,
});

export const removeGateway = route({
  method: 'DELETE',
  path: '/api/v1/gateways/:id',
  room: 'monitoring',
  summary: '撤掉另开的网关；按设置开的那一个只能关，不能撤',
  access: 'device.manage',
  params: idParams,
  reply: z.object({ removed: z.boolean() }),
});

export const listGatewaySessions = route({
  method: 'GET',
  path: '/api/v1/gateways/:id/sessions',
  room: 'monitoring',
  summary: '一个网关上现在的连接，最近有报文的在前（最多 500 条）',
  access: 'device.read',
  params: idParams,
  reply: z.object({ items: z.array(gatewaySession), total: z.number().int() }),
});

export const cutGatewaySession = route({
  method: 'DELETE',
  path: '/api/v1/gateways/:id/sessions/:session',
  room: 'monitoring',
  summary: '断开一条连接',
  access: 'device.manage',
  params: idParams.extend({ session: z.coerce.number().int().positive() }),
  reply: z.object({ cut: z.boolean() }),
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const moment = z.number().int().min(0);
export const commandDevice = route({
  method: 'POST',
  path: '/api/v1/devices/:id/commands',
  room: 'monitoring',
  summary:
    '向设备下发：对时、查询实时、查询图片与人工置数、补招历史、设上报间隔、查岗、远程调用、重报出生证明、写指标；等它回答后才回',
  access: 'device.manage',
  params: idParams,
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('set-clock') }),
    z.object({ kind: z.literal('query-now') }),
    z.object({ kind: z.literal('query-picture') }),
    z.object({ kind: z.literal('query-text') }),
    z.object({
      kind: z.literal('back-fill'),
      from: moment,
      to: moment,
      period: z.enum(['minute', 'hour', 'day']),
    }),
    z.object({ kind: z.literal('set-interval'), seconds: z.number().int().min(30).max(3600) }),
    z.object({ kind: z.literal('duty-check'), minutes: z.number().int().min(1).max(255) }),
    z.object({
      kind: z.literal('rpc'),
      method: z.string().trim().min(1).max(100),
      params: z.string().max(4000).refine(isJson, '参数须是 JSON').default('{}'),
    }),
    z.object({ kind: z.literal('rebirth') }),
    z.object({
      kind: z.literal('write-metric'),
      metric: z.string().trim().min(1).max(200),
      value: z.number(),
    }),
  ]),
  reply: z.object({
    kind: z.enum(['done', 'refused', 'not-connected', 'timeout', 'unsupported']),
    /** 中文，说明结果与下一步。 */
    text: z.string(),
  }),
});
