import { idParams, pageOf, pageQuery, route } from '#contract/http';
import { NOTIFICATION_CAUSES, NOTIFICATION_STATES, NOTIFICATION_WAYS, PERSONAL_KINDS } from '#model/command';
import { LEVELS } from '#model/warning';
import { z } from 'zod';

import { channelSettings } from './channel-settings.ts';
import {
  channel,
  notification,
  notificationPreference,
  notificationTemplate,
} from './notification-shapes.ts';

const room = 'command';
const CHANNELS = '/api/v1/channels';
const name = z.string().trim().min(1).max(60);
const rate = z.number().int().min(1).max(6000);
const addressBy = z.enum(['username', 'phone']);

export const listChannels = route({
  method: 'GET',
  path: CHANNELS,
  room,
  summary: '通知通道：怎么接、状态、上次失败',
  access: 'channel.manage',
  query: pageQuery,
  reply: pageOf(channel),
});

export const createChannel = route({
  method: 'POST',
  path: CHANNELS,
  room,
  summary: '加通知通道。新通道默认演练发送，不真正发出',
  access: 'channel.manage',
  body: z.object({
    platform: z.string().min(1).max(40),
    name,
    settings: channelSettings,
    addressBy: addressBy.default('username'),
    ratePerMinute: rate.default(60),
    dryRun: z.boolean().default(true),
  }),
  reply: channel,
  status: 201,
});

export const updateChannel = route({
  method: 'PUT',
  path: `${CHANNELS}/:id`,
  room,
  summary: '改通知通道；没有填的密钥保持原样',
  access: 'channel.manage',
  params: idParams,
  body: z.object({
    name,
    /** What differs; a secret that is absent or empty stays as it is. */
    settings: z.record(z.string().max(40), z.unknown()).default({}),
    addressBy,
    ratePerMinute: rate,
    dryRun: z.boolean(),
    enabled: z.boolean(),
    version: z.number().int(),
  }),
  reply: channel,
});

export const removeChannel = route({
  method: 'DELETE',
  path: `${CHANNELS}/:id`,
  room,
  summary: '移除通知通道；还没有发出的改由其他通道',
  access: 'channel.manage',
  params: idParams,
  reply: z.object({ removed: z.boolean() }),
});

export const testChannel = route({
  method: 'POST',
  path: `${CHANNELS}/:id/test`,
  room,
  summary: '经这个通道给本人发一条测试消息；结果见通知记录',
  access: 'channel.manage',
  params: idParams,
  reply: z.object({ notification: z.number().int() }),
});

export const listNotifications = route({
  method: 'GET',
  path: '/api/v1/notifications',
  room,
  summary: '通知记录：通知了谁、经什么、何时、回执，新的在前',
  access: 'duty.read',
  query: pageQuery.extend({
    state: z.enum(NOTIFICATION_STATES).optional(),
    kind: z.enum(NOTIFICATION_WAYS).optional(),
  }),
  reply: pageOf(notification),
});

export const listOrderNotifications = route({
  method: 'GET',
  path: '/api/v1/work-orders/:id/notifications',
  room,
  summary: '一张工单的通知：谁、经什么、何时、回执',
  access: 'work-order.read',
  params: idParams,
  query: pageQuery,
  reply: pageOf(notification),
});

export const listMyNotifications = route({
  method: 'GET',
  path: '/api/v1/my-notifications',
  room,
  summary: '给我的通知，新的在前：站内的，或经各通道的及其回执；站内未读至多数到 100',
  access: 'session',
  query: pageQuery.extend({ by: z.enum(['in-app', 'channels']).default('in-app') }),
  reply: pageOf(notification).extend({ unread: z.number().int() }),
});

export const readMyNotifications = route({
  method: 'POST',
  path: '/api/v1/my-notifications/read',
  room,
  summary: '把到这一条为止的站内通知记为已读',
  access: 'session',
  body: z.object({ upTo: z.number().int().positive() }),
  reply: z.object({ read: z.number().int() }),
});

export const testMyNotification = route({
  method: 'POST',
  path: '/api/v1/my-notifications/test',
  room,
  summary: '经一种方式给本人发一条测试消息，每分钟至多一条；结果见我的通知',
  access: 'session',
  body: z.object({ kind: z.enum(PERSONAL_KINDS) }),
  reply: z.object({ notification: z.number().int() }),
});

export const getNotificationPreference = route({
  method: 'GET',
  path: '/api/v1/notification-preference',
  room,
  summary: '我的免打扰时段，和可以怎么通知到我：号码和账号只示掩码',
  access: 'session',
  reply: notificationPreference,
});

export const putNotificationPreference = route({
  method: 'PUT',
  path: '/api/v1/notification-preference',
  room,
  summary: '改我的免打扰时段、不要的方式和通道账号（改账号须密码）；红色和值班时不受限制',
  access: 'session',
  body: z.object({
    quiet: notificationPreference.shape.quiet,
    /** By which what is not red is not told to me; absent: as it was. */
    muted: z.array(z.enum(PERSONAL_KINDS)).optional(),
    /** By kind; an empty text removes it, what is absent stays. A phone number is the account's. */
    addresses: z
      .partialRecord(z.enum(['wecom', 'dingtalk', 'mail', 'web-push']), z.string().trim().max(2000))
      .default({}),
    /** One's own: whoever found the screen open shall not turn warnings elsewhere. A browser's own subscription needs none. */
    password: z.string().max(200).optional(),
  }),
  reply: notificationPreference,
});

const templateParams = z.object({
  cause: z.enum(NOTIFICATION_CAUSES),
  level: z.enum(['all', ...LEVELS]),
});
const words = z.object({ title: z.string().trim().min(1).max(60), text: z.string().trim().min(1).max(500) });

export const listNotificationTemplates = route({
  method: 'GET',
  path: '/api/v1/notification-templates',
  room,
  summary: '通知模板：每种事由的缺省文字，和改过的',
  access: 'duty.read',
  reply: z.object({
    items: z.array(notificationTemplate),
    /** What a template may name, with an example of each. */
    fields: z.record(z.string(), z.string()),
    mayEdit: z.boolean(),
  }),
});

export const putNotificationTemplate = route({
  method: 'PUT',
  path: '/api/v1/notification-templates/:cause/:level',
  room,
  summary: '改一种事由（一个等级或 all）的文字；全区一套',
  access: 'channel.manage',
  params: templateParams,
  body: words,
  reply: notificationTemplate,
});

export const resetNotificationTemplate = route({
  method: 'DELETE',
  path: '/api/v1/notification-templates/:cause/:level',
  room,
  summary: '恢复缺省文字',
  access: 'channel.manage',
  params: templateParams,
  reply: z.object({ removed: z.boolean() }),
});

const receipts = {
  path: '/api/v1/notification-receipts/:id',
  room,
  access: 'public',
  params: idParams,
  query: z.record(z.string(), z.string().max(4000)),
  reply: z.unknown(),
} as const;

export const takeReceipts = route({
  ...receipts,
  method: 'POST',
  summary: '服务商回执：送达、已读、回复（回复 1 或按键 1 即接单）。按通道的签名核验',
  rawBody: {
    types: [
      'application/json',
      'text/xml',
      'application/xml',
      'text/plain',
      'application/x-www-form-urlencoded',
    ],
    limitBytes: 64 * 1024,
  },
});

export const verifyReceipts = route({
  ...receipts,
  method: 'GET',
  summary: '服务商核验回执地址（政务微信登记回调时）',
});
