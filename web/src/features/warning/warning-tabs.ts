import type { Capability } from '#model/platform';
import { type ComponentType, lazy } from 'react';

import type { TabKey } from './search.ts';
import { HeldWaiting } from './shelves/held-waiting.tsx';
import { TEXT } from './text.ts';
import { WaitingCount } from './verify/waiting-count.tsx';

export interface WarningTab {
  readonly key: TabKey;
  readonly label: string;
  readonly needs: Capability;
  readonly Body: ComponentType;
  /** How much there waits for a person, beside the name. */
  readonly Waiting?: ComponentType;
}

/** The tabs of 预警体征 in their order, each fetched when it is first opened. */
export const WARNING_TABS: readonly WarningTab[] = [
  {
    key: 'open',
    label: TEXT.tabs.open,
    needs: 'warning.read',
    Body: lazy(async () => ({ default: (await import('./open-warnings.tsx')).OpenWarnings })),
  },
  {
    key: 'verify',
    label: TEXT.tabs.verify,
    needs: 'warning.read',
    Body: lazy(async () => ({ default: (await import('./verify/verifications.tsx')).Verifications })),
    Waiting: WaitingCount,
  },
  {
    key: 'held',
    label: TEXT.tabs.held,
    needs: 'warning.read',
    Body: lazy(async () => ({ default: (await import('./shelves/held.tsx')).Held })),
    Waiting: HeldWaiting,
  },
  {
    key: 'reach',
    label: TEXT.tabs.reach,
    needs: 'warning.read',
    Body: lazy(async () => ({ default: (await import('./cascade/cascades.tsx')).Cascades })),
  },
  {
    key: 'performance',
    label: TEXT.tabs.performance,
    needs: 'warning.read',
    Body: lazy(async () => ({ default: (await import('./performance/performance-tab.tsx')).PerformanceTab })),
  },
];
