import path from 'node:path';

import { expect, test } from 'vitest';

import { ConfigError, readConfig } from './config.ts';

function refusalOf(env: Readonly<Record<string, string>>, argv: readonly string[]): string {
  try {
    readConfig(env, argv);
    return '';
  } catch (error) {
    return error instanceof ConfigError ? error.message : `not a ConfigError: ${String(error)}`;
  }
}

test('without any setting everything has its default', () => {
  expect(readConfig({}, [])).toEqual({
    httpPort: 8080,
    gatewayPorts: { hj212: 8212, sl651: 8651, gb26875: 8268, mqtt: 1883 },
    mqttTlsPort: 8883,
    mqttBroker: undefined,
    bind: '127.0.0.1',
    dataDir: path.resolve('.puan'),
    databaseUrl: undefined,
    backup: { folder: path.resolve('.puan/backups'), daily: false, keep: 7, passphrase: undefined },
    bootstrapPassword: undefined,
    logLevel: 'info',
    tls: undefined,
    publicUrl: undefined,
    webhookInside: [],
    trustedProxy: undefined,
    frameAncestors: [],
    identity: undefined,
    empty: false,
    simulator: true,
    chainTests: true,
  });
});

test('an empty setting is one that is not given', () => {
  expect(readConfig({ PUAN_HTTP_PORT: '', DATABASE_URL: '' }, ['--empty'])).toMatchObject({
    httpPort: 8080,
    databaseUrl: undefined,
    empty: true,
    simulator: false,
  });
});

test('all faults are reported together, each with the name of its setting', () => {
  const wrong = {
    PUAN_HTTP_PORT: 'eighty',
    PUAN_HJ212_PORT: '70000',
    DATABASE_URL: 'mysql://x',
    PUAN_BOOTSTRAP_PASSWORD: 'short',
    PUAN_LOG: 'loud',
    PUAN_SIMULATOR: 'perhaps',
    PUAN_PUBLIC_URL: 'not a url',
    PUAN_TLS_CERT: '/cert.pem',
  };
  const told = refusalOf(wrong, ['--emtpy']);
  for (const name of [...Object.keys(wrong), 'PUAN_TLS_KEY', '--emtpy']) expect(told).toContain(name);
  expect(told).toMatch(/[\u4E00-\u9FFF]/u);
  // A password does not get into the log.
  expect(told).not.toContain('short');
});

const OIDC = {
  PUAN_OIDC_ISSUER: 'https://idp.example/realms/city',
  PUAN_OIDC_CLIENT_ID: 'puan',
  PUAN_OIDC_CLIENT_SECRET: 'long enough',
};

test('an identity provider is given whole or not at all', () => {
  expect(readConfig(OIDC, []).identity).toEqual({
    issuer: 'https://idp.example/realms/city',
    clientId: 'puan',
    clientSecret: 'long enough',
    name: '城运平台',
    scope: 'openid profile',
  });
  for (const name of Object.keys(OIDC)) {
    const told = refusalOf({ ...OIDC, [name]: '' }, []);
    for (const each of Object.keys(OIDC)) expect(told).toContain(each);
    expect(told).toContain(`缺 ${name}`);
    expect(told).not.toContain('long enough');
  }
});

test.each([
  'http://idp.example',
  'http://127.0.0.1.evil.example',
  'https://idp.example/?tenant=1',
  'ftp://idp.example',
  'idp.example',
])('an issuer of %s is refused by name: secrets go there', (issuer) => {
  expect(refusalOf({ ...OIDC, PUAN_OIDC_ISSUER: issuer }, [])).toContain('PUAN_OIDC_ISSUER');
});

test.each(['http://127.0.0.1:9000', 'http://localhost:9000', 'http://[::1]:9000', 'https://idp.example'])(
  'an issuer of %s is taken',
  (issuer) => {
    expect(readConfig({ ...OIDC, PUAN_OIDC_ISSUER: issuer }, []).identity?.issuer).toBe(issuer);
  },
);

test('a broker outside is read by MQTT 5 unless told otherwise; its topics must name the device', () => {
  const PUAN_MQTT_BROKER = 'mqtt://puan:secret@emqx.example:1883';
  expect(readConfig({ PUAN_MQTT_BROKER }, []).mqttBroker).toEqual({
    url: PUAN_MQTT_BROKER,
    topic: 'devices/{device}/telemetry',
    version: 5,
  });
  const older = { PUAN_MQTT_BROKER, PUAN_MQTT_BROKER_VERSION: '3.1.1', PUAN_MQTT_BROKER_TOPIC: 'a/{device}' };
  expect(readConfig(older, []).mqttBroker).toMatchObject({ topic: 'a/{device}', version: 4 });
  expect(refusalOf({ PUAN_MQTT_BROKER, PUAN_MQTT_BROKER_TOPIC: 'city/#' }, [])).toContain('{device}');
  expect(refusalOf({ PUAN_MQTT_BROKER: 'https://emqx.example' }, [])).toContain('mqtt://');
});

test('a folder for backups makes one each day; a short passphrase is refused by name', () => {
  const { backup } = readConfig({ PUAN_BACKUP_DIR: '/srv/backups', PUAN_BACKUP_KEEP: '30' }, []);
  expect(backup).toEqual({ folder: '/srv/backups', daily: true, keep: 30, passphrase: undefined });
  expect(() => readConfig({ PUAN_BACKUP_PASSPHRASE: 'short' }, [])).toThrow('PUAN_BACKUP_PASSPHRASE');
});

test('addresses inside that webhooks may call are told one by one or as networks', () => {
  const read = (inside: string) => readConfig({ PUAN_WEBHOOK_INSIDE: inside }, []).webhookInside;
  expect(read('10.1.2.3,10.2.0.0/16,fd00::/8')).toEqual(['10.1.2.3', '10.2.0.0/16', 'fd00::/8']);
  for (const wrong of ['receiver', '999.1.1.1', '10.0.0.0/33', '10.0.0.0/8/8', '10.1.2.3,']) {
    expect(() => read(wrong)).toThrow(/PUAN_WEBHOOK_INSIDE/u);
  }
});

test('other systems that may frame 我的待办 are https origins, and only where this one speaks https', () => {
  const secure = { PUAN_PUBLIC_URL: 'https://puan.example.cn' };
  const list = 'https://ywtg.example.cn,https://oa.example.cn:8443';
  expect(readConfig({ ...secure, PUAN_FRAME_ANCESTORS: list }, []).frameAncestors).toEqual(list.split(','));
  for (const wrong of [
    '*',
    'http://oa.example.cn',
    'https://*.example.cn',
    'https://a.cn/x',
    "https://a.cn; script-src 'unsafe-inline'",
  ])
    expect(() => readConfig({ ...secure, PUAN_FRAME_ANCESTORS: wrong }, [])).toThrow(/PUAN_FRAME_ANCESTORS/u);
  expect(refusalOf({ PUAN_FRAME_ANCESTORS: list }, [])).toContain('须用 https');
});
