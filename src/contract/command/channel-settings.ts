import type { ChannelKind } from '#model/command';
import { z } from 'zod';

/** Secrets and people's accounts go out: in clear only where they do not leave the machine; no name and password in the address. */
const SAFE_TARGET =
  /^(?:https:\/\/[^@/?#\s]+|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?)(?:[/?#]\S*)?$/iu;

const target = z.url().max(500).regex(SAFE_TARGET, '须是 https 地址（http 只允许本机），不带用户名密码');
const text = (most: number) => z.string().trim().min(1).max(most);
/** The CA of a private deployment (政务微信), PEM; absent: the machine's own. */
const ca = z.string().max(20_000).startsWith('-----BEGIN CERTIFICATE-----', '须是 PEM 证书').optional();

/** Callbacks of WeCom and DingTalk: token and EncodingAESKey of the console. */
const callback = {
  callbackToken: text(64).optional(),
  callbackKey: z
    .string()
    .regex(/^[A-Za-z0-9]{43}$/u, '须是 43 位字母和数字（EncodingAESKey）')
    .optional(),
};

/** Where in an answer, as a JSON pointer (RFC 6901), and what stands there; numbers are compared as they are written. */
const found = z.object({
  pointer: z
    .string()
    .max(200)
    .regex(/^(?:\/[^/]*)+$/u, '须是 JSON 指针，例：/result/code'),
  equals: z.array(text(100)).min(1).max(20),
});

/**
 * A provider of SMS, calls or flash messages by HTTP. In `url`, `headers` and `body` stand `{phone}`, `{text}`, `{title}`, `{link}`,
 * `{id}`, `{seconds}` and `{secret}`, written as the content type asks for.
 */
const gateway = {
  url: z.string().max(1000).regex(SAFE_TARGET, '须是 https 地址（http 只允许本机），不带用户名密码'),
  method: z.enum(['POST', 'PUT', 'GET']).default('POST'),
  contentType: z.enum(['json', 'form', 'text']).default('json'),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,60}$/u), z.string().max(500)).default({}),
  body: z.string().max(4000).default(''),
  secret: text(500).optional(),
  /** Absent: any 2xx is a success. */
  success: found.optional(),
  /** Where the answer gives the message's number, by which receipts come back. */
  idPointer: z.string().max(200).optional(),
  /** Codes (at `success.pointer`) that mean “too fast”, and those that will not change by trying again. */
  limited: z.array(text(100)).max(50).default([]),
  forGood: z.array(text(100)).max(50).default([]),
  /** Signs what the provider tells afterwards; absent: nothing is taken. */
  receiptSecret: z.string().min(16, '至少 16 个字符').max(200).optional(),
};

const SETTINGS = {
  wecom: z.object({
    kind: z.literal('wecom'),
    /** Of a private deployment (政务微信) its own. */
    baseUrl: target.default('https://qyapi.weixin.qq.com'),
    ca,
    corpId: text(100),
    agentId: z.coerce.number().int().positive(),
    secret: text(200),
    ...callback,
  }),
  'wecom-robot': z.object({
    kind: z.literal('wecom-robot'),
    baseUrl: target.default('https://qyapi.weixin.qq.com'),
    ca,
    key: text(200),
  }),
  dingtalk: z.object({
    kind: z.literal('dingtalk'),
    baseUrl: target.default('https://oapi.dingtalk.com'),
    ca,
    appKey: text(100),
    agentId: z.coerce.number().int().positive(),
    appSecret: text(200),
    ...callback,
  }),
  'dingtalk-robot': z.object({
    kind: z.literal('dingtalk-robot'),
    baseUrl: target.default('https://oapi.dingtalk.com'),
    ca,
    accessToken: text(200),
    secret: text(200),
  }),
  sms: z.object({ kind: z.literal('sms'), ...gateway }),
  voice: z.object({ kind: z.literal('voice'), ...gateway }),
  flash: z.object({ kind: z.literal('flash'), ...gateway }),
  mail: z.object({
    kind: z.literal('mail'),
    host: text(200),
    port: z.coerce.number().int().min(1).max(65_535),
    /** `none` only where it does not leave the machine. */
    security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
    ca,
    username: text(200).optional(),
    password: text(200).optional(),
    from: text(200),
  }),
  webhook: z.object({
    kind: z.literal('webhook'),
    url: target,
    secret: z.string().regex(/^whsec_[A-Za-z0-9+/=]{32,}$/u, '须是 whsec_ 开头的密钥'),
  }),
  'web-push': z.object({
    kind: z.literal('web-push'),
    /** Whom a push service may call: `mailto:` or https. */
    subject: z.string().regex(/^(?:mailto:\S+@\S+|https:\/\/\S+)$/u, '须是 mailto: 或 https 地址'),
    publicKey: text(200),
    privateKey: text(200),
  }),
} as const satisfies Record<ChannelKind, z.ZodType>;

/** How a channel reaches its provider; what {@link CHANNEL_SECRETS} names is sealed and never told again. */
export const channelSettings = z.discriminatedUnion('kind', [
  SETTINGS.wecom,
  SETTINGS['wecom-robot'],
  SETTINGS.dingtalk,
  SETTINGS['dingtalk-robot'],
  SETTINGS.sms,
  SETTINGS.voice,
  SETTINGS.flash,
  SETTINGS.mail,
  SETTINGS.webhook,
  SETTINGS['web-push'],
]);
export type ChannelSettings = z.output<typeof channelSettings>;
export type SettingsOf<K extends ChannelKind> = Extract<ChannelSettings, { readonly kind: K }>;

const GATEWAY_SECRETS = ['secret', 'headers', 'receiptSecret'] as const;

/** The fields of each kind that are secrets. */
export const CHANNEL_SECRETS: Readonly<Record<ChannelKind, readonly string[]>> = {
  wecom: ['secret', 'callbackToken', 'callbackKey'],
  'wecom-robot': ['key'],
  dingtalk: ['appSecret', 'callbackToken', 'callbackKey'],
  'dingtalk-robot': ['accessToken', 'secret'],
  sms: GATEWAY_SECRETS,
  voice: GATEWAY_SECRETS,
  flash: GATEWAY_SECRETS,
  mail: ['password'],
  webhook: ['secret'],
  'web-push': ['privateKey'],
};
