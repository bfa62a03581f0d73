import type { CoverageRow } from '#contract/standard';
import { COVERAGE_GAPS, type CoverageGap } from '#model/standard';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { COVERAGE_TEXT, GAP_TEXT } from './text.ts';

interface StepsProps {
  readonly figures: CoverageRow;
  readonly open: CoverageGap | undefined;
  readonly onOpen: (gap: CoverageGap) => void;
}

/** One figure a step: how many objects pass it, and a button to those that do not. */
export function Steps({ figures, open, onOpen }: StepsProps): ReactElement {
  return (
    <ol className="coverage-steps">
      {COVERAGE_GAPS.map((gap) => (
        <Step key={gap} gap={gap} figures={figures} isOpen={gap === open} onOpen={() => onOpen(gap)} />
      ))}
    </ol>
  );
}

interface StepProps {
  readonly gap: CoverageGap;
  readonly figures: CoverageRow;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

function Step({ gap, figures, isOpen, onOpen }: StepProps): ReactElement {
  const { should, registered, lacking } = figures;
  const whole = gap === 'unregistered' ? should : registered;
  const missing = lacking[gap];
  const { step } = GAP_TEXT[gap];
  return (
    <li className="coverage-step">
      <span>{step}</span>
      {whole === null ? (
        <strong className="figures">{formatNumber(registered)}</strong>
      ) : (
        <strong className="figures">
          {COVERAGE_TEXT.of(formatNumber(whole - missing), formatNumber(whole))}
        </strong>
      )}
      <span className="coverage-bar" aria-hidden>
        <span
          style={{ width: `${whole === null || whole === 0 ? 0 : (100 * (whole - missing)) / whole}%` }}
        />
      </span>
      {missing > 0 ? (
        <button type="button" className="coverage-open" aria-expanded={isOpen} onClick={onOpen}>
          {COVERAGE_TEXT.lacking(formatNumber(missing))}
          <span className="coverage-parts">{partsOf(gap, figures)}</span>
        </button>
      ) : (
        <span className="quiet">{whole === null ? COVERAGE_TEXT.unknown : COVERAGE_TEXT.whole}</span>
      )}
    </li>
  );
}

const PARTS: Readonly<
  Partial<Record<CoverageGap, (figures: CoverageRow) => readonly [part: number, whole: number, what: string]>>
> = {
  blind: ({ blind, elements }) => [blind, elements, '项要素'],
  dead: ({ dead, elements }) => [dead, elements, '项要素'],
  'sign-off': ({ signsOff, signs }) => [signsOff, signs, '条体征'],
  'no-handbook': ({ noHandbook, items }) => [noHandbook, items, '个事项'],
  post: ({ noPost, items }) => [noPost, items, '个事项'],
};

/** What the objects lack, counted piece by piece; an object itself is not in pieces. */
function partsOf(gap: CoverageGap, figures: CoverageRow): string {
  const parts = PARTS[gap]?.(figures);
  if (!parts) return '';
  const [part, whole, what] = parts;
  return `${formatNumber(part)} / ${formatNumber(whole)} ${what}`;
}
