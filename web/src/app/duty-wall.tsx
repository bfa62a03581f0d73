import type { ReactElement } from 'react';

import { WallPage } from '../features/duty/wall/wall-page.tsx';
import { FloodMode } from '../features/warning/cards/flood-mode.tsx';

/** 大屏, with the cards of warnings in a flood. */
export function DutyWallPage(): ReactElement {
  return <WallPage flood={FloodMode} />;
}
