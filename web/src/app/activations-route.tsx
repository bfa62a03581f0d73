import type { ReactElement } from 'react';

import { ActivationsPage } from '../features/activation/activations-page.tsx';
import { Frame } from '../features/command/frame.tsx';

/** 指挥体系 · 应急响应. */
export function ActivationsRoute(): ReactElement {
  return <ActivationsPage frame={Frame} />;
}
