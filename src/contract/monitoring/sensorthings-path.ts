import { ENTITY_SETS, type EntitySet, entitySet, memberOf, type Relation } from './sensorthings-entities.ts';
import { invalid, unsupported } from './sensorthings-refusal.ts';

/** A key in brackets, as the set has it. */
export type EntityId = number | string;

/** A step of a path: along a relation, to one of a list where a key is told. */
export interface Step {
  readonly relation: Relation;
  readonly set: EntitySet;
  readonly id: EntityId | undefined;
}

/** What a path below the service root points at. */
export interface ResourcePath {
  readonly set: EntitySet;
  readonly id: EntityId | undefined;
  readonly steps: readonly Step[];
  /** What is shown of it: entities, only their links, a property, or a property's bare value. */
  readonly shown:
    | { readonly kind: 'entities' | 'links' }
    | { readonly kind: 'property' | 'value'; readonly name: string };
}

const LONGEST = 8;

/** Reads `Things(1)/Datastreams`. Throws `sensorthings.no-such-path`-like refusals: `invalid` and `unsupported`. */
export function parsePath(path: string): ResourcePath {
  const segments = segmentsOf(path);
  if (segments.length > LONGEST) throw unsupported(`超过 ${LONGEST} 段的路径`);
  const [head = '', ...rest] = segments;
  const first = keyed(head);
  const set = entitySet(first.name);
  if (!set) throw invalid(`没有实体集“${first.name}”`);
  let at = { set, isList: first.key === undefined };
  const steps: Step[] = [];
  for (const [i, segment] of rest.entries()) {
    const { name, key } = keyed(segment);
    const relation = at.isList ? undefined : memberOf(at.set.relations, name);
    if (!relation) {
      const shown = tail(rest.slice(i), at);
      return { set, id: idOf(first.key, set), steps, shown };
    }
    const target = ENTITY_SETS[relation.target];
    if (key !== undefined && !relation.many) throw invalid(`“${name}”只有一个，不能带编号`);
    steps.push({ relation, set: target, id: idOf(key, target) });
    at = { set: target, isList: relation.many && key === undefined };
  }
  return { set, id: idOf(first.key, set), steps, shown: { kind: 'entities' } };
}

/** What stands at the end and is no relation: `$ref`, a property, its `$value`. */
function tail(
  segments: readonly string[],
  at: { readonly set: EntitySet; readonly isList: boolean },
): ResourcePath['shown'] {
  const [name = '', value, ...rest] = segments;
  if (name === '$ref' && segments.length === 1) return { kind: 'links' };
  if (name === '$count') throw unsupported('路径 $count；请用查询选项 $count=true');
  const isProperty = memberOf(at.set.properties, name) !== undefined;
  if (at.isList || !isProperty || rest.length > 0)
    throw invalid(`${at.set.name} 之下没有“${segments.join('/')}”`);
  if (value === undefined) return { kind: 'property', name };
  if (value !== '$value') throw invalid(`属性“${name}”之下没有“${value}”`);
  return { kind: 'value', name };
}

/** Cut at the slashes outside of quotes: a key may hold one. */
function segmentsOf(path: string): readonly string[] {
  const found = path.replace(/^\/|\/$/gu, '').match(/(?:[^/']|'(?:[^']|'')*')+/gu) ?? [];
  if (found.join('/') !== path.replace(/^\/|\/$/gu, '')) throw invalid(`路径“${path}”读不懂`);
  return found;
}

function keyed(segment: string): { readonly name: string; readonly key: string | undefined } {
  const found = /^([$@.\w]+)(?:\((.+)\))?$/su.exec(segment);
  if (!found) throw invalid(`路径里的“${segment}”读不懂`);
  return { name: found[1] ?? '', key: found[2] };
}

function idOf(key: string | undefined, set: EntitySet): EntityId | undefined {
  if (key === undefined) return undefined;
  if (set.id === 'number') {
    // Clients put every key in quotes, or none.
    const digits = /^('?)(\d{1,15})\1$/u.exec(key)?.[2];
    if (digits === undefined) throw invalid(`${set.name} 的编号须是数字，不能是“${key}”`);
    return Number(digits);
  }
  const text = /^'((?:[^']|'')*)'$/su.exec(key)?.[1];
  if (text === undefined) throw invalid(`${set.name} 的编号须写在单引号里，例如 ${set.name}('…')`);
  return text.replaceAll("''", "'");
}

/** The entity's address below the service root: `Things(1)`. */
export function entityPath(set: EntitySet, id: EntityId): string {
  const key = typeof id === 'number' ? String(id) : `'${id.replaceAll("'", "''")}'`;
  return `${set.name}(${encodeURIComponent(key).replaceAll('%27', "'")})`;
}
