import type { PropertyPath, Term } from '#contract/monitoring';

type Value = string | number | boolean | null;
type CompareOp = Extract<Term, { kind: 'compare' }>['op'];

/** What a term gives for one entity, whose properties `of` tells; moments are epoch ms. The same as `conditionSql` in the database. */
export function evaluateTerm(term: Term, of: (path: PropertyPath) => Value): Value {
  const inner = (part: Term): Value => evaluateTerm(part, of);
  switch (term.kind) {
    case 'literal':
      return term.value;
    case 'property':
      return of(term.of);
    case 'compare':
      return holds(term.op, inner(term.left), inner(term.right));
    case 'arithmetic':
      return reckoned(term.op, inner(term.left), inner(term.right));
    case 'logic':
      return term.op === 'and'
        ? inner(term.left) === true && inner(term.right) === true
        : inner(term.left) === true || inner(term.right) === true;
    case 'not':
      return inner(term.of) !== true;
    case 'some':
      // Readings are looked at one by one: what they belong to is refused before (`observationBounds`).
      throw new Error('only tables know what an entity has many of');
    case 'call':
      break;
  }
  return CALLS[term.name](...textsOf(term.args.map(inner)));
}

function holds(op: CompareOp, left: Value, right: Value): boolean {
  if (op === 'eq') return left === right;
  if (op === 'ne') return left !== right;
  if (left === null || right === null) return false;
  return ORDERS[op](left, right);
}

const ORDERS: Readonly<
  Record<
    Exclude<CompareOp, 'eq' | 'ne'>,
    (a: string | number | boolean, b: string | number | boolean) => boolean
  >
> = {
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
};

function reckoned(op: Extract<Term, { kind: 'arithmetic' }>['op'], a: Value, b: Value): number | null {
  if (typeof a !== 'number' || typeof b !== 'number') return null;
  if ((op === 'div' || op === 'mod') && b === 0) return null;
  return { add: a + b, sub: a - b, mul: a * b, div: a / b, mod: a % b }[op];
}

function textsOf(args: readonly Value[]): readonly [string | null, string | null] {
  const [a = null, b = null] = args;
  return [typeof a === 'string' ? a : null, typeof b === 'string' ? b : null];
}

type Call = (a: string | null, b: string | null) => Value;
const both =
  (test: (a: string, b: string) => boolean): Call =>
  (a, b) =>
    a !== null && b !== null && test(a, b);

const CALLS: Readonly<Record<Extract<Term, { kind: 'call' }>['name'], Call>> = {
  substringof: both((part, whole) => whole.includes(part)),
  contains: both((whole, part) => whole.includes(part)),
  startswith: both((whole, part) => whole.startsWith(part)),
  endswith: both((whole, part) => whole.endsWith(part)),
  tolower: (text) => text?.toLowerCase() ?? null,
  toupper: (text) => text?.toUpperCase() ?? null,
  length: (text) => (text === null ? null : Array.from(text).length),
};
