import { idParams, moment, pageOf, pageQuery, route } from '#contract/http';
import { z } from 'zod';

import { boundDevice, ownSession, token, TOKEN_KINDS } from './session-shapes.ts';
import { session } from './shapes.ts';

const password = z.string().min(1).max(200);
/** Six digits of the authenticator, or a recovery code. */
const code = z.string().min(1).max(20);
const opened = session.extend({ token: z.string() });

export const signIn = route({
  method: 'POST',
  path: '/api/v1/session',
  room: 'platform',
  summary: '登录。返回令牌并设置会话 Cookie',
  access: 'public',
  body: z.object({ username: z.string().min(1).max(100), password, otp: z.string().max(20).optional() }),
  reply: opened,
});

export const getSession = route({
  method: 'GET',
  path: '/api/v1/session',
  room: 'platform',
  summary: '当前会话：我是谁、能做什么、还欠什么（改密、两步验证）',
  access: 'session',
  owing: ['password', 'second-factor'],
  reply: session,
});

export const signOut = route({
  method: 'DELETE',
  path: '/api/v1/session',
  room: 'platform',
  summary: '退出登录',
  access: 'session',
  owing: ['password', 'second-factor'],
  reply: z.null(),
  status: 204,
});

export const changePassword = route({
  method: 'POST',
  path: '/api/v1/session/password',
  room: 'platform',
  summary: '修改本人密码。其他会话和绑定的手机随之失效',
  access: 'session',
  owing: ['password', 'second-factor'],
  body: z.object({ current: password, next: password }),
  reply: z.null(),
  status: 204,
});

export const beginTotp = route({
  method: 'POST',
  path: '/api/v1/session/totp',
  room: 'platform',
  summary: '启用两步验证的第一步：取得密钥（只显示这一次）',
  access: 'session',
  owing: ['second-factor'],
  reply: z.object({ secret: z.string(), uri: z.string(), expiresAt: z.number() }),
});

export const confirmTotp = route({
  method: 'PUT',
  path: '/api/v1/session/totp',
  room: 'platform',
  summary: '启用两步验证的第二步：用验证码确认。返回 8 个恢复码（只显示这一次）',
  access: 'session',
  owing: ['second-factor'],
  body: z.object({ code }),
  reply: z.object({ recoveryCodes: z.array(z.string()) }),
});

export const removeTotp = route({
  method: 'POST',
  path: '/api/v1/session/totp/removal',
  room: 'platform',
  summary: '停用两步验证（换手机时）：需要密码和验证码或恢复码',
  access: 'session',
  body: z.object({ password, code }),
  reply: z.null(),
  status: 204,
});

export const getBoundDevice = route({
  method: 'GET',
  path: '/api/v1/session/device',
  room: 'platform',
  summary: '这台手机是否已绑定：登录页据此给出 PIN 键盘',
  access: 'public',
  reply: z.object({ bound: z.boolean(), name: z.string(), person: z.string() }),
});

export const bindDevice = route({
  method: 'POST',
  path: '/api/v1/session/device',
  room: 'platform',
  summary: '绑定这台手机，以后用 PIN 登录（处置人员、居村处置、街镇值守）',
  access: 'session',
  owing: ['second-factor'],
  body: z.object({ name: z.string().trim().min(1).max(50), pin: z.string().max(20) }),
  reply: boundDevice,
  status: 201,
});

export const signInWithPin = route({
  method: 'POST',
  path: '/api/v1/session/pin',
  room: 'platform',
  summary: '在已绑定的手机上用 PIN 登录',
  access: 'public',
  body: z.object({ pin: z.string().min(1).max(20) }),
  reply: opened,
});

export const listSessions = route({
  method: 'GET',
  path: '/api/v1/sessions',
  room: 'platform',
  summary: '本人的会话和绑定的手机',
  access: 'session',
  reply: z.object({ items: z.array(ownSession), devices: z.array(boundDevice) }),
});

export const endSession = route({
  method: 'DELETE',
  path: '/api/v1/sessions/:id',
  room: 'platform',
  summary: '结束本人的一个会话，立即生效',
  access: 'session',
  params: idParams,
  reply: z.null(),
  status: 204,
});

export const endOtherSessions = route({
  method: 'DELETE',
  path: '/api/v1/sessions',
  room: 'platform',
  summary: '结束本人除这一个以外的所有会话，立即生效',
  access: 'session',
  reply: z.object({ ended: z.number().int() }),
});

export const endBoundDevice = route({
  method: 'DELETE',
  path: '/api/v1/bound-devices/:id',
  room: 'platform',
  summary: '解除一台手机的绑定，它上面的会话立即结束',
  access: 'session',
  params: idParams,
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
    kind: z.enum(TOKEN_KINDS),
    /** The device a `device` token belongs to. */
    device: z.string().max(100).optional(),
    /** A `gateway` token may be narrowed to a platform … */
    platform: z.string().max(40).optional(),
    /** … or to some scenarios. */
    scenarios: z.array(z.string().max(20)).min(1).max(17).optional(),
    expiresAt: moment.optional(),
  }),
  reply: z.object({ id: z.number().int(), token: z.string() }),
  status: 201,
});

export const listTokens = route({
  method: 'GET',
  path: '/api/v1/tokens',
  room: 'platform',
  summary: '令牌：本人签发的，和管辖范围内的账号签发的',
  access: 'token.issue',
  query: pageQuery.extend({ mine: z.enum(['true', 'false']).default('false') }),
  reply: pageOf(token),
});

export const rotateToken = route({
  method: 'POST',
  path: '/api/v1/tokens/:id/rotate',
  room: 'platform',
  summary: '换发令牌：新令牌只显示这一次，旧的在宽限期（10 分钟至 24 小时）后失效',
  access: 'token.issue',
  params: idParams,
  body: z.object({ graceMinutes: z.number().int().min(10).max(1440).default(60) }),
  reply: z.object({ id: z.number().int(), token: z.string(), oldExpiresAt: z.number() }),
  status: 201,
});

export const revokeToken = route({
  method: 'DELETE',
  path: '/api/v1/tokens/:id',
  room: 'platform',
  summary: '吊销令牌，立即生效',
  access: 'token.issue',
  params: idParams,
  reply: z.null(),
  status: 204,
});
