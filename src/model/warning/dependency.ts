/**
 * 依赖关系: what an object leans on. An edge runs from what is needed to what needs it: when `from` fails, `to` feels it.
 * `drains-to`: `to` drains into `from`; `exposed-to`: `to` stands where `from` happens.
 */
export const DEPENDENCY_KINDS = [
  'power',
  'drains-to',
  'downstream',
  'supplies',
  'carries',
  'communicates',
  'exposed-to',
  'feeds-crowd',
] as const;
export type DependencyKind = (typeof DEPENDENCY_KINDS)[number];

export const DEPENDENCY_TEXT: Readonly<Record<DependencyKind, string>> = {
  power: '供电',
  'drains-to': '排水去向',
  downstream: '下游',
  supplies: '供气、供水',
  carries: '承载',
  communicates: '通信',
  'exposed-to': '受影响',
  'feeds-crowd': '客流',
};

/** One edge in a sentence; `from` and `to` are names. */
export function dependencySentence(kind: DependencyKind, from: string, to: string): string {
  return SENTENCES[kind](from, to);
}

const SENTENCES: Readonly<Record<DependencyKind, (from: string, to: string) => string>> = {
  power: (from, to) => `${from}向${to}供电`,
  'drains-to': (from, to) => `${to}的水排往${from}`,
  downstream: (from, to) => `${to}在${from}下游`,
  supplies: (from, to) => `${from}向${to}供气或供水`,
  carries: (from, to) => `${from}承载${to}`,
  communicates: (from, to) => `${to}经${from}通信`,
  'exposed-to': (from, to) => `${to}受${from}影响`,
  'feeds-crowd': (from, to) => `${from}的客流涌向${to}`,
};

/** Who told it. What follows from rules is found anew each time and never stored. */
export const DEPENDENCY_SOURCES = ['person', 'import'] as const;
export type DependencySource = (typeof DEPENDENCY_SOURCES)[number];
export const DEPENDENCY_SOURCE_TEXT: Readonly<Record<DependencySource, string>> = {
  person: '人员登记',
  import: '表格导入',
};

/** Longest lead time that is still a forecast (min): a day. */
export const LONGEST_LEAD_MINUTES = 1440;
