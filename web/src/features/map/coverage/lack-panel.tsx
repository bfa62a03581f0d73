import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { SimulatedTag } from '../../../ui/replay-tag.tsx';
import { SidePanel } from '../side-panel.tsx';
import type { LackMark } from './lack-marks.ts';
import { COVERAGE_TEXT, GAP_TEXT } from './text.ts';

interface LackPanelProps {
  readonly mark: LackMark;
  readonly onClose: () => void;
}

/** What one object lacks, and the ways to it and to the list it stands on. */
export function LackPanel({ mark, onClose }: LackPanelProps): ReactElement {
  const { id, code, name, simulated, town, townName, lacks } = mark;
  const [first] = lacks;
  return (
    <SidePanel label={name} onClose={onClose}>
      <h2>
        {name} {simulated && <SimulatedTag />}
      </h2>
      <p className="quiet figures">
        {code} · {townName}
      </p>
      <h3>{COVERAGE_TEXT.missing}</h3>
      <ul>
        {lacks.map(({ gap, scenarioName, elements }) => (
          <li key={`${scenarioName} ${gap}`}>
            {scenarioName} · {GAP_TEXT[gap]}
            {elements.length > 0 && `：${elements.join('、')}`}
          </li>
        ))}
      </ul>
      <ul className="map-links">
        <li>
          <Link to="/platforms/objects" search={{ open: id }}>
            {COVERAGE_TEXT.ofObject}
          </Link>
        </li>
        {first && town !== '' && (
          <li>
            <Link to="/standard/coverage" search={{ town, gap: first.gap }}>
              {COVERAGE_TEXT.lists}
            </Link>
          </li>
        )}
      </ul>
    </SidePanel>
  );
}
