import type { MonitoredObject } from '#contract/platform';
import type { ReactElement } from 'react';

import { SimulatedTag } from '../../../ui/replay-tag.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { TAG_TEXT } from './text.ts';

/** What must be known of an object before it is trusted: made up, no longer in use, its place only estimated. */
export function ObjectTags({ object }: { readonly object: MonitoredObject }): ReactElement {
  return (
    <span className="tags">
      {object.retiredAt !== null && <StateTag tone="quiet">{TAG_TEXT.retired}</StateTag>}
      {object.placeApproximate && (
        <span title={TAG_TEXT.approximateWhy}>
          <StateTag tone="quiet">{TAG_TEXT.approximate}</StateTag>
        </span>
      )}
      {object.simulated && <SimulatedTag />}
    </span>
  );
}
