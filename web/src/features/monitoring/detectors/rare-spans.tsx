import type { rarityRoutes } from '#contract/monitoring';
import type { ReactElement } from 'react';
import type { z } from 'zod';

import { TimeText } from '../../../ui/time-text.tsx';
import { LEARNT_TEXT } from './text.ts';

export type RareSpan = z.output<typeof rarityRoutes.getRarity.reply>['spans'][number];

const MOST = 5;

/** What the shaded stretches of the chart say, the newest first. */
export function RareSpans({ spans }: { readonly spans: readonly RareSpan[] }): ReactElement | null {
  if (spans.length === 0) return null;
  return (
    <ul className="rare-spans" aria-label={LEARNT_TEXT.spans}>
      {spans.slice(0, MOST).map(({ from, until, text }) => (
        <li key={`${from} ${text}`}>
          <span className="quiet">
            <TimeText at={from} whole /> –{' '}
            {until === null ? LEARNT_TEXT.stillSo : <TimeText at={until} whole />}
          </span>{' '}
          {text}
        </li>
      ))}
    </ul>
  );
}
