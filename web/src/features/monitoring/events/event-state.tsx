import type { SuspectedEvent } from '#contract/monitoring';
import { SUSPECTED_STATE_TEXT, type SuspectedState } from '#model/monitoring';
import type { ReactElement } from 'react';

import { StateTag } from '../../../ui/state-tag.tsx';
import { EVENT_TEXT } from './text.ts';

const TONES: Readonly<Record<SuspectedState, 'waiting' | 'active' | 'quiet'>> = {
  suspected: 'waiting',
  confirmed: 'active',
  rejected: 'quiet',
};

/** Name of the event: the element it is mapped to, else what the sender calls it. */
export function nameOf({ elementName, kindName, kind }: SuspectedEvent): string {
  return elementName ?? kindName ?? kind;
}

export function EventState({ event }: { readonly event: SuspectedEvent }): ReactElement {
  return (
    <>
      <StateTag tone={TONES[event.state]}>{SUSPECTED_STATE_TEXT[event.state]}</StateTag>{' '}
      {event.endedAt !== null && event.state !== 'rejected' && (
        <StateTag tone="done">{EVENT_TEXT.ended}</StateTag>
      )}
    </>
  );
}
