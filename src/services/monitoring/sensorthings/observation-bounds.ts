import { conjuncts, type QueryOptions, type Term, unsupported } from '#contract/monitoring';

/** A filter over Observations taken apart: whose, from when to when (epoch ms), and what is to be looked at row by row. */
export interface ObservationBounds {
  readonly datastream: number | undefined;
  readonly from: number;
  /** The first moment that is no longer asked for. */
  readonly to: number;
  readonly rest: readonly Term[];
}

type Comparison = Extract<Term, { kind: 'compare' }>;
const TURNED = { eq: 'eq', ne: 'ne', gt: 'lt', ge: 'le', lt: 'gt', le: 'ge' } as const;

/** Throws `sensorthings.unsupported` for conditions on what an Observation belongs to, other than its Datastream's number. */
export function observationBounds(filter: Term | undefined, latest: number): ObservationBounds {
  let bounds: ObservationBounds = { datastream: undefined, from: 0, to: latest, rest: [] };
  for (const term of conjuncts(filter)) bounds = narrowed(bounds, term);
  for (const term of bounds.rest) refuseForeign(term);
  return bounds;
}

function narrowed(bounds: ObservationBounds, term: Term): ObservationBounds {
  const asks = propertyFirst(term);
  if (!asks) return { ...bounds, rest: [...bounds.rest, term] };
  const { path, op, value } = asks;
  if (path === 'Datastream/id' && op === 'eq') {
    const other = bounds.datastream !== undefined && bounds.datastream !== value;
    return { ...bounds, datastream: value, to: other ? bounds.from : bounds.to };
  }
  if (path !== 'phenomenonTime' || op === 'ne') return { ...bounds, rest: [...bounds.rest, term] };
  const least = { eq: value, ge: value, gt: value + 1, le: bounds.from, lt: bounds.from }[op];
  const end = { eq: value + 1, le: value + 1, lt: value, ge: bounds.to, gt: bounds.to }[op];
  return { ...bounds, from: Math.max(bounds.from, least), to: Math.min(bounds.to, end) };
}

/** `property op number` of a comparison, whichever side it was written on. */
function propertyFirst(
  term: Term,
): { readonly path: string; readonly op: Comparison['op']; readonly value: number } | undefined {
  if (term.kind !== 'compare') return undefined;
  const turn = term.left.kind === 'literal';
  const [property, literal] = turn ? [term.right, term.left] : [term.left, term.right];
  if (property.kind !== 'property' || literal.kind !== 'literal' || typeof literal.value !== 'number')
    return undefined;
  const { through, name } = property.of;
  const path =
    through.length === 0
      ? name
      : through[0]?.target === 'Datastreams' && through.length === 1
        ? `Datastream/${name}`
        : '';
  return { path, op: turn ? TURNED[term.op] : term.op, value: literal.value };
}

function refuseForeign(term: Term): void {
  switch (term.kind) {
    case 'literal':
      return;
    case 'property':
      if (term.of.through.length > 0)
        throw unsupported(`按 ${term.of.text} 过滤 Observations（Datastream/id eq 除外）`);
      return;
    case 'some':
      throw unsupported('经“多”的一方过滤 Observations');
    case 'call':
      return term.args.forEach(refuseForeign);
    case 'not':
      return refuseForeign(term.of);
    case 'compare':
    case 'arithmetic':
    case 'logic':
      refuseForeign(term.left);
      return refuseForeign(term.right);
  }
}

/** Newest first? Throws `sensorthings.unsupported` for any other order than that of time. */
export function isDescending({ orderBy }: Pick<QueryOptions, 'orderBy'>): boolean | undefined {
  const [key, ...rest] = orderBy;
  if (!key) return undefined;
  const isTime = key.of.through.length === 0 && key.of.name === 'phenomenonTime';
  if (!isTime || rest.length > 0) throw unsupported('Observations 按 phenomenonTime 之外的属性排序');
  return key.descending;
}
