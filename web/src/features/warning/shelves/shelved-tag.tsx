import type { Warning } from '#contract/warning';
import type { ReactElement } from 'react';

import { formatShort } from '../../../app/format.ts';
import { useNow } from '../../../app/use-now.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { SHELF_TEXT } from './text.ts';

const MINUTE_MS = 60_000;

/** A warning that somebody has put aside says by whom and until when. */
export function ShelvedTag({ shelf }: { readonly shelf: NonNullable<Warning['shelf']> }): ReactElement {
  const now = useNow(MINUTE_MS);
  return (
    <span title={shelf.reason}>
      <StateTag tone="quiet">{SHELF_TEXT.shelved(shelf.by, formatShort(shelf.until, now))}</StateTag>
    </span>
  );
}
