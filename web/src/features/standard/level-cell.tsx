import type { Limit, SignLevel } from '#model/standard';
import type { ReactElement } from 'react';

import { LEVEL_COLORS } from '../../ui/level-colors.ts';
import { cellText, type LimitContext, type Names } from './words.ts';

interface LevelCellProps {
  readonly level: SignLevel;
  readonly cell: {
    readonly limit: Limit;
    readonly lower?: Limit | undefined;
    readonly onDelaySeconds: number;
  };
  readonly sign: LimitContext;
  readonly names: Names;
}

/** A limit in words beside its level's colour. */
export function LevelCell({ level, cell, sign, names }: LevelCellProps): ReactElement {
  return (
    <span className="level-cell" style={{ borderColor: LEVEL_COLORS[level].fill }}>
      {cellText(cell, sign, names)}
    </span>
  );
}
