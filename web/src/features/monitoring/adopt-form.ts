import type { DeviceDetail, monitoringRoutes } from '#contract/monitoring';
import { type Protocol, PROTOCOLS } from '#model/monitoring';
import type { z } from 'zod';

import { ADOPT_TEXT } from './text.ts';

/** One line of the mapping as it is typed. */
export interface MappingRow {
  readonly key: number;
  readonly factor: string;
  readonly point: string;
  readonly scale: string;
  readonly offset: string;
}

export interface AdoptForm {
  readonly code: string;
  readonly protocol: Protocol;
  readonly rows: readonly MappingRow[];
  readonly password: string;
  readonly crc: Crc;
  readonly simulated: boolean;
}

type Body = z.input<typeof monitoringRoutes.createDevice.body>;
export type Crc = NonNullable<NonNullable<Body['settings']>['crc']>;

export const PROTOCOL_CODES = Object.keys(PROTOCOLS) as readonly Protocol[];
export const CRCS: readonly Crc[] = ['hj212', 'modbus', 'modbus-swapped'];

export function emptyRow(key: number, factor = ''): MappingRow {
  return { key, factor, point: '', scale: '1', offset: '0' };
}

const FIELD = /(?:^|[;,&])([A-Za-z][\w.]{0,60})-([A-Za-z]+)=/gu;
const NO_VALUES = new Set(['flag', 'eflag', 'sampletime', 'info', 'sn']);

/** Factors named in an HJ 212 sample, each once, in order: a start for the person who maps them. */
export function factorsIn(sample: string): readonly string[] {
  const found = new Set<string>();
  for (const [, factor = '', field = ''] of sample.matchAll(FIELD)) {
    if (!NO_VALUES.has(field.toLowerCase())) found.add(factor);
  }
  return [...found];
}

/** A fresh form for a quarantined device, or for one that has not spoken yet. */
export function startForm(unknown?: {
  readonly code: string;
  readonly protocol: string;
  readonly sample: string;
}): AdoptForm {
  const factors = unknown ? factorsIn(unknown.sample) : [];
  return {
    code: unknown?.code ?? '',
    protocol: PROTOCOL_CODES.find((one) => one === unknown?.protocol) ?? 'hj212',
    rows: (factors.length > 0 ? factors : ['']).map((factor, i) => emptyRow(i, factor)),
    password: '',
    crc: 'hj212',
    simulated: false,
  };
}

/** The body to send, or the sentence that says what is still missing. Lines without a point are left out. */
export function bodyOf(form: AdoptForm): { readonly body: Body } | { readonly fault: string } {
  const code = form.code.trim();
  if (code === '') return { fault: ADOPT_TEXT.needCode };
  const map = factorMapOf(form.rows);
  if ('fault' in map) return map;
  if (map.points.length === 0) return { fault: ADOPT_TEXT.needRow };
  const settings = form.protocol === 'hj212' ? settingsOf(form) : undefined;
  return {
    body: {
      code,
      protocol: form.protocol,
      points: map.points,
      simulated: form.simulated,
      ...(settings ? { settings } : {}),
    },
  };
}

/** The lines as a factor map; those without a factor or a point are left out. */
export function factorMapOf(
  rows: readonly MappingRow[],
): { readonly points: Body['points'] } | { readonly fault: string } {
  const points = rows
    .filter((row) => row.factor.trim() !== '' && row.point !== '')
    .map((row) => ({
      factor: row.factor.trim(),
      point: row.point,
      scale: numberOf(row.scale),
      offset: numberOf(row.offset),
    }));
  return points.some(({ scale, offset }) => Number.isNaN(scale) || Number.isNaN(offset))
    ? { fault: ADOPT_TEXT.badNumber }
    : { points };
}

/** A factor map as lines to be typed over. */
export function rowsOf(factors: DeviceDetail['factors']): readonly MappingRow[] {
  return factors.map(({ factor, point, scale, offset }, key) => ({
    key,
    factor,
    point,
    scale: String(scale),
    offset: String(offset),
  }));
}

function settingsOf({ password, crc }: AdoptForm): Body['settings'] {
  if (password === '' && crc === 'hj212') return undefined;
  return { ...(password === '' ? {} : { password }), ...(crc === 'hj212' ? {} : { crc }) };
}

/** An empty field is not zero. */
function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
