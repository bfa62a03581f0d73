import type { ReactElement } from 'react';

import { DutyPage } from '../features/duty/duty-page.tsx';
import { FloodMode } from '../features/warning/cards/flood-mode.tsx';

/** 值守台, with the cards of warnings in a flood. */
export function DutyDeskPage(): ReactElement {
  return <DutyPage flood={FloodMode} />;
}
