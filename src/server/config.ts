import { isIP } from 'node:net';
import path from 'node:path';

import { issueWords } from '#base';
import { isTopicTemplate, type OutsideBroker } from '#gateways/mqtt';
import type { IdentitySettings } from '#services/platform';
import { z } from 'zod';

// What is wrong with a setting or a request is said in Chinese.
z.config(issueWords());

const port = (preset: number) => z.coerce.number().int().min(0).max(65_535).default(preset);

/** Every setting with its default; see README. Port 0 takes any free one. */
const SETTINGS = z.object({
  PUAN_HTTP_PORT: port(8080),
  PUAN_HJ212_PORT: port(8212),
  PUAN_SL651_PORT: port(8651),
  /** TCP and UDP. */
  PUAN_GB26875_PORT: port(8268),
  PUAN_MQTT_PORT: port(1883),
  /** Only with a certificate. */
  PUAN_MQTT_TLS_PORT: port(8883),
  /** A broker outside whose telemetry is read, too: `mqtt://user:password@host:1883`. */
  PUAN_MQTT_BROKER: z
    .url()
    .regex(/^mqtts?:\/\//u, '须以 mqtt:// 或 mqtts:// 开头')
    .optional(),
  PUAN_MQTT_BROKER_TOPIC: z
    .string()
    .refine(
      (text) => isTopicTemplate(text),
      '须恰有一层是 {device}，不带 + 或 #，例：city/{device}/telemetry',
    )
    .default('devices/{device}/telemetry'),
  PUAN_MQTT_BROKER_VERSION: z.enum(['5', '3.1.1']).default('5'),
  PUAN_BIND: z.string().min(1).default('127.0.0.1'),
  PUAN_DATA_DIR: z.string().min(1).default('.puan'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//u, '须以 postgres:// 开头')
    .optional(),
  /** Where backups go; absent: `<data folder>/backups`, and none is made by itself. */
  PUAN_BACKUP_DIR: z.string().min(1).optional(),
  /** Daily backups that are kept. */
  PUAN_BACKUP_KEEP: z.coerce.number().int().min(1).max(365).default(7),
  /** Seals the vault's key into backups. */
  PUAN_BACKUP_PASSPHRASE: z.string().min(12, '至少 12 个字符').optional(),
  PUAN_BOOTSTRAP_PASSWORD: z.string().min(8, '至少 8 个字符').optional(),
  PUAN_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  /** `off` keeps the sample accounts but starts no simulated devices. */
  PUAN_SIMULATOR: z.enum(['on', 'off']).default('on'),
  /** `off` tests chains on demand only, not every day by itself. */
  PUAN_CHAIN_TESTS: z.enum(['on', 'off']).default('on'),
  PUAN_TLS_CERT: z.string().optional(),
  PUAN_TLS_KEY: z.string().optional(),
  PUAN_PUBLIC_URL: z.url().optional(),
  /** Addresses inside the house that webhooks may call; none unless told. */
  PUAN_WEBHOOK_INSIDE: z
    .string()
    .refine((text) => text.split(',').every(isNetwork), '须是地址或网段（10.1.2.3、10.1.0.0/16），以逗号分开')
    .transform((text) => text.split(','))
    .default([]),
  PUAN_TRUSTED_PROXY: z.string().optional(),
  /** Systems in whose pages 我的待办 of villages and towns may stand; none unless told. */
  PUAN_FRAME_ANCESTORS: z
    .string()
    .refine(
      (text) => text.split(',').every((one) => /^https:\/\/[a-z0-9.-]+(?::\d{1,5})?$/u.test(one)),
      '须是 https 来源（https://ywtg.example.cn），以逗号分开，不带路径和通配符',
    )
    .transform((text) => text.split(','))
    .default([]),
  /** Sign-in through the city operation centre: these three together or none. */
  PUAN_OIDC_ISSUER: z
    .url()
    .refine((text) => isIssuer(text), '须是 https 地址，不带参数（http 只允许本机）')
    .optional(),
  PUAN_OIDC_CLIENT_ID: z.string().min(1).max(200).optional(),
  PUAN_OIDC_CLIENT_SECRET: z.string().min(8, '至少 8 个字符').optional(),
  PUAN_OIDC_NAME: z.string().min(1).max(20).default('城运平台'),
  PUAN_OIDC_SCOPE: z
    .string()
    .regex(/(^| )openid( |$)/u, '须含 openid，各项以空格分开')
    .default('openid profile'),
});
const OIDC = ['PUAN_OIDC_ISSUER', 'PUAN_OIDC_CLIENT_ID', 'PUAN_OIDC_CLIENT_SECRET'] as const;

export interface Config {
  readonly httpPort: number;
  /** Ports of the gateways that every Puan has. */
  readonly gatewayPorts: Readonly<Record<'hj212' | 'sl651' | 'gb26875' | 'mqtt', number>>;
  readonly mqttTlsPort: number;
  readonly mqttBroker: OutsideBroker | undefined;
  readonly bind: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly backup: {
    readonly folder: string;
    /** Whether one is made each day. */
    readonly daily: boolean;
    readonly keep: number;
    readonly passphrase: string | undefined;
  };
  readonly bootstrapPassword: string | undefined;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly publicUrl: string | undefined;
  /** Addresses and networks inside that webhooks may call. */
  readonly webhookInside: readonly string[];
  readonly trustedProxy: string | undefined;
  /** Origins in whose pages 我的待办 may stand. */
  readonly frameAncestors: readonly string[];
  /** The identity provider of towns and villages; undefined: local accounts only. */
  readonly identity: IdentitySettings | undefined;
  /** No sample objects, people or simulated devices. */
  readonly empty: boolean;
  readonly simulator: boolean;
  /** Daily chain tests and nightly reconciliations by themselves. */
  readonly chainTests: boolean;
}

/** Settings that cannot be used, all of them, each with its name. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Settings that only make sense together. */
function togetherFaults(given: Readonly<Record<string, string | undefined>>): readonly string[] {
  const faults: string[] = [];
  if ((given['PUAN_TLS_CERT'] === undefined) !== (given['PUAN_TLS_KEY'] === undefined))
    faults.push('PUAN_TLS_CERT 与 PUAN_TLS_KEY：要么都给，要么都不给');
  const isSecure = given['PUAN_TLS_CERT'] !== undefined || given['PUAN_PUBLIC_URL']?.startsWith('https:');
  if (given['PUAN_FRAME_ANCESTORS'] !== undefined && isSecure !== true)
    faults.push(
      'PUAN_FRAME_ANCESTORS：嵌进别的系统须用 https（设 PUAN_TLS_CERT，或 https 的 PUAN_PUBLIC_URL）',
    );
  const missing = OIDC.filter((name) => given[name] === undefined);
  if (missing.length > 0 && missing.length < OIDC.length)
    faults.push(`${OIDC.join('、')}：要么都给，要么都不给（缺 ${missing.join('、')}）`);
  return faults;
}

/** Reads the environment once. Throws a {@link ConfigError} naming every fault. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = SETTINGS.safeParse(given);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}：${issue.message}`);
  const unknown = argv.filter((argument) => argument !== '--empty');
  faults.push(...unknown.map((argument) => `不认识的参数 ${argument}（可用：--empty）`));
  faults.push(...togetherFaults(given));
  if (!parsed.success || faults.length > 0)
    throw new ConfigError(`设置有误，请改正后再启动：\n  ${faults.join('\n  ')}`);
  const settings = parsed.data;
  const { PUAN_TLS_CERT: cert, PUAN_TLS_KEY: key } = settings;
  return {
    httpPort: settings.PUAN_HTTP_PORT,
    gatewayPorts: {
      hj212: settings.PUAN_HJ212_PORT,
      sl651: settings.PUAN_SL651_PORT,
      gb26875: settings.PUAN_GB26875_PORT,
      mqtt: settings.PUAN_MQTT_PORT,
    },
    mqttTlsPort: settings.PUAN_MQTT_TLS_PORT,
    mqttBroker: brokerOf(settings),
    bind: settings.PUAN_BIND,
    dataDir: path.resolve(settings.PUAN_DATA_DIR),
    databaseUrl: settings.DATABASE_URL,
    backup: {
      folder: path.resolve(settings.PUAN_BACKUP_DIR ?? path.join(settings.PUAN_DATA_DIR, 'backups')),
      daily: settings.PUAN_BACKUP_DIR !== undefined,
      keep: settings.PUAN_BACKUP_KEEP,
      passphrase: settings.PUAN_BACKUP_PASSPHRASE,
    },
    bootstrapPassword: settings.PUAN_BOOTSTRAP_PASSWORD,
    logLevel: settings.PUAN_LOG,
    tls: cert !== undefined && key !== undefined ? { cert, key } : undefined,
    publicUrl: settings.PUAN_PUBLIC_URL,
    webhookInside: settings.PUAN_WEBHOOK_INSIDE,
    trustedProxy: settings.PUAN_TRUSTED_PROXY,
    frameAncestors: settings.PUAN_FRAME_ANCESTORS,
    identity: identityOf(settings),
    empty: argv.includes('--empty'),
    simulator: settings.PUAN_SIMULATOR === 'on' && !argv.includes('--empty'),
    chainTests: settings.PUAN_CHAIN_TESTS === 'on',
  };
}

/** `10.1.2.3`, `10.1.0.0/16`, and the same of IPv6. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const most = { 4: 32, 6: 128 }[isIP(address)];
  if (most === undefined || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/u.test(bits) && Number(bits) <= most);
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/u;

/** Secrets go to the issuer: in clear only where they do not leave the machine. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash } = new URL(text);
  return (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname))) && search + hash === '';
}

function brokerOf(settings: z.output<typeof SETTINGS>): OutsideBroker | undefined {
  const { PUAN_MQTT_BROKER: url, PUAN_MQTT_BROKER_TOPIC: topic } = settings;
  return url === undefined
    ? undefined
    : { url, topic, version: settings.PUAN_MQTT_BROKER_VERSION === '5' ? 5 : 4 };
}

function identityOf(settings: z.output<typeof SETTINGS>): IdentitySettings | undefined {
  const { PUAN_OIDC_ISSUER: issuer, PUAN_OIDC_CLIENT_ID: clientId } = settings;
  const { PUAN_OIDC_CLIENT_SECRET: clientSecret, PUAN_OIDC_NAME: name, PUAN_OIDC_SCOPE: scope } = settings;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  return { issuer, clientId, clientSecret, name, scope };
}
