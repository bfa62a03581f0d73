import type { DraftState } from '#contract/standard';
import type { ReactElement } from 'react';

import { StateTag } from '../../../ui/state-tag.tsx';
import { DRAFT_STATE_TEXT } from '../text.ts';

const TONE = {
  draft: 'active',
  submitted: 'waiting',
  refused: 'waiting',
  withdrawn: 'quiet',
  published: 'done',
} as const;

export function DraftStateTag({ state }: { readonly state: DraftState }): ReactElement {
  return <StateTag tone={TONE[state]}>{DRAFT_STATE_TEXT[state]}</StateTag>;
}
