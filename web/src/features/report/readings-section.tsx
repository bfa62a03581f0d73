import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatNumber, formatShare } from '../../app/format.ts';
import { Figure } from './figure.tsx';
import type { Month } from './month-query.ts';
import { TEXT } from './text.ts';

/** How many readings were due, how many came, and how many could not be believed. */
export function ReadingsSection({ readings }: { readonly readings: Month['readings'] }): ReactElement {
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{TEXT.readings}</h2>
        <Link to="/monitoring">看监测点</Link>
      </div>
      <dl className="figures-row">
        <Figure name={TEXT.expected} value={formatNumber(readings.expected)} hint={TEXT.readingsHint} />
        <Figure name={TEXT.received} value={countText(readings.received)} />
        <Figure name={TEXT.suspect} value={countText(readings.suspect)} />
        {(readings.scripted ?? 0) > 0 && (
          <Figure name={TEXT.scripted} value={countText(readings.scripted)} hint={TEXT.scriptedHint} />
        )}
        <Figure name={TEXT.completeness} value={formatShare(readings.completeness)} />
      </dl>
      <p className="panel-body quiet">{readings.received === null ? TEXT.notByPlace : TEXT.readingsHint}</p>
      {readings.byScenario.length === 0 ? (
        <p className="panel-body quiet">{TEXT.noReadings}</p>
      ) : (
        <table className="rows">
          <thead>
            <tr>
              <th scope="col">{TEXT.scenario}</th>
              <th scope="col" className="number">
                {TEXT.expected}
              </th>
              <th scope="col" className="number">
                {TEXT.received}
              </th>
              <th scope="col">{TEXT.completeness}</th>
            </tr>
          </thead>
          <tbody>
            {readings.byScenario.map(({ scenario, name, expected, received }) => (
              <tr key={scenario}>
                <td>{name}</td>
                <td className="number">{formatNumber(expected)}</td>
                <td className="number">{countText(received)}</td>
                <td>
                  <Share share={expected === 0 || received === null ? null : received / expected} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** A count that is not kept for the reader's scope is a dash. */
function countText(count: number | null): string {
  return count === null ? '—' : formatNumber(count);
}

/** A share as a figure and as a bar; more than all is drawn as all. */
function Share({ share }: { readonly share: number | null }): ReactElement {
  return (
    <span className="share figures">
      {formatShare(share)}
      {share !== null && (
        <span className="share-track" aria-hidden>
          <span style={{ width: `${Math.min(1, share) * 100}%` }} />
        </span>
      )}
    </span>
  );
}
