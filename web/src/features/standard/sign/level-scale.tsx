import type { Sign } from '#contract/standard';
import { LEVEL_TEXT } from '#model/warning';
import type { ReactElement } from 'react';

import { LEVEL_COLORS } from '../../../ui/level-colors.ts';
import { SIGN_TEXT } from '../text.ts';
import { cellText, limitText, type Names } from '../words.ts';
import { bandsOf } from './bands.ts';

/** The four levels as bands from low to high, with the limit where each begins. */
export function LevelScale({ sign, names }: { readonly sign: Sign; readonly names: Names }): ReactElement {
  const words = sign.levels.map((cell) => `${LEVEL_TEXT[cell.level]} ${cellText(cell, sign, names)}`);
  return (
    <div className="level-scale" role="img" aria-label={`${SIGN_TEXT.scale}：${words.join('；')}`}>
      {bandsOf(sign.levels, sign.direction).map(({ level, from }, i) => {
        const colors = level === null ? undefined : LEVEL_COLORS[level];
        return (
          <span
            // oxlint-disable-next-line react/no-array-index-key -- bands never move; a band's level may stand at both ends
            key={i}
            className={colors ? 'level-band' : 'level-band level-band-normal'}
            style={colors && { background: colors.fill, color: colors.text }}
          >
            {level === null ? SIGN_TEXT.normal : LEVEL_TEXT[level].slice(0, 1)}
            {from !== null && <span className="level-bound">{limitText(from, sign, names)}</span>}
          </span>
        );
      })}
    </div>
  );
}
