import { type CompositeSign, SIGN_LEVELS, type SignLevel } from '#model/standard';

import { type CompiledSign, compileSign } from '../compile-sign.ts';
import { type CompiledCondition, compileComposite } from './compile-composite.ts';
import type { CompositeNames } from './condition-reader.ts';

/** A composite sign with its conditions compiled, and the sign that its level goes through as a value. */
export interface ReadyComposite {
  readonly composite: CompositeSign;
  readonly conditions: Readonly<Partial<Record<SignLevel, CompiledCondition>>>;
  /** `evaluate` of this with the judged level (0–4) as the value gives the on- and off-delays of every sign. */
  readonly sign: CompiledSign;
}

const RANK = { red: 4, orange: 3, yellow: 2, blue: 1 } as const;

/** `id` is the number of the sign's row. */
export function readyComposite(
  id: number,
  composite: CompositeSign,
  names: CompositeNames,
):
  | { readonly kind: 'ready'; readonly composite: ReadyComposite }
  | { readonly kind: 'faults'; readonly faults: readonly string[] } {
  const conditions: Partial<Record<SignLevel, CompiledCondition>> = {};
  const faults: string[] = [];
  for (const level of SIGN_LEVELS) {
    const cell = composite.levels[level];
    if (cell === undefined) continue;
    const compiled = compileComposite(cell.when, names, composite.within.radiusMeters);
    if (compiled.kind === 'ready') conditions[level] = compiled.condition;
    else faults.push(...compiled.faults);
  }
  const sign = compositeRank(id, composite);
  if (faults.length > 0 || !sign) return { kind: 'faults', faults };
  return { kind: 'ready', composite: { composite, conditions, sign } };
}

/** The sign over the level itself, with its delays. */
export function compositeRank(id: number, composite: CompositeSign): CompiledSign | undefined {
  const timed = compileSign(id, rankSign(composite));
  return timed.kind === 'ready' ? timed.sign : undefined;
}

/** A sign over the rank itself: red holds at 4, orange from 3 … */
function rankSign({
  code,
  item,
  name,
  levels,
  offDelaySeconds,
  basis,
}: CompositeSign): Parameters<typeof compileSign>[1] {
  const cells = SIGN_LEVELS.flatMap((level) => {
    const cell = levels[level];
    return cell === undefined
      ? []
      : [[level, { limit: RANK[level], onDelaySeconds: cell.onDelaySeconds }] as const];
  });
  return {
    code,
    item,
    name,
    element: '',
    measure: { kind: 'value' },
    direction: 'high',
    levels: Object.fromEntries(cells),
    deadband: 0,
    offDelaySeconds,
    unit: '1',
    basis,
  };
}
