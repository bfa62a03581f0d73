import type { ReactElement } from 'react';

interface Shown {
  /** 0: tells nothing; 1: nothing speaks against it. */
  readonly value: number;
  readonly reasons: readonly string[];
}

/** How far data may be leant on (可信度), in one line with what speaks against it. */
export function ConfidenceText({ confidence }: { readonly confidence: Shown }): ReactElement {
  const { value, reasons } = confidence;
  return (
    <span className="quiet">
      可信度 <strong className="figures">{Math.round(value * 100)} %</strong>
      {reasons.length > 0 && `：${reasons.join('、')}`}
    </span>
  );
}
