import { type MeasureKind, MEASURE_TEXT, type Sign } from '#model/standard';

import type { LintFault } from './lint-fault.ts';

/** Measures of which there is a new one with each reading; the others go by the clock, by the day or by several points at once. */
export const AGREEABLE: ReadonlySet<MeasureKind> = new Set([
  'value',
  'rolling',
  'rate',
  'deviation',
  'forecast',
  'anomaly',
]);

/** Faults of a sign's 读数表决. */
export function agreementFaults(
  { name, agreement, measure, direction }: Sign,
  path: string,
): readonly LintFault[] {
  if (agreement === undefined) return [];
  const faults: LintFault[] = [];
  if (agreement.atLeast > agreement.of)
    faults.push({
      path: `${path}.agreement.atLeast`,
      message: `体征“${name}”要最近 ${agreement.of} 次读数中有 ${agreement.atLeast} 次越限，永远不会成立。请把次数改为不超过 ${agreement.of}。`,
    });
  if (!AGREEABLE.has(measure.kind))
    faults.push({
      path: `${path}.agreement`,
      message: `体征“${name}”看的是${MEASURE_TEXT[measure.kind]}，不是逐次读数，不能用读数表决。请去掉它，需要时用持续时间。`,
    });
  if (direction === 'band')
    faults.push({
      path: `${path}.agreement`,
      message: `体征“${name}”是区间体征，一次偏高一次偏低不能算一致。请拆成偏高、偏低两个体征，再分别用读数表决。`,
    });
  return faults;
}
