import type { PlatformCount } from '#contract/platform';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { KIND_TEXT } from '../kind-text.ts';
import { TEXT } from './text.ts';

/** What the regulation counts beside what is held; a gap is said, not hidden. */
export function CountTable({ counts }: { readonly counts: readonly PlatformCount[] }): ReactElement {
  const regulation = counts.reduce((sum, count) => sum + count.regulation, 0);
  const held = counts.reduce((sum, count) => sum + count.held, 0);
  return (
    <section className="panel platform-counts">
      <div className="panel-head">
        <h2>{TEXT.counts}</h2>
      </div>
      <table className="rows">
        <thead>
          <tr>
            <th scope="col">{TEXT.kind}</th>
            <th scope="col" className="number">
              {TEXT.regulation}
            </th>
            <th scope="col" className="number">
              {TEXT.held}
            </th>
            <th scope="col" className="number">
              {TEXT.gap}
            </th>
          </tr>
        </thead>
        <tbody>
          {counts.map((count) => (
            <CountRow
              key={count.kind}
              name={KIND_TEXT[count.kind]}
              regulation={count.regulation}
              held={count.held}
            />
          ))}
          <CountRow name={TEXT.total} regulation={regulation} held={held} />
        </tbody>
      </table>
      {counts.map(
        ({ kind, note }) =>
          note !== null && (
            <p key={kind} className="panel-body quiet">
              {KIND_TEXT[kind]}：{note}
            </p>
          ),
      )}
    </section>
  );
}

interface CountRowProps {
  readonly name: string;
  readonly regulation: number;
  readonly held: number;
}

function CountRow({ name, regulation, held }: CountRowProps): ReactElement {
  const gap = held - regulation;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="number">{formatNumber(regulation)}</td>
      <td className="number">{formatNumber(held)}</td>
      <td className="number">
        {gap === 0 ? <span className="quiet">{TEXT.none}</span> : <strong>{formatNumber(gap)}</strong>}
      </td>
    </tr>
  );
}
