import type { ReactElement } from 'react';

import { LackPanel } from './coverage/lack-panel.tsx';
import { TownPanel } from './coverage/town-panel.tsx';
import type { MapCoverage } from './coverage/use-coverage.ts';
import { ObjectPanel } from './object-panel.tsx';
import type { LngLat } from './risk-map.ts';

/** What was chosen, and where its ring stands. */
export type Chosen =
  | { readonly what: 'object' | 'lack'; readonly id: number; readonly at: LngLat }
  | { readonly what: 'town'; readonly code: string; readonly at: LngLat | undefined };

interface ChosenPanelProps {
  readonly chosen: Chosen;
  readonly coverage: MapCoverage;
  readonly townName: (code: string) => string;
  readonly onClose: () => void;
}

export function ChosenPanel({ chosen, coverage, townName, onClose }: ChosenPanelProps): ReactElement | null {
  if (chosen.what === 'town') {
    const town = coverage.towns.find(({ code }) => code === chosen.code);
    return town ? <TownPanel key={town.code} town={town} onClose={onClose} /> : null;
  }
  const { id } = chosen;
  const mark = chosen.what === 'lack' ? coverage.lacks.marks.find((one) => one.id === id) : undefined;
  // What no longer lacks anything, or has been moved out of view, is an object like any other.
  return mark ? (
    <LackPanel key={id} mark={mark} onClose={onClose} />
  ) : (
    <ObjectPanel key={id} id={id} townName={townName} onClose={onClose} />
  );
}
