import {
  ENTITY_SETS,
  type EntitySet,
  memberOf,
  type Relation,
  type ValueType,
} from './sensorthings-entities.ts';
import { parseFilter, propertyAt } from './sensorthings-filter.ts';
import { invalid, unsupported } from './sensorthings-refusal.ts';
import type { PropertyPath, Term } from './sensorthings-term.ts';

/** Entities of one answer, unless told, and at the most. */
export const TOP_DEFAULT = 100;
export const TOP_MOST = 1000;
const SKIP_MOST = 1_000_000;
/** `Things?$expand=Datastreams/Observations` is two levels. */
const LEVELS = 2;

/** The query options of a list or of one entity (OGC 18-088 §9.3). */
export interface QueryOptions {
  readonly filter: Term | undefined;
  readonly orderBy: readonly OrderKey[];
  readonly top: number;
  readonly skip: number;
  readonly count: boolean;
  /** Names to show; undefined for all. */
  readonly select: readonly string[] | undefined;
  readonly expand: readonly Expansion[];
  /** Where an answer goes on, as its `@iot.nextLink` has told. */
  readonly skipToken: string | undefined;
  /** `$resultFormat` and the like are refused; this is what was asked, for the next link. */
  readonly asked: Readonly<Record<string, string>>;
}

export interface OrderKey {
  readonly of: PropertyPath;
  readonly type: ValueType;
  readonly descending: boolean;
}

export interface Expansion {
  readonly name: string;
  readonly relation: Relation;
  readonly options: QueryOptions;
}

const LEFT_OUT = new Set(['$resultFormat', '$apply', '$search', '$levels', '$compute', '$format']);

/** Reads the options of a request. Throws `sensorthings.invalid`, `sensorthings.unsupported`. */
export function parseOptions(asked: Readonly<Record<string, string>>, set: EntitySet): QueryOptions {
  return readOptions(asked, set, LEVELS);
}

function readOptions(asked: Readonly<Record<string, string>>, set: EntitySet, levels: number): QueryOptions {
  for (const name of Object.keys(asked)) {
    if (LEFT_OUT.has(name)) throw unsupported(`查询选项 ${name}`);
    if (!KNOWN.has(name)) throw invalid(`没有查询选项“${name}”`);
  }
  const { $filter, $orderby, $top, $skip, $count, $select, $expand, $skiptoken } = asked;
  return {
    filter: $filter === undefined ? undefined : parseFilter($filter, set),
    orderBy: $orderby === undefined ? [] : orderKeys($orderby, set),
    top: Math.min(wholeNumber('$top', $top) ?? TOP_DEFAULT, TOP_MOST),
    skip: Math.min(wholeNumber('$skip', $skip) ?? 0, SKIP_MOST),
    count: truth('$count', $count),
    select: $select === undefined ? undefined : selected($select, set),
    expand: $expand === undefined ? [] : expansions($expand, set, levels),
    skipToken: $skiptoken,
    asked,
  };
}

const KNOWN = new Set(['$filter', '$orderby', '$top', '$skip', '$count', '$select', '$expand', '$skiptoken']);

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/u.test(text)) throw invalid(`${name} 须是不小于 0 的整数，不能是“${text}”`);
  return Number(text);
}

function truth(name: string, text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false;
  if (text !== 'true') throw invalid(`${name} 须是 true 或 false，不能是“${text}”`);
  return true;
}

function orderKeys(text: string, set: EntitySet): readonly OrderKey[] {
  return splitOutside(text, ',').map((key) => {
    const found = /^(\S+)(?:\s+(asc|desc))?$/u.exec(key.trim());
    if (!found) throw invalid(`$orderby 的“${key.trim()}”须写成“属性 asc”或“属性 desc”`);
    return { ...propertyAt(found[1] ?? '', set), descending: found[2] === 'desc' };
  });
}

function selected(text: string, set: EntitySet): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    const known =
      name === 'id' ||
      name === '@iot.id' ||
      name === '@iot.selfLink' ||
      memberOf(set.properties, name) !== undefined ||
      memberOf(set.relations, name) !== undefined;
    if (!known) throw invalid(`$select：${set.name} 没有“${name}”`);
  }
  return names.map((name) => (name === 'id' ? '@iot.id' : name));
}

function expansions(text: string, set: EntitySet, levels: number): readonly Expansion[] {
  if (levels === 0) throw unsupported(`$expand 超过 ${LEVELS} 层`);
  const asked = new Map<string, Readonly<Record<string, string>>>();
  for (const item of splitOutside(text, ',')) {
    const one = askedExpansion(item.trim());
    const before = asked.get(one.name);
    asked.set(one.name, before ? both(one.name, before, one.asked) : one.asked);
  }
  return [...asked].map(([name, inner]) => {
    const relation = memberOf(set.relations, name);
    if (!relation) throw invalid(`$expand：${set.name} 没有“${name}”`);
    if (inner['$skiptoken'] !== undefined) throw invalid('$expand 里不能写 $skiptoken');
    return { name, relation, options: readOptions(inner, ENTITY_SETS[relation.target], levels - 1) };
  });
}

/** `Thing,Thing/Locations` is the Thing once, with its Locations. */
function both(
  name: string,
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const merged = { ...one };
  for (const [option, value] of Object.entries(other)) {
    const before = merged[option];
    if (before !== undefined && option !== '$expand')
      throw unsupported(`$expand 里“${name}”写了两次；请把选项写在一个括号里`);
    merged[option] = before === undefined ? value : `${before},${value}`;
  }
  return merged;
}

function askedExpansion(item: string): {
  readonly name: string;
  readonly asked: Readonly<Record<string, string>>;
} {
  const found = /^([A-Za-z]+)(?:\/(.+)|\((.*)\))?$/su.exec(item);
  if (!found) throw invalid(`$expand 的“${item}”读不懂`);
  const [, name = '', deeper, bracket] = found;
  return { name, asked: deeper === undefined ? innerOptions(bracket ?? '') : { $expand: deeper } };
}

/** `$filter=…;$top=5` of an expansion's brackets. */
function innerOptions(text: string): Readonly<Record<string, string>> {
  const pairs = splitOutside(text, ';')
    .filter((pair) => pair.trim() !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      if (at < 0) throw invalid(`$expand 里的“${pair.trim()}”须写成“选项=值”`);
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const;
    });
  const names = pairs.map(([name]) => name);
  if (new Set(names).size < names.length) throw invalid('$expand 里同一个选项写了两次');
  return Object.fromEntries(pairs);
}

/** Splits where the mark stands outside of brackets and quoted texts. */
function splitOutside(text: string, mark: string): readonly string[] {
  const pieces: string[] = [];
  let depth = 0;
  let quoted = false;
  let begin = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (c === "'") quoted = !quoted;
    if (quoted) continue;
    if (c === '(') depth += 1;
    if (c === ')') depth -= 1;
    if (c !== mark || depth > 0) continue;
    pieces.push(text.slice(begin, i));
    begin = i + 1;
  }
  if (depth !== 0 || quoted) throw invalid('括号或引号没有成对');
  return [...pieces, text.slice(begin)];
}
