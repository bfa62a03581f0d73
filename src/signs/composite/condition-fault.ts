import { EvaluationError, ParseError, TypeError as ConditionTypeError } from '@marcbachmann/cel-js';

import { FACT_FIELDS } from './condition-language.ts';

type Told = (piece: string, position: number) => string;

const PARSE: Readonly<Record<string, Told>> = {
  limit_exceeded: () => '条件太复杂。请拆成几条复合体征。',
  unterminated_string: (_, n) => `第 ${n} 个字符起的引号没有闭合。请补上引号。`,
  unterminated_triple_quoted_string: (_, n) => `第 ${n} 个字符起的引号没有闭合。请补上引号。`,
  newline_in_string: (_, n) => `第 ${n} 个字符起的引号里换了行。请写在一行里。`,
  reserved_identifier: (piece) => `“${piece}”是保留字，不能使用。请删去。`,
};

const TYPES: Readonly<Record<string, Told>> = {
  no_such_overload: (piece) => `“${piece}”两边的类型不同，不能这样比较或计算。请改成同类的量。`,
  no_matching_overload: (piece) => `“${piece}”的用法不对：括号里的内容或数目与它要的不符。请改正。`,
  no_such_key: (piece) => `没有“${piece}”这一项。可用：${FACT_FIELDS.join('、')}。`,
};

const RUN: Readonly<Record<string, Told>> = {
  division_by_zero: (piece) => `“${piece}”除以了零`,
  modulo_by_zero: (piece) => `“${piece}”除以了零`,
  index_out_of_bounds: (piece) => `“${piece}”超出了条数`,
  numeric_overflow: (piece) => `“${piece}”的数太大`,
};

/** What is wrong with a condition, in a sentence for a business administrator. */
export function conditionFault(error: unknown, expression: string): string {
  if (error instanceof ParseError) return parseFault(error, expression);
  if (error instanceof ConditionTypeError) {
    const { piece, position } = pieceOf(error, expression);
    return TYPES[error.code]?.(piece, position) ?? `“${piece}”的写法或类型不对。请改正。`;
  }
  if (error instanceof EvaluationError) {
    const { piece, position } = pieceOf(error, expression);
    return `${RUN[error.code]?.(piece, position) ?? `“${piece}”算不出来`}，本次按不成立处理。请修改条件。`;
  }
  return '条件无法判断。请检查后改写。';
}

function parseFault(error: ParseError, expression: string): string {
  const { piece, position } = pieceOf(error, expression);
  const known = PARSE[error.code];
  if (known) return known(piece, position);
  if (position > expression.trimEnd().length) return '条件没有写完。请检查末尾的括号和运算符。';
  const wide = /[^\u0020-\u007E]/.test(piece) ? '编码和符号请用英文半角字符。' : '请检查括号、引号和运算符。';
  return `第 ${position} 个字符“${piece}”处写法不对。${wide}`;
}

/** The piece of the condition at fault, and where it begins (counted from 1). */
function pieceOf(
  { range }: { readonly range?: { readonly start: number; readonly end: number } },
  expression: string,
): { readonly piece: string; readonly position: number } {
  const start = range?.start ?? 0;
  const piece = expression.slice(start, Math.max(range?.end ?? 0, start + 1));
  return { piece: piece.length > 40 ? `${piece.slice(0, 40)}…` : piece, position: start + 1 };
}
