import type { ElementDefinition, Sign } from '#model/standard';

import type { LintFault } from './lint-fault.ts';
import { limitsOf } from './lint-order.ts';

/** Decades of a return period: more often than once in a thousand readings is no warning, rarer than 10⁸ nothing is told. */
const COMMONEST = 3;
const RAREST = 8;
const DAY_SECONDS = 86_400;
/** A detector needs so many readings, however long it takes. */
const FEWEST_READINGS = 300;

/** Faults of a sign that looks at how rare a reading is beside its point's own past. */
export function rarityFaults(sign: Sign, path: string, element: ElementDefinition): readonly LintFault[] {
  const { measure, name } = sign;
  if (measure.kind !== 'rarity') return [];
  const faults: LintFault[] = limitsOf(sign).flatMap(({ limit, at }) =>
    typeof limit === 'number' && isTold(limit)
      ? []
      : [
          {
            path: `${path}.${at}`,
            message: `体征“${name}”的罕见度限值须是 ${COMMONEST} 至 ${RAREST} 之间的数（4 即一万条读数里才有一次）。请改限值。`,
          },
        ],
  );
  if (hasNoPast(element))
    faults.push({
      path: `${path}.measure`,
      message: `“${element.name}”报的是状态或事件，没有可以学习的常态。请改用实测值等体征类型。`,
    });
  const least = leastSeconds(element);
  if (measure.learnSeconds < least)
    faults.push({
      path: `${path}.measure.learnSeconds`,
      message: `体征“${name}”的学习期 ${measure.learnSeconds} 秒太短。请至少给 ${least} 秒（一天，且够来 ${FEWEST_READINGS} 条读数）。`,
    });
  if (sign.offDelaySeconds === 0)
    faults.push({
      path: `${path}.offDelaySeconds`,
      message: `体征“${name}”的罕见度一闪即过，恢复延时不能为 0。请至少给一个采样周期。`,
    });
  return faults;
}

/** Faults of an element that asks whether readings fit their point's own past. */
export function improbableFaults(element: ElementDefinition, path: string): readonly LintFault[] {
  const { improbable, name } = element;
  if (improbable === undefined) return [];
  if (hasNoPast(element)) {
    const message = `“${name}”报的是状态或事件，没有可以学习的常态。请去掉“与自身历史不符”的检查。`;
    return [{ path: `${path}.improbable`, message }];
  }
  const least = leastSeconds(element);
  return [
    ...(isTold(improbable.rarity)
      ? []
      : [
          {
            path: `${path}.improbable.rarity`,
            message: `“${name}”的罕见度须在 ${COMMONEST} 至 ${RAREST} 之间（4 即一万条读数里才有一次）。请改限值。`,
          },
        ]),
    ...(improbable.learnSeconds >= least
      ? []
      : [
          {
            path: `${path}.improbable.learnSeconds`,
            message: `“${name}”的学习期 ${improbable.learnSeconds} 秒太短。请至少给 ${least} 秒（一天，且够来 ${FEWEST_READINGS} 条读数）。`,
          },
        ]),
  ];
}

const isTold = (rarity: number): boolean => rarity >= COMMONEST && rarity <= RAREST;

const hasNoPast = ({ states, periodSeconds }: ElementDefinition): boolean =>
  states !== undefined || periodSeconds === 0;

const leastSeconds = ({ periodSeconds }: ElementDefinition): number =>
  Math.max(DAY_SECONDS, FEWEST_READINGS * periodSeconds);
