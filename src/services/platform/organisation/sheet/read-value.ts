import type { UnitKind } from '#contract/platform';
import { isPhone, scenarioOf, SCENARIOS } from '#model/platform';

import type { FieldRule } from './import-fields.ts';
import { textOf } from './match-columns.ts';
import type { Cell } from './read-xlsx.ts';

/** What a cell says, or what is wrong with it and what to do. `undefined` is an empty cell. */
export type ReadValue = { readonly value: unknown } | { readonly fault: string };

type Reader = (text: string, cell: Cell, rule: FieldRule) => ReadValue;

/** Longer than any field; checked before anything is read into it. */
const LONGEST = 2000;
const CELL_ERROR = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/u;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001F\u007F]/u;

const UNIT_KIND_WORDS: Readonly<Record<UnitKind, readonly string[]>> = {
  responsible: ['责任单位', '责任', '主管单位'],
  owner: ['权属单位', '权属', '产权单位', '业主单位'],
  operator: ['运营单位', '运营', '运行单位', '管理单位', '使用单位'],
  maintainer: ['维保单位', '维保', '维护单位', '养护单位'],
  technical: ['技术保障单位', '技术保障', '技术单位'],
  other: ['其他', '其它'],
};
const UNIT_KINDS = new Map(
  Object.entries(UNIT_KIND_WORDS).flatMap(([kind, words]) =>
    [kind, ...words].map((word) => [word, kind] as const),
  ),
);
const SCENARIO_CODES = new Map(
  Object.entries(SCENARIOS).flatMap(([code, { name }]) => [
    [code, code],
    [name, code],
  ]),
);

const READERS: Readonly<Record<FieldRule['type'], Reader>> = {
  code: (text, _, rule) => plainText(halfWidth(text), rule),
  text: (text, _, rule) => plainText(text, rule),
  scenarios: readScenarios,
  latitude: (text, cell) => readDegrees(text, cell, '纬度'),
  longitude: (text, cell) => readDegrees(text, cell, '经度'),
  coordinates: readCoordinates,
  // Names and codes of places are looked up where the tables are at hand.
  town: (text, _, rule) => plainText(halfWidth(text), rule),
  village: (text, _, rule) => plainText(halfWidth(text), rule),
  platform: (text, _, rule) => plainText(halfWidth(text), rule),
  'unit-kind': (text) => {
    const value = UNIT_KINDS.get(halfWidth(text));
    return value === undefined
      ? {
          fault: `没有这种单位类型，可用：${Object.values(UNIT_KIND_WORDS)
            .map(([word]) => word)
            .join('、')}`,
        }
      : { value };
  },
  'credit-code': (text) => {
    const value = halfWidth(text).replaceAll(/[\s-]/gu, '').toUpperCase();
    return /^[0-9A-Z]{18}$/u.test(value) ? { value } : { fault: '统一社会信用代码须为 18 位数字或大写字母' };
  },
  phone: (text) => {
    const value = halfWidth(text).replaceAll(/[‐‑–—]/gu, '-');
    const isMasked = /^\d*\*{4}\d{2,4}$/u.test(value);
    return isMasked || isPhone(value) ? { value } : { fault: '不是有效的电话号码，一格只填一个号码' };
  },
  count: (text) => {
    const value = halfWidth(text)
      .replace(/\s*[个座处台家户条段片人]$/u, '')
      .replaceAll(',', '');
    return /^\d{1,8}$/u.test(value) ? { value: Number(value) } : { fault: '须是不小于 0 的整数' };
  },
  day: readDay,
  year: readYear,
};

/** Reads a cell as its field wants it: full-width digits, blanks and the like are put right, what cannot be is a fault. */
export function readValue(cell: Cell, rule: FieldRule): ReadValue {
  const text = textOf(cell);
  if (text === '') return { value: undefined };
  if (text.length > LONGEST) return { fault: `超过 ${LONGEST} 个字，请缩短` };
  if (CELL_ERROR.test(text)) return { fault: '公式出错，请改成数值或文字' };
  if (!text.isWellFormed() || CONTROL.test(text)) return { fault: '含有不能保存的字符，请重新录入' };
  return READERS[rule.type](text, cell, rule);
}

/** Full-width digits, letters and marks become half-width; leading `'` of forced text goes. */
function halfWidth(text: string): string {
  return text.normalize('NFKC').replace(/^'/u, '').trim();
}

function plainText(text: string, { longest }: FieldRule): ReadValue {
  // What an export had to mark as text (formula injection) comes back without the mark.
  const value = /^'[=+\-@]/u.test(text) ? text.slice(1) : text;
  return value.length > longest ? { fault: `超过 ${longest} 个字，请缩短` } : { value };
}

function readScenarios(text: string): ReadValue {
  const words = halfWidth(text)
    .split(/[,;、/|\s]+/u)
    .filter((word) => word !== '');
  const codes: string[] = [];
  for (const word of words) {
    const code = SCENARIO_CODES.get(word) ?? SCENARIO_CODES.get(word.toUpperCase());
    if (code === undefined || !scenarioOf(code))
      return { fault: `没有场景“${word}”，场景编码和名称见平台清单` };
    if (!codes.includes(code)) codes.push(code);
  }
  return codes.length === 0 ? { fault: '没有场景' } : { value: codes };
}

const DEGREES_ONLY = /^[-+]?\d{1,3}(\.\d+)?$/u;
const DEGREES_MINUTES_SECONDS =
  /^(?<degrees>\d{1,3})[°度](?<minutes>\d{1,2}(\.\d+)?)['′’分](?:(?<seconds>\d{1,2}(\.\d+)?)(?:"|″|”|''|′′|秒)?)?$/u;

function readDegrees(text: string, cell: Cell, what: string): ReadValue {
  const value = typeof cell === 'number' ? cell : degreesOf(text);
  if (value === undefined || !Number.isFinite(value)) {
    return { fault: `${what}须是十进制度数（如 121.5123）或度分秒（如 121°30′44″）` };
  }
  const most = what === '纬度' ? 90 : 180;
  // A swapped pair is put right later; here only what is no degree at all.
  return Math.abs(value) > 180 ? { fault: `${what}须在 ±${most} 度以内` } : { value };
}

function degreesOf(text: string): number | undefined {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/\s/gu, '')
    .replaceAll(/^(东经|北纬|经度|纬度|[EN])[::]?|[EN]$/giu, '');
  const bare = plain.replace(/[°度]$/u, '');
  if (DEGREES_ONLY.test(bare)) return Number(bare);
  const groups = DEGREES_MINUTES_SECONDS.exec(plain)?.groups;
  if (!groups) return undefined;
  const [minutes, seconds] = [Number(groups['minutes']), Number(groups['seconds'] ?? 0)];
  if (minutes >= 60 || seconds >= 60) return undefined;
  return Number(groups['degrees']) + minutes / 60 + seconds / 3600;
}

/** `经度,纬度` or the other way round: in Pudong the larger one is the longitude. */
function readCoordinates(text: string): ReadValue {
  const parts = text
    .normalize('NFKC')
    .split(/[,;、\s]+/u)
    .filter((part) => part !== '');
  const [one, other] = parts.map(degreesOf);
  if (parts.length !== 2 || one === undefined || other === undefined) {
    return { fault: '须是“经度,纬度”两个数' };
  }
  return { value: { lon: Math.max(one, other), lat: Math.min(one, other) } };
}

/** Days since 1899-12-30, as sheets count them. */
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;

function readDay(text: string, cell: Cell): ReadValue {
  if (cell instanceof Date) return { value: text };
  const plain = text.normalize('NFKC').trim();
  if (/^\d{5}$/u.test(plain)) return { value: dayText(SERIAL_EPOCH + Number(plain) * DAY_MS) };
  const [, ...parts] = DAY.exec(plain) ?? [];
  const [year = NaN, month = NaN, day = NaN] = parts.filter((part) => part !== undefined).map(Number);
  const at = Date.UTC(year, month - 1, day);
  // Of the 30th of February Date makes the 2nd of March.
  const isDay = !Number.isNaN(at) && new Date(at).getUTCDate() === day && month <= 12;
  return isDay ? { value: dayText(at) } : { fault: '须是日期（如 2026-11-23）' };
}

/** A year alone stands for its last day, as yearbooks count. */
function readYear(text: string, cell: Cell): ReadValue {
  const [, year] = /^(\d{4})\s*年?$/u.exec(text.normalize('NFKC').trim()) ?? [];
  if (year !== undefined) return { value: `${year}-12-31` };
  const read = readDay(text, cell);
  return 'fault' in read ? { fault: '须是年份或日期（如 2020 或 2020-11-01）' } : read;
}

const DAY = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:\s.*)?$/u;

function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
