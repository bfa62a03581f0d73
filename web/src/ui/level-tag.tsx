import { type Level, LEVEL_TEXT } from '#model/warning';
import type { ReactElement } from 'react';

import { LEVEL_COLORS } from './level-colors.ts';

/** A level: its colour and always its word. */
export function LevelTag({
  level,
  large,
}: {
  readonly level: Level;
  readonly large?: boolean;
}): ReactElement {
  const { fill, text } = LEVEL_COLORS[level];
  return (
    <span
      className={large ? 'level-tag level-tag-large' : 'level-tag'}
      style={{ background: fill, color: text }}
    >
      {LEVEL_TEXT[level]}
    </span>
  );
}
