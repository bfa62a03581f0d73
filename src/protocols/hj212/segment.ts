import { decodeText, type TextCoding } from './coding.ts';
import type { RefusalReason } from './text.ts';

/** 名与值，按报文原样（两端空白已去）。 */
export type Item = readonly [name: string, value: string];
/** 数据区里以“;”分开的一组；组内各项以“,”分开。 */
export type Group = readonly Item[];

/** HJ 212-2017 表 3 的 Flag：`V5…V0 D A`。 */
export interface Flag {
  readonly value: number;
  /** 0 = HJ/T 212-2005，1 = HJ 212-2017，2 = HJ 212-2025 或 ST=21 的地表水规约。 */
  readonly version: number;
  readonly split: boolean;
  readonly needsAnswer: boolean;
}

/** 一个已解析的数据段。`fields` 与 `groups` 保留原有次序与重复项。 */
export interface Segment {
  readonly fields: readonly Item[];
  readonly qn: string | undefined;
  readonly st: string | undefined;
  readonly cn: string | undefined;
  readonly pw: string | undefined;
  readonly mn: string | undefined;
  readonly flag: Flag | undefined;
  readonly groups: readonly Group[];
  readonly trailingSemicolon: boolean;
  readonly coding: TextCoding;
}

export type SegmentOutcome =
  | { readonly kind: 'segment'; readonly segment: Segment }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

const refused = (reason: RefusalReason): SegmentOutcome => ({ kind: 'refused', reason });

/** 解析一个数据段的字节；不可读时给出理由，从不抛错。 */
export function parseSegment(bytes: Uint8Array): SegmentOutcome {
  const coded = decodeText(bytes);
  return coded === undefined ? refused('bad-character') : parseText(coded.text, coded.coding);
}

function parseText(text: string, coding: TextCoding): SegmentOutcome {
  const opening = openingOf(text);
  if (opening < 0) return refused('no-data-area');
  const content = opening + 5;
  const closing = text.length - 2;
  if (closing < content || !text.endsWith('&&')) return refused('missing-end');

  const fields = splitItems(text, 0, opening, ';');
  if (fields === undefined) return refused('bad-item');
  const flag = readFlag(valueOf(fields, 'Flag'));
  if (isCipher(text, content, closing, flag)) return refused('encrypted-data-area');
  const groups = splitGroups(text, content, closing);
  if (groups === undefined) return refused('bad-item');

  return {
    kind: 'segment',
    segment: {
      fields,
      qn: valueOf(fields, 'QN'),
      st: valueOf(fields, 'ST'),
      cn: valueOf(fields, 'CN'),
      pw: valueOf(fields, 'PW'),
      mn: valueOf(fields, 'MN'),
      flag,
      groups,
      trailingSemicolon: closing > content && text.charCodeAt(closing - 1) === SEMICOLON,
      coding,
    },
  };
}

const SEMICOLON = 59;

function openingOf(text: string): number {
  const at = text.indexOf('CP=&&');
  return at >= 0 ? at : text.toUpperCase().indexOf('CP=&&');
}

/** HJ 212-2025：公网上 2000–2999 等命令的数据区是密文，里面没有“名=值;”的结构。 */
function isCipher(text: string, content: number, closing: number, flag: Flag | undefined): boolean {
  if (flag?.version !== 2 || closing === content) return false;
  const sign = text.indexOf('=', content);
  // Base64 的补位“=”“==”只出现在末尾，不算“名=值”的等号。
  return sign < 0 || sign >= closing || text.slice(sign, closing) === '='.repeat(closing - sign);
}

function splitGroups(text: string, start: number, end: number): readonly Group[] | undefined {
  const groups: Group[] = [];
  for (let at = start; at < end;) {
    const found = text.indexOf(';', at);
    const stop = found < 0 || found > end ? end : found;
    const items = splitItems(text, at, stop, ',');
    if (items === undefined) return undefined;
    if (items.length > 0) groups.push(items);
    at = stop + 1;
  }
  return groups;
}

/** 把 `text[start, end)` 按分隔符切成“名=值”；空项忽略，没有“=”的项使整段不可读。 */
function splitItems(text: string, start: number, end: number, separator: string): Item[] | undefined {
  const items: Item[] = [];
  for (let at = start; at < end;) {
    const found = text.indexOf(separator, at);
    const stop = found < 0 || found > end ? end : found;
    const sign = text.indexOf('=', at);
    if (sign > at && sign < stop) items.push([trimmed(text, at, sign), trimmed(text, sign + 1, stop)]);
    else if (trimmed(text, at, stop) !== '') return undefined;
    at = stop + 1;
  }
  return items;
}

const SPACE = 32;

function trimmed(text: string, start: number, end: number): string {
  let from = start;
  let to = end;
  while (from < to && text.charCodeAt(from) === SPACE) from += 1;
  while (to > from && text.charCodeAt(to - 1) === SPACE) to -= 1;
  return text.slice(from, to);
}

/** 同名取第一个；标准区分大小写，现场有 `FLAG=`，所以找不到时再不分大小写找一遍。 */
export function valueOf(items: readonly Item[], name: string): string | undefined {
  for (const item of items) if (item[0] === name) return item[1];
  for (const item of items) {
    if (item[0].length === name.length && item[0].toLowerCase() === name.toLowerCase()) return item[1];
  }
  return undefined;
}

function readFlag(text: string | undefined): Flag | undefined {
  if (text === undefined || text === '' || text.length > 3) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 255) return undefined;
  return { value, version: value >> 2, split: (value & 2) !== 0, needsAnswer: (value & 1) !== 0 };
}
