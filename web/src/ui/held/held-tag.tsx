import type { Warning } from '#contract/warning';
import type { ReactElement } from 'react';

import { formatShort } from '../../app/format.ts';
import { useNow } from '../../app/use-now.ts';
import { StateTag } from '../state-tag.tsx';
import { HELD_TEXT } from './text.ts';

const MINUTE_MS = 60_000;

interface HeldTagProps {
  readonly hold: Pick<NonNullable<Warning['hold']>, 'state' | 'who' | 'until' | 'reason'>;
}

/** What is held back on purpose says how, by whom and until when; the reason lies under it. */
export function HeldTag({ hold }: HeldTagProps): ReactElement {
  const now = useNow(MINUTE_MS);
  const until = hold.until === null ? null : formatShort(hold.until, now);
  return (
    <span title={hold.reason}>
      <StateTag tone="quiet">{HELD_TEXT[hold.state](hold.who, until)}</StateTag>
    </span>
  );
}
