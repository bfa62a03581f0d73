import type { Coverage, CoverageRow } from '#contract/standard';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { COVERAGE_SCALE, depthOf } from '../../../ui/coverage-scale.ts';
import { rateText } from '../../../ui/rate-text.ts';
import type { CoverageSearch } from './search.ts';
import { COVERAGE_TEXT } from './text.ts';

interface RateMatrixProps {
  readonly data: Coverage;
  readonly onOpen: (where: CoverageSearch) => void;
}

/** Towns × scenarios as a picture: one hue, the deeper the better covered. Level colours stay with levels. */
export function RateMatrix({ data, onOpen }: RateMatrixProps): ReactElement {
  const cells = new Map(data.cells.map((cell) => [`${cell.scenario} ${cell.town}`, cell]));
  return (
    <section className="panel">
      <h2>{COVERAGE_TEXT.matrix}</h2>
      <p className="quiet">{COVERAGE_TEXT.matrixHint}</p>
      <div className="rows-frame">
        <table className="coverage-matrix">
          <thead>
            <tr>
              <th scope="col">{COVERAGE_TEXT.town}</th>
              {data.scenarios.map(({ scenario, name }) => (
                <th key={scenario} scope="col">
                  <button type="button" onClick={() => onOpen({ scenario })}>
                    {name}
                  </button>
                </th>
              ))}
              <th scope="col">{COVERAGE_TEXT.total}</th>
            </tr>
          </thead>
          <tbody>
            {data.towns.map((town) => (
              <tr key={town.town}>
                <th scope="row">
                  <button type="button" onClick={() => onOpen({ town: town.town })}>
                    {town.name}
                  </button>
                </th>
                {data.scenarios.map(({ scenario, name }) => {
                  const cell = cells.get(`${scenario} ${town.town}`);
                  return cell === undefined ? (
                    <td key={scenario} />
                  ) : (
                    <Cell
                      key={scenario}
                      row={cell}
                      label={`${town.name} ${name}`}
                      onOpen={() => onOpen({ scenario, town: town.town })}
                    />
                  );
                })}
                <Cell row={town} label={town.name} onOpen={() => onOpen({ town: town.town })} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface CellProps {
  readonly row: CoverageRow;
  readonly label: string;
  readonly onOpen: () => void;
}

function Cell({ row, label, onOpen }: CellProps): ReactElement {
  const { rate, registered, should } = row;
  const text = rateText(rate);
  // What nothing is known of stays white.
  const step = rate === null ? undefined : COVERAGE_SCALE[depthOf(rate)];
  const count =
    should === null ? formatNumber(registered) : `${formatNumber(registered)}/${formatNumber(should)}`;
  return (
    <td className="coverage-cell" style={step && { color: step.ink, background: step.fill }}>
      <button type="button" aria-label={`${label} ${COVERAGE_TEXT.rate} ${text}，${count}`} onClick={onOpen}>
        <span className="figures">{text}</span>
        <small className="figures">{count}</small>
      </button>
    </td>
  );
}
