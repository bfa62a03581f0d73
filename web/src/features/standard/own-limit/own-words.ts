import type { OwnLimit } from '#contract/standard';
import { SIGN_LEVELS, type SignLevel } from '#model/standard';

import { spanText, valueText } from '../words.ts';
import { OWN_TEXT } from './text.ts';

type Sign = Pick<OwnLimit['sign'], 'unit' | 'direction' | 'measure'>;
type Level = NonNullable<OwnLimit['limits']['levels'][SignLevel]>;

/** `≥ 20 cm，持续 1 分钟`, only what is the object's own. */
export function ownLevelText({ limit, lower, onDelaySeconds }: Level, sign: Sign): string {
  const said = (value: number): string => valueText(value, sign.unit, sign.measure);
  const parts = [
    limit === undefined ? '' : `${sign.direction === 'low' ? '<' : '≥'} ${said(limit)}`,
    lower === undefined ? '' : `< ${said(lower)}`,
  ].filter((part) => part !== '');
  const delay = onDelaySeconds === undefined ? [] : [OWN_TEXT.delay(spanText(onDelaySeconds))];
  return [...(parts.length > 0 ? [parts.join(' 或 ')] : []), ...delay].join('，');
}

/** What is the object's own beside its levels: how a level is left. */
export function ownRecoverText({ limits, sign }: Pick<OwnLimit, 'limits' | 'sign'>): readonly string[] {
  const { deadband, offDelaySeconds } = limits;
  return [
    ...(deadband === undefined ? [] : [OWN_TEXT.deadband(valueText(deadband, sign.unit, sign.measure))]),
    ...(offDelaySeconds === undefined ? [] : [OWN_TEXT.offDelay(spanText(offDelaySeconds))]),
  ];
}

/** Its levels, severest first. */
export function ownLevels({ limits }: Pick<OwnLimit, 'limits'>): readonly (readonly [SignLevel, Level])[] {
  return SIGN_LEVELS.flatMap((level) => {
    const own = limits.levels[level];
    return own === undefined ? [] : [[level, own] as const];
  });
}
