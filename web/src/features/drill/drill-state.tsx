import { DRILL_STATE_TEXT, type DrillState } from '#model/response';
import type { ReactElement } from 'react';

import { StateTag } from '../../ui/state-tag.tsx';

const TONE = {
  planned: 'waiting',
  running: 'active',
  ended: 'waiting',
  aborted: 'quiet',
  assessed: 'done',
} as const;

export function DrillStateTag({ state }: { readonly state: DrillState }): ReactElement {
  return <StateTag tone={TONE[state]}>{DRILL_STATE_TEXT[state]}</StateTag>;
}
