import type { ObjectHold } from '#contract/warning';
import type { ReactElement } from 'react';

import { HeldTag } from './held-tag.tsx';

/** What would hold the alarms of an object or a point back, whether or not one stands; nothing where nothing would. */
export function HeldChips({ holds }: { readonly holds: readonly ObjectHold[] }): ReactElement | null {
  if (holds.length === 0) return null;
  return (
    <span className="tags held-chips">
      {holds.map((hold) => (
        <HeldTag key={`${hold.by} ${hold.code ?? ''}`} hold={hold} />
      ))}
    </span>
  );
}
