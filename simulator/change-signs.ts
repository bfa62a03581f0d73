import type { StandardDraftDetail } from '#contract/standard';
import { SIGN_LEVELS } from '#model/standard';

import { UsageError } from './replay-options.ts';

type Text = StandardDraftDetail['document'];

/** One thing to be different in the draft: a level's limit or on-delay, a sign's off-delay or dead-band. */
export interface SignChange {
  readonly sign: string;
  readonly field: (typeof SIGN_LEVELS)[number] | 'offDelaySeconds' | 'deadband';
  readonly value: number;
}

const FIELDS: readonly SignChange['field'][] = [...SIGN_LEVELS, 'offDelaySeconds', 'deadband'];

/** Reads `FLOOD.S07A.blue=15`. Throws {@link UsageError}. */
export function readSignChange(text: string): SignChange {
  const [, sign = '', name = '', number = ''] = /^([A-Z]+\.S\d\d[A-Z]?)\.(\w+)=(.+)$/u.exec(text) ?? [];
  const field = FIELDS.find((one) => one === name);
  const value = Number(number);
  if (field === undefined || number.trim() === '' || !Number.isFinite(value)) {
    throw new UsageError(
      `看不懂 --set ${text}。写法：体征.级别=限值，如 FLOOD.S07A.blue=15；级别为 ${SIGN_LEVELS.join('、')}，` +
        `也可以是 offDelaySeconds（解除延时，秒）或 deadband（回差）。`,
    );
  }
  return { sign, field, value };
}

/**
 * The text with these changes; signs of other scenarios' are passed over. Only a level that is there can get another limit, for a new
 * one needs a handbook. Throws {@link UsageError}.
 */
export function changeSigns(document: Text, changes: readonly SignChange[]): Text {
  const own = changes.filter(({ sign }) => sign.startsWith(`${document.scenario}.`));
  for (const { sign, field } of own) {
    const found = document.signs.find(({ code }) => code === sign);
    if (!found) throw new UsageError(`标准里没有体征 ${sign}`);
    if (isLevel(field) && !found.levels[field]) throw new UsageError(`体征 ${sign} 没有 ${field} 这一级`);
  }
  return {
    ...document,
    signs: document.signs.map((sign) =>
      own
        .filter((change) => change.sign === sign.code)
        .reduce((changed, change) => changeSign(changed, change), sign),
    ),
  };
}

function changeSign(sign: Text['signs'][number], { field, value }: SignChange): typeof sign {
  if (!isLevel(field)) return { ...sign, [field]: value };
  const level = sign.levels[field];
  return level ? { ...sign, levels: { ...sign.levels, [field]: { ...level, limit: value } } } : sign;
}

const isLevel = (field: SignChange['field']): field is (typeof SIGN_LEVELS)[number] =>
  SIGN_LEVELS.some((level) => level === field);
