import type { BlindPeople } from '#contract/monitoring';
import type { BlindState } from '#model/monitoring';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { BlindMark } from './blind-mark.tsx';
import { BLIND_TEXT, STATE_TEXT } from './text.ts';

type Rolled = Readonly<Record<Exclude<BlindState, 'watched'>, BlindPeople>>;
const STATES = ['blind', 'thin', 'never'] as const;

/** How many people live and work where it is blind, thin or never watched. */
export function BlindFigures({
  total,
  isOfAll,
}: {
  readonly total: Rolled;
  /** Of all scenarios together: a town counts where one of them is so. */
  readonly isOfAll: boolean;
}): ReactElement {
  return (
    <ul className="blind-figures">
      {STATES.map((state) => (
        <li key={state} className={`blind-figure blind-figure-${state}`}>
          <h3>
            <BlindMark state={state} /> {STATE_TEXT[state]}{' '}
            <span className="quiet">
              {BLIND_TEXT.towns(formatNumber(total[state].towns))}
              {isOfAll && total[state].towns > 0 && BLIND_TEXT.inSome}
            </span>
          </h3>
          <People people={total[state]} />
        </li>
      ))}
    </ul>
  );
}

function People({ people }: { readonly people: BlindPeople }): ReactElement {
  const { towns, residents, workers, untold } = people;
  if (towns === 0) return <p className="quiet">{BLIND_TEXT.dash}</p>;
  if (residents === null) return <p className="quiet">{BLIND_TEXT.untold}</p>;
  return (
    <>
      <p>
        {BLIND_TEXT.live} <strong className="figures">{formatNumber(residents)}</strong> 人
        {workers !== null && (
          <>
            ，{BLIND_TEXT.work} <strong className="figures">{formatNumber(workers)}</strong> 人
          </>
        )}
      </p>
      {untold > 0 && <p className="quiet">{BLIND_TEXT.someUntold(formatNumber(untold))}</p>}
    </>
  );
}
