import { z } from 'zod';

import { device } from './shapes.ts';

/** Which point each factor of a device is written to. */
export const factorMap = z
  .array(
    z.object({
      factor: z.string().min(1).max(100),
      point: z.string().min(1).max(200),
      /** The stored value is sent × scale + offset, in the element's unit. */
      scale: z.number().default(1),
      offset: z.number().default(0),
    }),
  )
  .max(2000);

const HOST = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*|[\da-f]*:[\da-f:.]+)$/iu;

/** Where a Modbus TCP device is asked, and how often; times in ms. A unit of 255 is the device itself, with no serial line behind it. */
const modbus = z
  .object({
    host: z.string().trim().max(253).regex(HOST, '须是主机名或 IP 地址'),
    port: z.number().int().min(1).max(65_535).default(502),
    unit: z
      .number()
      .int()
      .min(0)
      .max(255)
      .refine((unit) => unit <= 247 || unit === 255, '须是 0–247 或 255')
      .default(1),
    periodMs: z.number().int().min(1000).max(86_400_000).default(10_000),
    timeoutMs: z.number().int().min(100).max(60_000).default(3000),
  })
  .strict();

/** HJ 212-2025 的密文数据区；密钥只写不读。 */
const cipher = z.object({
  key: z.string().regex(/^[0-9a-f]{32}$/iu, '密钥须为 32 位十六进制'),
  text: z.enum(['hex', 'base64']),
  padding: z.enum(['none', 'pkcs7']),
});
const password = z.string().max(20);

/** Passwords, and the deviations from its standard that are allowed for one device. */
export const deviceSettings = z
  .object({
    password: password.optional(),
    crc: z.enum(['hj212', 'modbus', 'modbus-swapped']).optional(),
    length: z.enum(['strict', 'by-crc']).optional(),
    numbers: z.enum(['strict', 'text']).optional(),
    via: z.string().min(1).max(100).optional(),
    cipher: cipher.optional(),
    surplus: z.enum(['refuse', 'ignore']).optional(),
    ends: z.enum(['strict', 'any']).optional(),
    afterAnswer: z.enum(['stay', 'leave']).optional(),
    modbus: modbus.optional(),
  })
  .strict();

export const COMMAND_KINDS = [
  'set-clock',
  'query-now',
  'query-picture',
  'query-text',
  'back-fill',
  'set-interval',
  'duty-check',
  'rpc',
  'rebirth',
  'write-metric',
] as const;

/** The same for a device that is there: a secret that is not given stays, null takes it away. */
export const changedSettings = deviceSettings.extend({
  password: password.nullable().optional(),
  cipher: cipher.nullable().optional(),
});

/** One device with all that is kept of it. */
export const deviceDetail = device.extend({
  factors: z.array(
    z.object({
      factor: z.string(),
      point: z.string(),
      objectName: z.string(),
      elementName: z.string(),
      unit: z.string(),
      scale: z.number(),
      offset: z.number(),
    }),
  ),
  /** Secrets show as `***`. */
  settings: z.record(z.string(), z.unknown()),
  /** Allowed deviations that were made use of. */
  leniencies: z.array(z.object({ leniency: z.string(), text: z.string(), count: z.number().int() })),
  /** What its protocol can be asked. */
  commands: z.array(z.enum(COMMAND_KINDS)),
  allowedActions: z.array(z.enum(['change', 'command'])),
});
export type DeviceDetail = z.infer<typeof deviceDetail>;
