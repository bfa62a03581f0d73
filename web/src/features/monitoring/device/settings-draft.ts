import type { monitoringRoutes } from '#contract/monitoring';
import type { z } from 'zod';

import type { Crc } from '../adopt-form.ts';
import { modbusBody, type ModbusDraft, modbusDraft } from './modbus-draft.ts';

export type SettingsBody = z.input<typeof monitoringRoutes.changeDevice.body>['settings'];

/** Settings as they are typed. Secrets begin empty: what is left empty stays as it is. */
export interface SettingsDraft {
  readonly password: string;
  readonly hasPassword: boolean;
  readonly dropPassword: boolean;
  readonly crc: Crc;
  readonly length: 'strict' | 'by-crc';
  readonly key: string;
  readonly hasKey: boolean;
  readonly dropKey: boolean;
  readonly cipherText: 'hex' | 'base64';
  readonly padding: 'none' | 'pkcs7';
  readonly numbers: 'strict' | 'text';
  readonly via: string;
  readonly surplus: 'refuse' | 'ignore';
  readonly ends: 'strict' | 'any';
  readonly afterAnswer: 'stay' | 'leave';
  readonly modbus: ModbusDraft;
  /** What this form does not show, kept as it was. */
  readonly others: SettingsBody;
}

/** What a device does that was told nothing; it is not sent. */
const DEFAULTS = {
  crc: 'hj212',
  length: 'strict',
  numbers: 'strict',
  surplus: 'refuse',
  ends: 'strict',
  afterAnswer: 'stay',
} as const satisfies Partial<SettingsDraft>;
type Plain = keyof typeof DEFAULTS;
const PLAIN = Object.keys(DEFAULTS) as readonly Plain[];

const SHOWN = new Set<string>([...PLAIN, 'password', 'cipher', 'via', 'modbus']);

export function settingsDraft(settings: Readonly<Record<string, unknown>>): SettingsDraft {
  const known = settings as SettingsBody;
  const told = Object.fromEntries(PLAIN.map((name) => [name, known[name] ?? DEFAULTS[name]]));
  return {
    ...(told as unknown as Pick<SettingsDraft, Plain>),
    password: '',
    hasPassword: known.password !== undefined,
    dropPassword: false,
    key: '',
    hasKey: known.cipher !== undefined,
    dropKey: false,
    cipherText: known.cipher?.text ?? 'hex',
    padding: known.cipher?.padding ?? 'pkcs7',
    via: known.via ?? '',
    modbus: modbusDraft(known.modbus),
    others: Object.fromEntries(Object.entries(settings).filter(([name]) => !SHOWN.has(name))),
  };
}

const KEY = /^[0-9a-f]{32}$/iu;

export function settingsBody(draft: SettingsDraft): { settings: SettingsBody } | { fault: string } {
  const { key, others } = draft;
  if (key !== '' && !KEY.test(key)) return { fault: '密钥要写 32 位十六进制，或留空。' };
  const asked = modbusBody(draft.modbus);
  if ('fault' in asked) return asked;
  const via = draft.via.trim();
  const plain = PLAIN.filter((name) => draft[name] !== DEFAULTS[name]).map((name) => [name, draft[name]]);
  return {
    settings: {
      ...others,
      ...(Object.fromEntries(plain) as SettingsBody),
      ...secretsOf(draft),
      ...(via === '' ? {} : { via }),
      ...(asked.modbus === undefined ? {} : { modbus: asked.modbus }),
    },
  };
}

/** What is typed replaces, what is dropped is taken away, the rest is not said. */
function secretsOf(draft: SettingsDraft): Pick<SettingsBody, 'password' | 'cipher'> {
  const { password, dropPassword, key, dropKey, cipherText, padding } = draft;
  return {
    ...(password === '' ? {} : { password }),
    ...(dropPassword ? { password: null } : {}),
    ...(key === '' ? {} : { cipher: { key, text: cipherText, padding } }),
    ...(dropKey ? { cipher: null } : {}),
  };
}
