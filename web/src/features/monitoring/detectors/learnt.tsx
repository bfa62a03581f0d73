import type { rarityRoutes } from '#contract/monitoring';
import type { ReactElement } from 'react';
import type { z } from 'zod';

import { LEARNT_TEXT } from './text.ts';

interface LearntProps {
  readonly learnt: NonNullable<z.output<typeof rarityRoutes.getRarity.reply>['learnt']>;
}

/** What a point's detector has learnt of it, in one line. */
export function Learnt({ learnt }: LearntProps): ReactElement {
  const { since, at, readings, readyAt, seen } = learnt;
  const lasted = at - since;
  const ordinary = seen ?? LEARNT_TEXT.ordinary(lasted, readings);
  return (
    <span className="quiet">
      {LEARNT_TEXT.label}：
      {readyAt === null ? ordinary : LEARNT_TEXT.learning(lasted, readings, readyAt - at)}
    </span>
  );
}
