import type { OwnLimit } from '#contract/standard';
import { LEVEL_TEXT } from '#model/warning';
import type { ReactElement } from 'react';

import { LEVEL_COLORS } from '../../../ui/level-colors.ts';
import { TimeText } from '../../../ui/time-text.tsx';
import { ownLevels, ownLevelText, ownRecoverText } from './own-words.ts';
import { OWN_TEXT } from './text.ts';

/** What an object has of its own, level by level in words. */
export function OwnLimitCell({ own }: { readonly own: OwnLimit }): ReactElement {
  return (
    <>
      {ownLevels(own).map(([level, cell]) => (
        <span
          key={level}
          className="level-cell standard-line"
          style={{ borderColor: LEVEL_COLORS[level].fill }}
        >
          {LEVEL_TEXT[level]} {ownLevelText(cell, own.sign)}
        </span>
      ))}
      {ownRecoverText(own).map((text) => (
        <span key={text} className="standard-line">
          {text}
        </span>
      ))}
      {own.validUntil !== null && (
        <span className="quiet standard-line">
          {OWN_TEXT.until} <TimeText at={own.validUntil} whole />
        </span>
      )}
    </>
  );
}
