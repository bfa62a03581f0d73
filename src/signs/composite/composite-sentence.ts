import { LEVEL_TEXT, levelOf } from '#model/warning';

/** One fact as people are told it: whose, what, and its level or value in words. */
export interface ToldFact {
  readonly object: string;
  readonly what: string;
  readonly said: string;
}

const NAMED = 6;

/** "暴雨叠加积水（红色）：川沙站“1小时雨量”橙色、杨高路下立交“积水深”黄色，另有 2 项": the facts that made a composite sign true. */
export function compositeSentence(
  name: string,
  rank: number,
  { told, more }: { readonly told: readonly ToldFact[]; readonly more: number },
): string {
  const level = levelOf(rank);
  if (!level) return `${name}：条件不再成立`;
  const facts = told.slice(0, NAMED).map(({ object, what, said }) => `${object}“${what}”${said}`);
  const rest = more + Math.max(0, told.length - NAMED);
  const others = rest > 0 ? `，另有 ${rest} 项` : '';
  return `${name}（${LEVEL_TEXT[level]}）：${facts.length === 0 ? '条件成立' : facts.join('、')}${others}`;
}
