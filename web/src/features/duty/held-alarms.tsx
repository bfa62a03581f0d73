import type { DutyDesk } from '#contract/command';
import { HOLD_KIND_TEXT, HOLD_KINDS } from '#model/warning';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { TEXT } from './text.ts';

/** Alarms that stand and are no warning, and what holds them. */
export function HeldAlarms({ held }: { readonly held: DutyDesk['held'] }): ReactElement {
  const kinds = HOLD_KINDS.filter((kind) => (held.kinds[kind] ?? 0) > 0);
  if (kinds.length === 0) return <p className="panel-body quiet">{TEXT.heldNone}</p>;
  return (
    <ul className="duty-held">
      {kinds.map((kind) => (
        <li key={kind}>
          <Link to="/warnings" search={{ tab: kind === 'verify' ? 'verify' : 'held' }}>
            {HOLD_KIND_TEXT[kind]} <strong className="figures">{held.kinds[kind]}</strong>
          </Link>
        </li>
      ))}
    </ul>
  );
}
