import type { VersionState } from '#contract/standard';
import type { ReactElement } from 'react';

import { StateTag } from '../../ui/state-tag.tsx';
import { VERSION_TEXT } from './text.ts';

const TONE = { 'in-force': 'active', coming: 'waiting', retired: 'quiet', cancelled: 'quiet' } as const;

export function VersionStateTag({ state }: { readonly state: VersionState }): ReactElement {
  return <StateTag tone={TONE[state]}>{VERSION_TEXT.states[state]}</StateTag>;
}
