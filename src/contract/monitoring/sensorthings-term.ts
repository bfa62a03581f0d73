import type { Relation, ValueType } from './sensorthings-entities.ts';
import { invalid } from './sensorthings-refusal.ts';

export const COMPARISONS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof COMPARISONS)[number];
export const ARITHMETIC = ['add', 'sub', 'mul', 'div', 'mod'] as const;
export type Arithmetic = (typeof ARITHMETIC)[number];

/** A part of a filter whose type is known: what it holds is checked when it is made, so whoever runs it need not look again. */
export type Term =
  | {
      readonly kind: 'literal';
      readonly type: ValueType | 'null';
      readonly value: string | number | boolean | null;
    }
  | { readonly kind: 'property'; readonly type: ValueType; readonly of: PropertyPath }
  | {
      readonly kind: 'call';
      readonly type: ValueType;
      readonly name: FunctionName;
      readonly args: readonly Term[];
    }
  | {
      readonly kind: 'compare';
      readonly type: 'boolean';
      readonly op: Comparison;
      readonly left: Term;
      readonly right: Term;
    }
  | {
      readonly kind: 'arithmetic';
      readonly type: 'number';
      readonly op: Arithmetic;
      readonly left: Term;
      readonly right: Term;
    }
  | {
      readonly kind: 'logic';
      readonly type: 'boolean';
      readonly op: 'and' | 'or';
      readonly left: Term;
      readonly right: Term;
    }
  | { readonly kind: 'not'; readonly type: 'boolean'; readonly of: Term }
  /** Some of those that the relation leads to are like that. */
  | { readonly kind: 'some'; readonly type: 'boolean'; readonly relation: Relation; readonly of: Term };

/** A property, or a part of one, of the entity itself or of one it belongs to. */
export interface PropertyPath {
  /** To whom one goes first; empty for the entity's own. */
  readonly through: readonly Relation[];
  /** `id`, or the name of a property. */
  readonly name: string;
  readonly part?: string;
  /** As it was written. */
  readonly text: string;
}

/** Functions of the standard (table 23) that are there: what they take and give. */
export const FUNCTIONS = {
  substringof: { takes: ['text', 'text'], gives: 'boolean' },
  contains: { takes: ['text', 'text'], gives: 'boolean' },
  startswith: { takes: ['text', 'text'], gives: 'boolean' },
  endswith: { takes: ['text', 'text'], gives: 'boolean' },
  tolower: { takes: ['text'], gives: 'text' },
  toupper: { takes: ['text'], gives: 'text' },
  length: { takes: ['text'], gives: 'number' },
} as const satisfies Record<string, { readonly takes: readonly ValueType[]; readonly gives: ValueType }>;
export type FunctionName = keyof typeof FUNCTIONS;

const TYPE_TEXT: Readonly<Record<ValueType | 'null', string>> = {
  text: '文字',
  number: '数字',
  moment: '时间',
  boolean: '真假',
  null: 'null',
};

/**
 * Compares; by the “many” side of a relation with a value: whether one of them is so. Throws `sensorthings.invalid` where the two cannot
 * be compared.
 */
export function compare(op: Comparison, one: Term, other: Term): Term {
  const left = idLike(one, other);
  const right = idLike(other, one);
  const [path, value] = left.kind === 'literal' ? [right, left] : [left, right];
  if (path.kind === 'property' && value.kind === 'literal' && path.of.through.some(({ many }) => many)) {
    const [relation, ...through] = path.of.through;
    const rest: Term = { ...path, of: { ...path.of, through } };
    const [a, b] = path === left ? [rest, value] : [value, rest];
    if (relation) return { kind: 'some', type: 'boolean', relation, of: compare(op, a, b) };
  }
  return comparison(op, left, right);
}

function comparison(op: Comparison, left: Term, right: Term): Term {
  const hasNull = left.type === 'null' || right.type === 'null';
  if (hasNull && op !== 'eq' && op !== 'ne') throw invalid(`null 只能用 eq、ne 比较，不能用 ${op}`);
  if (!hasNull && left.type !== right.type) {
    throw invalid(`${op} 两边类型不同：${TYPE_TEXT[left.type]}与${TYPE_TEXT[right.type]}`);
  }
  if (left.type === 'boolean' && op !== 'eq' && op !== 'ne') throw invalid(`真假不能用 ${op} 比较`);
  return { kind: 'compare', type: 'boolean', op, left, right };
}

/** Clients put any id in quotes: beside the number of an entity, digits are one. */
function idLike(term: Term, beside: Term): Term {
  const isId = beside.kind === 'property' && beside.of.name === 'id' && beside.type === 'number';
  if (!isId || term.kind !== 'literal' || term.type !== 'text') return term;
  const text = String(term.value);
  return /^\d{1,15}$/u.test(text) ? { kind: 'literal', type: 'number', value: Number(text) } : term;
}

export function arithmetic(op: Arithmetic, left: Term, right: Term): Term {
  return {
    kind: 'arithmetic',
    type: 'number',
    op,
    left: wanted(left, 'number', op),
    right: wanted(right, 'number', op),
  };
}

export function logic(op: 'and' | 'or', left: Term, right: Term): Term {
  return {
    kind: 'logic',
    type: 'boolean',
    op,
    left: wanted(left, 'boolean', op),
    right: wanted(right, 'boolean', op),
  };
}

export function not(of: Term): Term {
  return { kind: 'not', type: 'boolean', of: wanted(of, 'boolean', 'not') };
}

export function call(name: FunctionName, args: readonly Term[]): Term {
  const { takes, gives } = FUNCTIONS[name];
  if (args.length !== takes.length)
    throw invalid(`${name} 要 ${takes.length} 个参数，给了 ${args.length} 个`);
  for (const [i, type] of takes.entries()) {
    const arg = args[i];
    if (arg) wanted(arg, type, name);
  }
  return { kind: 'call', type: gives, name, args };
}

function wanted(term: Term, type: ValueType, by: string): Term {
  if (term.type !== type) throw invalid(`${by} 要的是${TYPE_TEXT[type]}，给的是${TYPE_TEXT[term.type]}`);
  return term;
}

/** The conditions that must all hold: the filter taken apart at its outermost `and`. */
export function conjuncts(term: Term | undefined): readonly Term[] {
  if (!term) return [];
  return term.kind === 'logic' && term.op === 'and'
    ? [...conjuncts(term.left), ...conjuncts(term.right)]
    : [term];
}
