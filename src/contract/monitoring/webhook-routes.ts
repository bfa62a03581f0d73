import { idParams, pageOf, pageQuery, route } from '#contract/http';
import { z } from 'zod';

const room = 'monitoring';
const WEBHOOKS = '/api/v1/webhooks';
const text = (most: number) => z.string().trim().min(1).max(most);

/** Secrets and data go out: in clear only where they do not leave the machine; no name and password in the address. */
const SAFE_TARGET =
  /^(?:https:\/\/[^@/?#\s]+|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?)(?:[/?#]\S*)?$/iu;

const target = z.url().max(500).regex(SAFE_TARGET, '须是 https 地址（http 只允许本机），不带用户名密码');

export const webhook = z.object({
  id: z.number().int(),
  name: z.string(),
  platform: z.object({ code: z.string(), name: z.string() }),
  url: z.string(),
  grant: z.object({ id: z.number().int(), unit: z.string(), item: z.string() }).nullable(),
  warnings: z.boolean(),
  waiting: z.number().int(),
  dead: z.number().int(),
  lastDeliveredAt: z.number().nullable(),
  /** Why the oldest that waits has not been taken. */
  failure: z.string().nullable(),
  createdBy: z.string(),
  pausedAt: z.number().nullable(),
  /** Null where it stands still by itself, after days in which nothing was taken. */
  pausedBy: z.string().nullable(),
  pauseReason: z.string().nullable(),
});
export type Webhook = z.infer<typeof webhook>;

export const webhookDelivery = z.object({
  id: z.number().int(),
  messageId: z.string(),
  kind: z.enum(['readings', 'warning']),
  readings: z.number().int(),
  createdAt: z.number(),
  state: z.enum(['waiting', 'delivered', 'dead']),
  attempts: z.number().int(),
  nextAt: z.number().nullable(),
  triedAt: z.number().nullable(),
  failure: z.string().nullable(),
});
export type WebhookDelivery = z.infer<typeof webhookDelivery>;

export const listWebhooks = route({
  method: 'GET',
  path: WEBHOOKS,
  room,
  summary: '数据推送：推给谁、推什么、积压与失败',
  access: 'sharing.manage',
  query: pageQuery,
  reply: pageOf(webhook),
});

export const createWebhook = route({
  method: 'POST',
  path: WEBHOOKS,
  room,
  summary: '新建数据推送：一项授权的读数、预警，或两者；签名密钥只显示这一次',
  access: 'sharing.manage',
  body: z
    .object({
      name: text(100),
      platform: text(100),
      url: target,
      grant: z.number().int().positive().optional(),
      warnings: z.boolean(),
    })
    .refine(({ grant, warnings }) => grant !== undefined || warnings, '读数的授权与预警至少要一样'),
  reply: z.object({ id: z.number().int(), secret: z.string() }),
  status: 201,
});

export const removeWebhook = route({
  method: 'DELETE',
  path: `${WEBHOOKS}/:id`,
  room,
  summary: '停止一个数据推送；没有送出的不再送',
  access: 'sharing.manage',
  params: idParams,
  reply: z.object({ removed: z.boolean() }),
});

export const pauseWebhook = route({
  method: 'POST',
  path: `${WEBHOOKS}/:id/pause`,
  room,
  summary: '暂停一个数据推送：不再送，读数不再排队，预警留着等',
  access: 'sharing.manage',
  params: idParams,
  body: z.object({ note: text(200).optional() }),
  reply: webhook,
});

export const resumeWebhook = route({
  method: 'POST',
  path: `${WEBHOOKS}/:id/resume`,
  room,
  summary: '恢复一个数据推送：先送等着的，读数最多补送最近一天',
  access: 'sharing.manage',
  params: idParams,
  reply: webhook,
});

export const listWebhookDeliveries = route({
  method: 'GET',
  path: `${WEBHOOKS}/:id/deliveries`,
  room,
  summary: '一个数据推送的投递，新的在前',
  access: 'sharing.manage',
  params: idParams,
  query: pageQuery,
  reply: pageOf(webhookDelivery),
});

export const resendDelivery = route({
  method: 'POST',
  path: '/api/v1/webhook-deliveries/:id/resend',
  room,
  summary: '重新投递：没有送成的从头再试；编号不变，对方据此去重',
  access: 'sharing.manage',
  params: idParams,
  reply: webhookDelivery,
});
