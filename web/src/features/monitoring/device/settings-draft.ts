import type { monitoringRoutes } from '#contract/monitoring';
import type { z } from 'zod';

import type { Crc } from '../adopt-form.ts';
import { modbusBody, type ModbusDraft, modbusDraft } from './modbus-draft.ts';

export type SettingsBody = z.input<typeof monitoringRoutes.changeDevice.body>['settings'];

/** Settings as they are typed. Secrets begin empty: what is left empty stays as it is. */
export interface SettingsDraft {
  readonly password: string;
  readonly hasPassword: boolean;
  readonly crc: Crc;
  readonly length: 'strict' | 'by-crc';
  readonly key: string;
  readonly hasKey: boolean;
  readonly cipherText: 'hex' | 'base64';
  readonly padding: 'none' | 'pkcs7';
  readonly modbus: ModbusDraft;
  /** What this form does not show, kept as it was. */
  readonly others: SettingsBody;
}

const SHOWN = new Set(['password', 'crc', 'length', 'cipher', 'modbus']);

export function settingsDraft(settings: Readonly<Record<string, unknown>>): SettingsDraft {
  const known = settings as SettingsBody;
  return {
    password: '',
    hasPassword: known.password !== undefined,
    crc: known.crc ?? 'hj212',
    length: known.length ?? 'strict',
    key: '',
    hasKey: known.cipher !== undefined,
    cipherText: known.cipher?.text ?? 'hex',
    padding: known.cipher?.padding ?? 'pkcs7',
    modbus: modbusDraft(known.modbus),
    others: Object.fromEntries(Object.entries(settings).filter(([name]) => !SHOWN.has(name))),
  };
}

const KEY = /^[0-9a-f]{32}$/iu;

export function settingsBody(draft: SettingsDraft): { settings: SettingsBody } | { fault: string } {
  const { password, crc, length, key, cipherText, padding, others } = draft;
  if (key !== '' && !KEY.test(key)) return { fault: '密钥要写 32 位十六进制，或留空。' };
  const asked = modbusBody(draft.modbus);
  if ('fault' in asked) return asked;
  return {
    settings: {
      ...others,
      ...(password === '' ? {} : { password }),
      ...(crc === 'hj212' ? {} : { crc }),
      ...(length === 'strict' ? {} : { length }),
      ...(key === '' ? {} : { cipher: { key, text: cipherText, padding } }),
      ...(asked.modbus === undefined ? {} : { modbus: asked.modbus }),
    },
  };
}
