import { withOwnLimits } from '#contract/standard';
import type { Sign } from '#model/standard';
import { levelSentence, normalSentence, type SpokenSign } from '#signs';

import type { ObjectFacts } from '#services/context';

/** A sign over readings, with what the numbers of its element mean. */
export type KnownSign = Sign & Pick<SpokenSign, 'states'>;

/** Why a sign stands at a level (0: normal) at an object, within the limits it has there, as a person would say it. */
export function alarmSentence(
  sign: KnownSign,
  { toLevel, value }: { readonly toLevel: number; readonly value: number },
  facts: ObjectFacts | undefined,
): string {
  const own = facts?.limits[sign.code];
  const spoken: SpokenSign = own === undefined ? sign : { ...withOwnLimits(sign, own), states: sign.states };
  return toLevel === 0
    ? normalSentence(spoken, value)
    : levelSentence(spoken, toLevel, value, (code) => facts?.parameters[code]);
}
