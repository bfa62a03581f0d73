import type { CoverageRow } from '#contract/standard';
import { COVERAGE_GAPS } from '#model/standard';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { rateText } from '../../../ui/rate-text.ts';
import { COVERAGE_TEXT, GAP_TEXT } from './text.ts';

interface RateTableProps {
  readonly head: string;
  readonly rows: readonly { readonly key: string; readonly name: string; readonly figures: CoverageRow }[];
  readonly onOpen?: (key: string) => void;
}

/** Figures row by row: how many lack what. On the phone each row is a card. */
export function RateTable({ head, rows, onOpen }: RateTableProps): ReactElement | null {
  if (rows.length === 0) return null;
  return (
    <div className="rows-frame">
      <table className="rows rows-cards coverage-table">
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col" className="number">
              {COVERAGE_TEXT.rate}
            </th>
            <th scope="col" className="number">
              {GAP_TEXT.unregistered.step}
            </th>
            {COVERAGE_GAPS.map((gap) => (
              <th key={gap} scope="col" className="number">
                {GAP_TEXT[gap].short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, figures }) => (
            <tr key={key}>
              <th scope="row">
                {onOpen && key !== '' ? (
                  <button type="button" className="coverage-name" onClick={() => onOpen(key)}>
                    {name}
                  </button>
                ) : (
                  name
                )}
              </th>
              <td className="number figures" data-label={COVERAGE_TEXT.rate}>
                {rateText(figures.rate)}
              </td>
              <td className="number figures" data-label={GAP_TEXT.unregistered.step}>
                {figures.should === null
                  ? formatNumber(figures.registered)
                  : COVERAGE_TEXT.of(formatNumber(figures.registered), formatNumber(figures.should))}
              </td>
              {COVERAGE_GAPS.map((gap) => (
                <td key={gap} className="number figures" data-label={GAP_TEXT[gap].short}>
                  {gap === 'unregistered' && figures.should === null
                    ? '—'
                    : formatNumber(figures.lacking[gap])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
