import type { ReactElement } from 'react';

import { formatDuration } from '../../../app/format.ts';
import { useNow } from '../../../app/use-now.ts';
import { TimeText } from '../../../ui/time-text.tsx';
import { SHELF_TEXT } from './text.ts';

/** A moment that comes nearer: when, and how long until then. */
export function Until({ at }: { readonly at: number }): ReactElement {
  const now = useNow();
  return (
    <>
      <TimeText at={at} />{' '}
      {at > now && <small className="quiet figures">{SHELF_TEXT.left(formatDuration(at - now))}</small>}
    </>
  );
}
