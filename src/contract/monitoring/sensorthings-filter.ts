import {
  ENTITY_SETS,
  type EntitySet,
  memberOf,
  type Relation,
  type ValueType,
} from './sensorthings-entities.ts';
import { invalid, unsupported } from './sensorthings-refusal.ts';
import {
  ARITHMETIC,
  arithmetic,
  type Arithmetic,
  call,
  compare,
  type Comparison,
  COMPARISONS,
  type FunctionName,
  FUNCTIONS,
  logic,
  not,
  type PropertyPath,
  type Term,
} from './sensorthings-term.ts';
import { type Token, tokensOf } from './sensorthings-tokens.ts';

/** Brackets and `not` within each other: deeper than any filter, and no deeper than the stack. */
const DEEPEST = 40;

/**
 * Reads a `$filter` over a set (OGC 18-088 §9.3.3.5.1; precedence as in OData 4.0). Throws `sensorthings.invalid` for what is not
 * written as the standard has it, `sensorthings.unsupported` for what it has and this service has not.
 */
export function parseFilter(expression: string, set: EntitySet): Term {
  const reader = new FilterReader(tokensOf(expression), set);
  const term = reader.whole();
  refuseMany(term);
  if (term.type !== 'boolean') throw invalid('$filter 须是一个条件，例如 result gt 5');
  return term;
}

/** What has many values stands in comparisons with one value only. */
function refuseMany(term: Term): void {
  switch (term.kind) {
    case 'literal':
      return;
    case 'property':
      if (term.of.through.some(({ many }) => many))
        throw unsupported(`“${term.of.text}”这样用（“多”的一方只能与一个值比较）`);
      return;
    case 'some':
      if (term.relation.target === 'Observations') throw unsupported('经 Observations 过滤');
      return refuseMany(term.of);
    case 'not':
      return refuseMany(term.of);
    case 'call':
      return term.args.forEach(refuseMany);
    case 'compare':
    case 'arithmetic':
    case 'logic':
      break;
  }
  refuseMany(term.left);
  refuseMany(term.right);
}

class FilterReader {
  readonly #tokens: readonly Token[];
  readonly #set: EntitySet;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], set: EntitySet) {
    this.#tokens = tokens;
    this.#set = set;
  }

  whole(): Term {
    const term = this.#or();
    if (this.#at < this.#tokens.length) throw invalid(`${this.#here()}是多余的`);
    return term;
  }

  #or(): Term {
    let left = this.#and();
    while (this.#takeWord('or')) left = logic('or', left, this.#and());
    return left;
  }

  #and(): Term {
    let left = this.#compared();
    while (this.#takeWord('and')) left = logic('and', left, this.#compared());
    return left;
  }

  #compared(): Term {
    let left = this.#sum();
    for (let op = this.#oneOf(COMPARISONS); op; op = this.#oneOf(COMPARISONS)) {
      left = compare(op as Comparison, left, this.#sum());
    }
    return left;
  }

  #sum(): Term {
    let left = this.#product();
    for (let op = this.#oneOf(['add', 'sub']); op; op = this.#oneOf(['add', 'sub'])) {
      left = arithmetic(op as Arithmetic, left, this.#product());
    }
    return left;
  }

  #product(): Term {
    let left = this.#unary();
    for (let op = this.#oneOf(ARITHMETIC.slice(2)); op; op = this.#oneOf(ARITHMETIC.slice(2))) {
      left = arithmetic(op as Arithmetic, left, this.#unary());
    }
    return left;
  }

  #unary(): Term {
    if (!this.#takeWord('not')) return this.#primary();
    return this.#deeper(() => not(this.#unary()));
  }

  #primary(): Term {
    const token = this.#tokens[this.#at];
    if (!token) throw invalid('$filter 没有写完');
    this.#at += 1;
    switch (token.kind) {
      case 'text':
      case 'number':
      case 'moment':
        return { kind: 'literal', type: token.kind, value: token.value };
      case 'mark': {
        if (token.text !== '(') throw invalid(`“${token.text}”放错了地方`);
        const inner = this.#deeper(() => this.#or());
        this.#expect(')');
        return inner;
      }
      case 'word':
        break;
    }
    return this.#isMark('(') ? this.#call(token.text) : named(token.text, this.#set);
  }

  #call(name: string): Term {
    if (!Object.hasOwn(FUNCTIONS, name)) throw unknownFunction(name);
    this.#expect('(');
    const args = [this.#deeper(() => this.#or())];
    while (this.#isMark(',')) {
      this.#at += 1;
      args.push(this.#deeper(() => this.#or()));
    }
    this.#expect(')');
    return call(name as FunctionName, args);
  }

  #deeper(read: () => Term): Term {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw invalid(`$filter 嵌套超过 ${DEEPEST} 层`);
    const term = read();
    this.#depth -= 1;
    return term;
  }

  #oneOf(words: readonly string[]): string | undefined {
    return words.find((word) => this.#takeWord(word));
  }

  #takeWord(word: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word' || token.text !== word) return false;
    this.#at += 1;
    return true;
  }

  #isMark(mark: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === 'mark' && token.text === mark;
  }

  #expect(mark: string): void {
    if (!this.#isMark(mark)) throw invalid(`${this.#here()}之前缺“${mark}”`);
    this.#at += 1;
  }

  #here(): string {
    const token = this.#tokens[this.#at];
    if (!token) return '结尾';
    return `“${token.kind === 'word' || token.kind === 'mark' ? token.text : token.value}”`;
  }
}

/** Functions of the standard that are left out, by name: dates in parts, rounding, and everything of places. */
const LEFT_OUT =
  /^(?:geo\.\w+|st_\w+|year|month|day|hour|minute|second|fractionalseconds|date|time|totaloffsetminutes|now|mindatetime|maxdatetime|round|floor|ceiling|trim|concat|indexof|substring)$/u;

function unknownFunction(name: string): Error {
  return LEFT_OUT.test(name) ? unsupported(`$filter 函数 ${name}`) : invalid(`没有函数“${name}”`);
}

function named(word: string, set: EntitySet): Term {
  if (word === 'null') return { kind: 'literal', type: 'null', value: null };
  if (word === 'true' || word === 'false')
    return { kind: 'literal', type: 'boolean', value: word === 'true' };
  const { of, type } = propertyBehind(word, set);
  return { kind: 'property', type, of };
}

interface FoundProperty {
  readonly of: PropertyPath;
  readonly type: ValueType;
}

/** A path of names to a property that can be ordered by: `name`, `properties/code`, `Thing/@iot.id`. */
export function propertyAt(path: string, set: EntitySet): FoundProperty {
  const found = propertyBehind(path, set);
  if (found.of.through.some(({ many }) => many)) throw unsupported(`按“多”的一方（${path}）排序`);
  return found;
}

/** The same along relations to many, too: `Locations/id`. */
function propertyBehind(path: string, set: EntitySet): FoundProperty {
  const names = path.split('/');
  const through: Relation[] = [];
  let at = set;
  for (let name = names[0]; name !== undefined && names.length > 1; name = names[0]) {
    const relation = memberOf(at.relations, name);
    if (!relation) break;
    through.push(relation);
    at = ENTITY_SETS[relation.target];
    names.shift();
  }
  const [name = '', part, ...rest] = names;
  if (rest.length > 0) throw invalid(`${set.name} 没有“${path}”`);
  const type = typeAt(at, name, part);
  if (type === undefined) throw invalid(`${set.name} 没有可以比较的“${path}”`);
  const own = name === '@iot.id' ? 'id' : name;
  return { of: { through, name: own, text: path, ...(part === undefined ? {} : { part }) }, type };
}

function typeAt(set: EntitySet, name: string, part: string | undefined): ValueType | undefined {
  if (name === 'id' || name === '@iot.id') return part === undefined ? set.id : undefined;
  const property = memberOf(set.properties, name);
  if (part !== undefined) return property?.parts === undefined ? undefined : memberOf(property.parts, part);
  return property === undefined || property.type === 'json' ? undefined : property.type;
}
