import type { RehearsedLevels } from '#contract/standard';
import { LEVEL_TEXT, LEVELS } from '#model/warning';
import type { ReactElement } from 'react';

import { LEVEL_COLORS } from '../../../ui/level-colors.ts';
import { REHEARSAL_TEXT as T } from './rehearsal-text.ts';

interface LevelBarProps {
  readonly name: string;
  readonly levels: RehearsedLevels;
  readonly total: number;
  /** What the full width stands for. */
  readonly most: number;
}

const PERCENT = 100;
/** Narrower parts carry no figure: it stands in the line's words. */
const READABLE = 0.06;

/** Warnings by level as one bar, the gravest at the left; two of them stand in the same measure. */
export function LevelBar({ name, levels, total, most }: LevelBarProps): ReactElement {
  const parts = LEVELS.toReversed().filter((level) => levels[level] > 0);
  const words = parts.map((level) => `${LEVEL_TEXT[level]} ${levels[level]}`).join('，');
  return (
    <div className="rehearsal-bar">
      <span className="rehearsal-bar-name">{name}</span>
      <span
        className="rehearsal-bar-track"
        role="img"
        aria-label={`${name}：${T.warningsOf(total)}${words && `，${words}`}`}
      >
        {parts.map((level) => (
          <span
            key={level}
            className="figures"
            title={`${LEVEL_TEXT[level]} ${levels[level]}`}
            style={{
              width: `${(levels[level] / most) * PERCENT}%`,
              background: LEVEL_COLORS[level].fill,
              color: LEVEL_COLORS[level].text,
            }}
          >
            {levels[level] / most >= READABLE && levels[level]}
          </span>
        ))}
      </span>
      <span className="figures">
        {T.warningsOf(total)}
        <span className="quiet row-code">{words}</span>
      </span>
    </div>
  );
}
