import './alive.css';

import type { ReactElement } from 'react';

import { Chains } from './chains.tsx';
import { Reconciliations } from './reconciliations.tsx';
import { ALIVE_TEXT } from './text.ts';
import { Watchdogs } from './watchdogs.tsx';

/** 自检与对账: does the chain work, has every record its partner, and who watches from outside. */
export function Alive(): ReactElement {
  return (
    <div className="alive">
      <p className="quiet">{ALIVE_TEXT.intro}</p>
      <Watchdogs />
      <Chains />
      <Reconciliations />
    </div>
  );
}
