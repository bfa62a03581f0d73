import { parseRfc3339 } from '#contract/http';

import { invalid } from './sensorthings-refusal.ts';

/** A piece of a `$filter` or `$orderby`. Words are names, paths and operators. */
export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'moment'; readonly value: number }
  | { readonly kind: 'mark'; readonly text: '(' | ')' | ',' };

/** Longer than any filter a person or a client writes. */
const LONGEST = 4000;
const SPACE = /\s+/uy;
const TEXT = /'((?:[^']|'')*)'/uy;
const MOMENT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})(?![\w.:/])/uy;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.:/])/uy;
const WORD = /@?[A-Za-z_][\w.@]*(?:\/@?[A-Za-z_][\w.@]*)*/uy;
const MARK = /[(),]/uy;

/** The tokens of an expression. Throws `sensorthings.invalid` naming the place that cannot be read. */
export function tokensOf(expression: string): readonly Token[] {
  if (expression.length > LONGEST) throw invalid(`表达式超过 ${LONGEST} 个字符`);
  const tokens: Token[] = [];
  let at = 0;
  while (at < expression.length) {
    const blank = matchAt(SPACE, expression, at);
    if (blank) at += blank[0].length;
    if (at >= expression.length) break;
    const { token, length } = tokenAt(expression, at);
    tokens.push(token);
    at += length;
  }
  return tokens;
}

function tokenAt(expression: string, at: number): { readonly token: Token; readonly length: number } {
  const text = matchAt(TEXT, expression, at);
  if (text)
    return { token: { kind: 'text', value: (text[1] ?? '').replaceAll("''", "'") }, length: text[0].length };
  const moment = matchAt(MOMENT, expression, at);
  if (moment) return { token: { kind: 'moment', value: momentOf(moment[0]) }, length: moment[0].length };
  const number = matchAt(NUMBER, expression, at);
  if (number) return { token: { kind: 'number', value: numberOf(number[0]) }, length: number[0].length };
  const word = matchAt(WORD, expression, at);
  if (word) return { token: { kind: 'word', text: word[0] }, length: word[0].length };
  const mark = matchAt(MARK, expression, at)?.[0] as '(' | ')' | ',' | undefined;
  if (mark) return { token: { kind: 'mark', text: mark }, length: 1 };
  throw invalid(`从“${expression.slice(at, at + 20)}”起读不懂`);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function numberOf(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value)) throw invalid(`数字“${text}”太大`);
  return value;
}

/** ISO 8601 as the standard allows it, without its seconds, too. */
function momentOf(text: string): number {
  const whole = text.replace(/(T\d{2}:\d{2})(?=[Z+-])/u, '$1:00');
  const value = parseRfc3339(whole);
  if (value === undefined) throw invalid(`没有“${text}”这个时间`);
  return value;
}
