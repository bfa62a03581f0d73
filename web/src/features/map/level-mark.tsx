import type { Level } from '#model/warning';
import type { ReactElement } from 'react';

import { LEVEL_COLORS } from '../../ui/level-colors.ts';
import { LEVEL_SHAPES, NORMAL_COLOR, SHAPE_MIDDLE } from './level-shapes.ts';

interface LevelMarkProps {
  /** null: no open warning. */
  readonly level: Level | null;
  readonly simulated?: boolean;
  /** Held back on purpose: hollow. */
  readonly held?: boolean;
  readonly size?: number;
}

/** The mark of the map, beside words. */
export function LevelMark({ level, simulated, held, size = 16 }: LevelMarkProps): ReactElement {
  return (
    <svg className="level-mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      {level === null ? (
        <circle cx="12" cy="12" r="6" fill={NORMAL_COLOR} />
      ) : (
        <path
          d={LEVEL_SHAPES[level]}
          fill={held ? '#fff' : LEVEL_COLORS[level].fill}
          stroke={LEVEL_COLORS[level].line}
          strokeWidth={held ? 2 : 1}
        />
      )}
      {simulated && <circle cx="12" cy={level === null ? 12 : SHAPE_MIDDLE[level]} r="3" fill="#fff" />}
    </svg>
  );
}
