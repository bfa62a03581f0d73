import type { ReactElement, ReactNode } from 'react';

interface FigureProps {
  readonly name: ReactNode;
  readonly value: ReactNode;
  readonly hint?: string;
}

/** One number of the report with its name. */
export function Figure({ name, value, hint }: FigureProps): ReactElement {
  return (
    <div className="figure" title={hint}>
      <dt>{name}</dt>
      <dd className="figures">{value}</dd>
    </div>
  );
}
