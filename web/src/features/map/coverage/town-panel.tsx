import type { CoverageRow } from '#contract/standard';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { rateText } from '../../../ui/rate-text.ts';
import { SidePanel } from '../side-panel.tsx';
import { COVERAGE_TEXT, GAP_TEXT } from './text.ts';
import { type TownCoverage, wordOf } from './town-coverage.ts';

interface TownPanelProps {
  readonly town: TownCoverage;
  readonly onClose: () => void;
}

/** How far one town is covered, and the ways to what is missing there. */
export function TownPanel({ town, onClose }: TownPanelProps): ReactElement {
  return (
    <SidePanel label={town.name} onClose={onClose}>
      <h2>{town.name}</h2>
      {town.figures ? (
        <Figures town={town} figures={town.figures} />
      ) : (
        <p className="quiet">{COVERAGE_TEXT.none}</p>
      )}
    </SidePanel>
  );
}

interface FiguresProps {
  readonly town: TownCoverage;
  readonly figures: CoverageRow;
}

function Figures({ town, figures }: FiguresProps): ReactElement {
  const { elements, blind, dead, rate, registered, should, lacking } = figures;
  const pieces = (count: number): string => COVERAGE_TEXT.pieces(formatNumber(count));
  return (
    <>
      <dl className="facts">
        <dt>{COVERAGE_TEXT.rate}</dt>
        <dd className="figures">
          <strong>{wordOf(town)}</strong>
        </dd>
        <dt>{COVERAGE_TEXT.elements}</dt>
        <dd className="figures">{pieces(elements)}</dd>
        <dt>{COVERAGE_TEXT.blind}</dt>
        <dd className="figures">{pieces(blind)}</dd>
        <dt>{COVERAGE_TEXT.dead}</dt>
        <dd className="figures">{pieces(dead)}</dd>
        <dt>{COVERAGE_TEXT.objectRate}</dt>
        <dd className="figures">{rateText(rate)}</dd>
        <dt>{COVERAGE_TEXT.objects}</dt>
        <dd className="figures">
          {formatNumber(registered)} / {should === null ? COVERAGE_TEXT.unknown : formatNumber(should)}
        </dd>
        <dt>{COVERAGE_TEXT.unclassified}</dt>
        <dd className="figures">{formatNumber(lacking.unclassified)}</dd>
      </dl>
      {/* What lies in no town cannot be asked for by town. */}
      {town.code !== '' && <Lists code={town.code} figures={figures} />}
    </>
  );
}

const LISTS = ['unregistered', 'unclassified', 'blind', 'dead'] as const;

function Lists({ code, figures }: { readonly code: string; readonly figures: CoverageRow }): ReactElement {
  return (
    <>
      <h3>{COVERAGE_TEXT.lists}</h3>
      <ul className="map-links">
        {LISTS.map(
          (gap) =>
            figures.lacking[gap] > 0 && (
              <li key={gap}>
                <Link to="/standard/coverage" search={{ town: code, gap }}>
                  {GAP_TEXT[gap]} {formatNumber(figures.lacking[gap])}
                </Link>
              </li>
            ),
        )}
        <li>
          <Link to="/standard/coverage" search={{ town: code }}>
            {COVERAGE_TEXT.ofTown}
          </Link>
        </li>
      </ul>
    </>
  );
}
