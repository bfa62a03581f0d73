import { idParams, pageOf, pageQuery, route } from '#contract/http';
import { INTAKE_AUTHS, INTAKE_KINDS } from '#model/monitoring';
import { z } from 'zod';

import {
  intakeKind,
  intakeMessage,
  intakeSettings,
  intakeSource,
  network,
  pushed,
  savedIntakeSource,
  videoMapping,
  videoPreset,
} from './intake-shapes.ts';

const sourceCode = z.string().regex(/^[a-z0-9][a-z0-9-]{1,58}[a-z0-9]$/u, '须为 3–60 个小写字母、数字和短横');

export const push = route({
  method: 'POST',
  path: '/ingest/:kind/:source',
  room: 'monitoring',
  summary:
    '接入源推送：凭接入源自己的密钥（地址令牌、请求头、HMAC 或 OneNET 签名）和来源地址，不需要会话。落盘后才回 200；读不懂的内容计数，不回错误',
  access: 'public',
  params: z.object({ kind: z.enum(INTAKE_KINDS), source: z.string().min(1).max(60) }),
  query: z.object({ token: z.string().max(300).optional() }),
  rawBody: {
    types: [
      'application/json',
      'application/xml',
      'text/xml',
      'text/plain',
      'application/octet-stream',
      'multipart/form-data',
      'multipart/mixed',
    ],
    limitBytes: 10_000_000,
  },
  reply: pushed,
});

export const verifyOnenet = route({
  method: 'GET',
  path: '/ingest/onenet/:source',
  room: 'monitoring',
  summary: 'OneNET 保存推送地址时的验证：签名相符就原样回 msg',
  access: 'public',
  params: z.object({ source: z.string().min(1).max(60) }),
  query: z.object({
    msg: z.string().max(500),
    nonce: z.string().max(200),
    signature: z.string().max(200),
  }),
  reply: z.string(),
});

export const listIntakeSources = route({
  method: 'GET',
  path: '/api/v1/intake-sources',
  room: 'monitoring',
  summary: '接入源：收下多少、拒收多少和原因、未分类的类别',
  access: 'device.read',
  query: pageQuery.extend({ kind: z.enum(INTAKE_KINDS).optional(), search: z.string().max(50).optional() }),
  reply: pageOf(intakeSource),
});

export const createIntakeSource = route({
  method: 'POST',
  path: '/api/v1/intake-sources',
  room: 'monitoring',
  summary:
    '登记接入源；密钥由平台生成，只在回复里出现一次。要用对方给定的密钥（如 OneNET 的 token），写在 secret',
  access: 'device.manage',
  body: z.object({
    code: sourceCode,
    kind: z.enum(INTAKE_KINDS),
    name: z.string().min(1).max(60),
    platform: z.string().min(1).max(40),
    auth: z.enum(INTAKE_AUTHS),
    secret: z.string().min(8).max(200).optional(),
    addresses: z.array(network).max(50).default([]),
    settings: intakeSettings.default({}),
    simulated: z.boolean().default(false),
  }),
  reply: savedIntakeSource,
  status: 201,
});

export const updateIntakeSource = route({
  method: 'PUT',
  path: '/api/v1/intake-sources/:id',
  room: 'monitoring',
  summary: '修改接入源；renew 换一个密钥，旧的立即失效',
  access: 'device.manage',
  params: idParams,
  body: z.object({
    version: z.number().int(),
    name: z.string().min(1).max(60),
    auth: z.enum(INTAKE_AUTHS),
    renew: z.boolean().default(false),
    secret: z.string().min(8).max(200).optional(),
    addresses: z.array(network).max(50),
    settings: intakeSettings,
    enabled: z.boolean(),
  }),
  reply: savedIntakeSource,
});

export const listIntakeKinds = route({
  method: 'GET',
  path: '/api/v1/intake-sources/:id/kinds',
  room: 'monitoring',
  summary: '视频接入源的类别对照：每个类别是哪个监测要素；没有对照的是未分类',
  access: 'device.read',
  params: idParams,
  reply: z.object({ items: z.array(intakeKind) }),
});

export const putIntakeKinds = route({
  method: 'PUT',
  path: '/api/v1/intake-sources/:id/kinds',
  room: 'monitoring',
  summary: '写类别对照。suspectedValue 为空：人工核实后才进读数；有值：识别到就把这个值写进读数',
  access: 'device.manage',
  params: idParams,
  body: z.object({
    kinds: z
      .array(
        z.object({
          kind: z.string().min(1).max(200),
          name: z.string().max(60).nullable().default(null),
          element: z.string().max(60).nullable(),
          suspectedValue: z.number().nullable().default(null),
          confirmedValue: z.number().default(1),
        }),
      )
      .max(500),
  }),
  reply: z.object({ items: z.array(intakeKind) }),
});

export const listIntakeMessages = route({
  method: 'GET',
  path: '/api/v1/intake-sources/:id/messages',
  room: 'monitoring',
  summary: '原样留下的报文，新的在前；留 30 天',
  access: 'device.read',
  params: idParams,
  query: pageQuery,
  reply: pageOf(intakeMessage),
});

export const listVideoPresets = route({
  method: 'GET',
  path: '/api/v1/video-presets',
  room: 'monitoring',
  summary: '视频智能识别的取值表样板',
  access: 'device.read',
  reply: z.object({ items: z.array(videoPreset) }),
});

export const tryMapping = route({
  method: 'POST',
  path: '/api/v1/video-presets/try',
  room: 'monitoring',
  summary: '拿一份推送样例试取值表：读出什么，或为什么读不出',
  access: 'device.manage',
  body: z.object({ mapping: videoMapping, sample: z.string().min(1).max(500_000) }),
  reply: z.object({
    outcome: z.enum(['events', 'heartbeat', 'fault']),
    /** Why nothing was read. */
    reason: z.string().nullable(),
    events: z.array(
      z.object({
        camera: z.string(),
        kind: z.string(),
        kindName: z.string().nullable(),
        eventId: z.string().nullable(),
        at: z.number().nullable(),
        confidence: z.number().nullable(),
        hasImage: z.boolean(),
        ended: z.boolean(),
      }),
    ),
  }),
});
