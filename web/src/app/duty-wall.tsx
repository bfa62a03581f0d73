import type { ReactElement } from 'react';

import { ActivationBar } from '../features/activation/activation-bar.tsx';
import { WallPage } from '../features/duty/wall/wall-page.tsx';
import { FloodMode } from '../features/warning/cards/flood-mode.tsx';

/** 大屏, with the cards of warnings in a flood and 应急响应 in force. */
export function DutyWallPage(): ReactElement {
  return <WallPage flood={FloodMode} activations={ActivationBar} />;
}
